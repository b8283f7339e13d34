-- Features of a layer with the same values for some attributes; the others stay (a patch).
-- In: layer (id), keys, properties and internal (JSON objects).
-- Index: layers_feature_key_once of the partition when the keys are few; else a scan of it.
INSERT INTO layers_stage (key, geom, properties, internal)
SELECT feature.key, feature.geom, %(properties)s::jsonb, %(internal)s::jsonb
FROM unnest(%(keys)s::text[]) AS chosen (key)
INNER JOIN layers_feature AS feature
    ON feature.layer_id = %(layer)s AND feature.key = chosen.key
