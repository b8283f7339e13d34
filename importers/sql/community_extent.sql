-- West, south, east, north (degrees) of the layer `boundary`, else of all public layers.
-- Read from the statistics or the root of layers_feature_<id>_geom_3857: no feature is visited.
WITH boxes AS (
    SELECT
        layer.slug = 'boundary' AS bounds,
        ST_SetSRID(ST_EstimatedExtent(
            current_schema(), 'layers_feature_' || layer.id, 'geom_3857', false
        )::geometry, 3857) AS box
    FROM layers_layer AS layer
    WHERE
        layer.visibility = 'public'
        AND layer.archived_at IS NULL
        AND to_regclass('layers_feature_' || layer.id) IS NOT NULL
),

chosen AS (
    SELECT ST_Transform(ST_SetSRID(ST_Extent(box)::geometry, 3857), 4326) AS box
    FROM boxes
    WHERE box IS NOT NULL AND (bounds OR NOT EXISTS (
        SELECT FROM boxes AS found WHERE found.bounds AND found.box IS NOT NULL
    ))
)

SELECT ST_XMin(box), ST_YMin(box), ST_XMax(box), ST_YMax(box) FROM chosen
