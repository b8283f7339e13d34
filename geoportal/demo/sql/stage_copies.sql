-- A layer's points again and again for benchmarks, each up to twelve metres aside: a copy that would
-- lie in water or outside the community stays where its point is. The same at every run: how far
-- a copy goes is read off a hash of its key.
-- In: layer, water, boundary (ids), key_field ('' for none), copies (a number from 1 up).
-- Index: none is waited for; it runs once, for benchmarks.
INSERT INTO layers_stage (key, geom, properties, internal, visibility)
SELECT
    copy.key,
    CASE
        WHEN
            EXISTS (
                SELECT FROM layers_feature AS area
                WHERE area.layer_id = %(boundary)s AND st_covers(area.geom, moved.geom)
            )
            AND NOT EXISTS (
                SELECT FROM layers_feature AS water
                WHERE water.layer_id = %(water)s AND st_intersects(water.geom, moved.geom)
            )
            THEN moved.geom
        ELSE feature.geom
    END,
    CASE
        WHEN %(key_field)s = '' THEN feature.properties
        ELSE feature.properties || jsonb_build_object(%(key_field)s, copy.key)
    END,
    feature.internal,
    feature.visibility
FROM layers_feature AS feature
CROSS JOIN generate_series(1, %(copies)s) AS number (value)
CROSS JOIN LATERAL (
    SELECT
        feature.key || '-' || number.value AS key,
        hashtextextended(feature.key, number.value) AS chance
) AS copy
CROSS JOIN LATERAL (
    SELECT st_translate(
        feature.geom,
        ((copy.chance & 1023) - 511.5) / 511.5 * 12 / (111320 * cos(radians(st_y(feature.geom)))),
        (((copy.chance >> 10) & 1023) - 511.5) / 511.5 * 12 / 111320
    ) AS geom
) AS moved
WHERE feature.layer_id = %(layer)s
