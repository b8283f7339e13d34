-- One feature as GeoJSON text. In: layer (id), key, visibilities. Index: layers_feature_key_once.
SELECT
    '{"type":"Feature","id":' || to_json(feature.key)
    || ',"geometry":' || coalesce(ST_AsGeoJSON(feature.geom), 'null')
    || ',"properties":' || feature.properties || '}' AS geojson
FROM layers_feature AS feature
WHERE
    feature.layer_id = %(layer)s
    AND feature.key = %(key)s
    AND feature.visibility = ANY (%(visibilities)s)
