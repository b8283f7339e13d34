-- One page of a layer as GeoJSON texts (RFC 7946), in order of id; public attributes only.
-- In: layer, visibilities, after (id), limit, equals (JSON or NULL), digits (decimals of a degree),
-- region (4326, NULL: everywhere) with its boxes first_box and second_box (3857).
-- Index: layers_feature_geom_3857 with a region, else the partition's primary key.
SELECT
    feature.id,
    '{"type":"Feature","id":' || to_json(feature.key)
    || ',"geometry":' || coalesce(ST_AsGeoJSON(feature.geom, %(digits)s), 'null')
    || ',"properties":' || feature.properties || '}' AS geojson
FROM layers_feature AS feature
WHERE
    feature.layer_id = %(layer)s
    AND feature.visibility = ANY (%(visibilities)s)
    AND feature.id > %(after)s
    AND (
        %(region)s::geometry IS NULL
        OR (
            (feature.geom_3857 && %(first_box)s::geometry
                OR feature.geom_3857 && %(second_box)s::geometry)
            AND ST_Intersects(feature.geom, %(region)s::geometry)
        )
    )
    AND (%(equals)s::jsonb IS NULL OR feature.properties @> %(equals)s::jsonb)
ORDER BY feature.id
LIMIT %(limit)s
