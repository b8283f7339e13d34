-- Keep what a trial changeset would change. In: import, layer (ids).
-- Index: layers_feature_key_once of the partition, one look for each row, where little differs; else
-- a hash join over the layer.
INSERT INTO importers_filling (of_id, key, action, geom, properties, internal, removed, box)
SELECT
    %(import)s, diff.key, diff.action, stage.geom, stage.properties, stage.internal,
    diff.action = 'removed', ST_Envelope(ST_Collect(stage.geom, feature.geom))
FROM layers_diff AS diff
LEFT JOIN layers_stage AS stage ON stage.key = diff.key AND NOT stage.removed
LEFT JOIN layers_feature AS feature
    ON feature.layer_id = %(layer)s AND feature.key = diff.key
