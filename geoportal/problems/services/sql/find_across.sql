-- Territories across a near border of each problem that gets a new decision, in `problems_across`,
-- with those of its territories that any rule names, as if it lay there.
-- In: territories (ids of all territory layers but the boundary), within_m (metres).
-- Cells answer for a layer whose revision they show, the areas themselves for others.
-- Index: layers_territorycell_pkey; layers_feature_geom_3857 where areas are asked, whose box is grown
-- by the stretch of Web Mercator at that latitude.
INSERT INTO problems_across
WITH named AS (
    SELECT DISTINCT territory_layer_id AS layer_id, territory_key AS key
    FROM problems_responsibility
    WHERE is_active AND territory_layer_id IS NOT NULL
),

joined AS MATERIALIZED (
    SELECT layer.id, nullif(layer.title_field, '') AS title_field, prepared.levels
    FROM layers_layer AS layer
    INNER JOIN layers_layerstate AS state ON state.layer_id = layer.id
    LEFT JOIN layers_preparedlayer AS prepared
        ON prepared.layer_id = layer.id AND prepared.revision = state.revision
    WHERE layer.id = ANY (%(territories)s::bigint[])
),

places AS MATERIALIZED (
    SELECT problem.id, problem.geom
    FROM problems_differing AS differing
    INNER JOIN problems_problem AS problem ON problem.id = differing.problem_id
),

columns AS MATERIALIZED (
    SELECT places.id AS problem_id, places.geom, joined.id AS layer_id, beside.first, beside.last
    FROM places
    CROSS JOIN joined
    CROSS JOIN LATERAL layers_cells_near(joined.levels, places.geom, %(within_m)s) AS beside
),

measured AS (
    SELECT
        columns.problem_id, cell.layer_id, cell.feature_id,
        layers_cell_distance_m(
            cell.is_whole, cell.border,
            (
                SELECT area.geom FROM layers_feature AS area
                WHERE area.layer_id = cell.layer_id AND area.id = cell.feature_id
            ),
            columns.geom
        ) AS distance_m
    FROM columns
    CROSS JOIN LATERAL (
        SELECT one.*
        FROM layers_territorycell AS one
        WHERE
            one.layer_id = columns.layer_id
            AND one.code BETWEEN columns.first AND columns.last
            AND NOT one.is_whole
        OFFSET 0
    ) AS cell
    UNION ALL
    SELECT
        places.id, area.layer_id, area.id, layers_border_distance_m(area.geom, places.geom)
    FROM joined
    CROSS JOIN places
    INNER JOIN layers_feature AS area
        ON area.layer_id = joined.id
            AND area.geom_3857 && ST_Expand(
                ST_Transform(places.geom, 3857),
                %(within_m)s / cos(radians(ST_Y(places.geom))) * 1.01
            )
    WHERE joined.levels IS NULL
),

nearest AS MATERIALIZED (
    SELECT measured.problem_id, measured.layer_id, measured.feature_id,
        min(measured.distance_m) AS distance_m
    FROM measured
    WHERE measured.distance_m <= %(within_m)s
    GROUP BY measured.problem_id, measured.layer_id, measured.feature_id
),

near AS (
    SELECT
        nearest.problem_id, nearest.layer_id, territory.key, stored.key AS own_key,
        coalesce(territory.properties ->> joined.title_field, territory.key) AS title,
        nearest.distance_m
    FROM nearest
    INNER JOIN joined ON joined.id = nearest.layer_id
    INNER JOIN layers_feature AS territory
        ON territory.layer_id = nearest.layer_id AND territory.id = nearest.feature_id
    LEFT JOIN problems_problemterritory AS stored
        ON stored.problem_id = nearest.problem_id AND stored.layer_id = nearest.layer_id
    WHERE
        territory.layer_id = ANY (%(territories)s::bigint[])
        AND territory.key IS DISTINCT FROM stored.key
)

SELECT
    near.problem_id, near.layer_id, near.key, near.title, near.distance_m, near.own_key,
    problem.category_id, problem.is_private,
    ARRAY(
        SELECT standing.territory
        FROM (
            SELECT unnest(problem.territories) AS territory
            UNION ALL
            SELECT named.layer_id || ':' || named.key FROM named
            WHERE named.layer_id = near.layer_id AND named.key = near.key
        ) AS standing
        WHERE standing.territory IS DISTINCT FROM near.layer_id || ':' || near.own_key
        ORDER BY split_part(standing.territory, ':', 1)::bigint
    ) AS territories
FROM near
INNER JOIN problems_regrouped AS problem ON problem.problem_id = near.problem_id
