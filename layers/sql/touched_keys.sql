-- Keys that a changeset made or ended. In: layer, changeset (ids).
SELECT key FROM layers_feature WHERE layer_id = %(layer)s AND changeset_id = %(changeset)s
UNION
SELECT key FROM layers_featureversion WHERE changeset_id = %(changeset)s
UNION
SELECT key FROM layers_featureversion WHERE replaced_by_id = %(changeset)s
