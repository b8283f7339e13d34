-- Features of a layer for who edits them, as GeoJSON texts with every bit of their coordinates.
-- In: layer, visibilities, after (id), limit, public, staff (names of fields),
-- region (4326, NULL: everywhere) with its box (3857).
-- Index: layers_feature_geom_3857 with a region, else the partition's primary key.
SELECT
    feature.id,
    '{"type":"Feature","id":' || to_json(feature.key)
    || ',"geometry":' || coalesce(ST_AsGeoJSON(feature.geom, 15), 'null')
    || ',"properties":' || layers_keep(feature.properties, %(public)s)
    || ',"internal":' || layers_keep(feature.internal, %(staff)s)
    || ',"visibility":"' || feature.visibility
    || '","version":' || feature.changeset_id || '}' AS geojson
FROM layers_feature AS feature
WHERE
    feature.layer_id = %(layer)s
    AND feature.visibility = ANY (%(visibilities)s)
    AND feature.id > %(after)s
    AND (
        %(region)s::geometry IS NULL
        OR (
            feature.geom_3857 && %(box)s::geometry
            AND ST_Intersects(feature.geom, %(region)s::geometry)
        )
    )
ORDER BY feature.id
LIMIT %(limit)s
