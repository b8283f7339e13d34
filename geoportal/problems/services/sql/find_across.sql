-- Territories across a near border of each problem that gets a new decision, in `problems_across`,
-- with those of its territories that any rule names, as if it lay there.
-- In: territories (ids of all territory layers but the boundary), within_m (metres).
-- Index: layers_feature_geom_3857 of each partition; the box of 3857 is grown by the stretch of Web
-- Mercator at that latitude.
INSERT INTO problems_across
WITH named AS (
    SELECT DISTINCT territory_layer_id AS layer_id, territory_key AS key
    FROM problems_responsibility
    WHERE is_active AND territory_layer_id IS NOT NULL
),

near AS (
    SELECT
        problem.id AS problem_id, layer.id AS layer_id, territory.key, stored.key AS own_key,
        coalesce(territory.properties ->> nullif(layer.title_field, ''), territory.key) AS title,
        layers_border_distance_m(territory.geom, problem.geom) AS distance_m
    FROM problems_differing AS differing
    INNER JOIN problems_problem AS problem ON problem.id = differing.problem_id
    INNER JOIN layers_feature AS territory
        ON territory.layer_id = ANY (%(territories)s::bigint[])
            AND territory.geom_3857 && ST_Expand(
                ST_Transform(problem.geom, 3857),
                %(within_m)s / cos(radians(ST_Y(problem.geom))) * 1.01
            )
    INNER JOIN layers_layer AS layer ON layer.id = territory.layer_id
    LEFT JOIN problems_problemterritory AS stored
        ON stored.problem_id = problem.id AND stored.layer_id = territory.layer_id
    WHERE territory.key IS DISTINCT FROM stored.key
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
WHERE near.distance_m <= %(within_m)s
