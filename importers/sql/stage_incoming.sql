-- Put into the stage what differs from what stands; rows that print the same are passed over
-- without being parsed. In: layer (id). Index: none, one hash join over the layer.
-- A place that differs only by what formats cannot keep (order and direction of rings, one part
-- as a multi-geometry, digits beyond 1e-9 degrees, 0.1 mm) is no change: the standing one is kept.
INSERT INTO layers_stage (key, geom, properties, internal)
SELECT
    incoming.key,
    CASE
        WHEN feature.geom IS NULL OR incoming.geom IS NULL THEN incoming.geom::geometry
        WHEN feature.geom::text = incoming.geom THEN feature.geom
        WHEN
            ST_Normalize(ST_SnapToGrid(ST_Multi(feature.geom), 1e-9))
            = ST_Normalize(ST_SnapToGrid(ST_Multi(incoming.geom::geometry), 1e-9))
            THEN feature.geom
        ELSE incoming.geom::geometry
    END,
    incoming.properties::jsonb,
    coalesce(incoming.internal, '{}')::jsonb
FROM importers_incoming AS incoming
LEFT JOIN layers_feature AS feature
    ON feature.layer_id = %(layer)s AND feature.key = incoming.key
WHERE
    feature.key IS NULL
    OR feature.properties::text <> incoming.properties
    OR feature.geom::text IS DISTINCT FROM incoming.geom
    OR feature.internal::text <> incoming.internal
