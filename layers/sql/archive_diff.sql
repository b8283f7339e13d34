-- Keep what is about to be replaced. In: layer, changeset (ids).
INSERT INTO layers_featureversion
    (layer_id, key, geom, properties, internal, visibility,
     changeset_id, replaced_by_id, created_at, replaced_at)
SELECT
    feature.layer_id, feature.key, feature.geom, feature.properties, feature.internal,
    feature.visibility, feature.changeset_id, %(changeset)s, feature.updated_at, now()
FROM layers_diff AS diff
INNER JOIN layers_feature AS feature
    ON feature.layer_id = %(layer)s AND feature.key = diff.key
WHERE diff.action IN ('changed', 'removed')
