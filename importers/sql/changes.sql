-- Features that an import would change, as they stand and as they would stand; by key.
-- In: import, layer (ids; 0: none), keys (of the page).
-- Index: importers_difference_pkey and layers_feature_key_once of their partitions.
SELECT
    difference.key,
    difference.action,
    CASE WHEN feature.key IS NOT NULL THEN
        jsonb_build_object(
            'geometry', ST_AsGeoJSON(feature.geom)::jsonb,
            'properties', feature.properties, 'internal', feature.internal
        )
    END::text,
    CASE WHEN NOT difference.removed THEN
        jsonb_build_object(
            'geometry', ST_AsGeoJSON(difference.geom)::jsonb,
            'properties', coalesce(feature.properties, '{}') || difference.properties,
            'internal', coalesce(feature.internal, '{}') || difference.internal
        )
    END::text
FROM importers_difference AS difference
LEFT JOIN layers_feature AS feature
    ON feature.layer_id = %(layer)s AND feature.key = difference.key
WHERE difference.of_id = %(import)s AND difference.key = ANY (%(keys)s::text[])
ORDER BY difference.key
