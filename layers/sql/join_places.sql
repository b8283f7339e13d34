-- The places of one layer with the territory of another that holds each, in `layers_joined`: key,
-- territory's key and title, NULL where none does. A line or an area is joined by a point that lies on it.
-- In: places, territories (layers' ids), visibilities, levels (of the territory layer's cells, as read
-- before; where they or the cells are not of this snapshot, the areas themselves are asked).
-- Index: none; all cells of the layer are read once. OFFSET 0 keeps a place from being computed at
-- each use of it, which would also keep `layers_cell` from being put in line, and pieces of areas from
-- being sorted with the places that they decided.
CREATE TEMPORARY TABLE layers_joined ON COMMIT DROP AS
WITH prepared AS MATERIALIZED (
    SELECT EXISTS (
        SELECT FROM layers_preparedlayer AS made
        INNER JOIN layers_layerstate AS state
            ON state.layer_id = made.layer_id AND state.revision = made.revision
        WHERE made.layer_id = %(territories)s AND made.levels = %(levels)s::smallint[]
    ) AS is_ready
),

areas AS MATERIALIZED (
    SELECT
        area.id, area.key COLLATE "C" AS key,
        coalesce(area.properties ->> nullif(layer.title_field, ''), area.key) AS title
    FROM layers_layer AS layer
    INNER JOIN layers_feature AS area ON area.layer_id = layer.id
    WHERE
        layer.id = %(territories)s
        AND area.layer_id = %(territories)s
        AND area.visibility = ANY (%(visibilities)s)
),

cells AS MATERIALIZED (
    SELECT
        cell.code, cell.feature_id, cell.is_whole, cell.shape, cell.border, areas.key
    FROM layers_territorycell AS cell
    INNER JOIN areas ON areas.id = cell.feature_id
    WHERE cell.layer_id = %(territories)s
),

places AS NOT MATERIALIZED (
    SELECT
        feature.id, feature.key,
        CASE GeometryType(feature.geom)
            WHEN 'POINT' THEN feature.geom ELSE ST_PointOnSurface(feature.geom)
        END AS place
    FROM layers_feature AS feature
    WHERE feature.layer_id = %(places)s AND feature.visibility = ANY (%(visibilities)s)
    OFFSET 0
),

asked AS (
    SELECT
        places.id, places.key,
        CASE
            WHEN cells.code IS NOT NULL AND layers_cell_covers(
                cells.is_whole, cells.shape, cells.border,
                (
                    SELECT area.geom FROM layers_feature AS area
                    WHERE area.layer_id = %(territories)s AND area.id = cells.feature_id
                ),
                places.place
            ) THEN cells.key
        END AS territory
    FROM places
    LEFT JOIN unnest(%(levels)s::smallint[]) AS at (level) ON true
    LEFT JOIN cells ON cells.code = layers_cell(at.level, places.place)
    WHERE (SELECT prepared.is_ready FROM prepared)
    OFFSET 0
),

found AS (
    SELECT asked.key, min(asked.territory) AS territory
    FROM asked
    GROUP BY asked.id, asked.key
    UNION ALL
    SELECT
        places.key,
        (
            SELECT min(area.key COLLATE "C") FROM layers_feature AS area
            WHERE
                area.layer_id = %(territories)s
                AND area.visibility = ANY (%(visibilities)s)
                AND area.geom_3857 && ST_Expand(ST_Transform(places.place, 3857), 0.001)
                AND layers_covers(area.geom, places.place)
        )
    FROM places
    WHERE NOT (SELECT prepared.is_ready FROM prepared)
)

SELECT found.key, found.territory, areas.title
FROM found
LEFT JOIN areas ON areas.key = found.territory
