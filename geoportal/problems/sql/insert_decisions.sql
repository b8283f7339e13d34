-- A routing decision for each problem whose territories or executor differ now.
-- In: cause, at. Index: problems_territory_once; for many problems a hash join.
INSERT INTO problems_routingdecision (
    problem_id, cause, territories, candidates, neighbours, rules, organisation_id,
    is_near_border, created_at
)
WITH differing AS (
    SELECT problem_id FROM problems_shifted
    UNION
    SELECT problem_id FROM problems_moves
),

place AS (
    SELECT
        stored.problem_id,
        jsonb_agg(jsonb_build_object(
            'layer', layer.slug, 'layer_title', layer.title_uk, 'key', stored.key,
            'title', stored.title, 'border_distance_m', stored.border_distance_m
        ) ORDER BY layer.position, layer.slug) AS territories
    FROM differing
    INNER JOIN problems_problemterritory AS stored ON stored.problem_id = differing.problem_id
    INNER JOIN layers_layer AS layer ON layer.id = stored.layer_id
    GROUP BY stored.problem_id
)

SELECT
    problem.problem_id, %(cause)s, coalesce(place.territories, '[]'), found.candidates, '[]',
    found.rules, found.executor, false, %(at)s
FROM differing
INNER JOIN problems_regrouped AS problem ON problem.problem_id = differing.problem_id
INNER JOIN problems_groups AS found
    ON found.category_id = problem.category_id AND found.territories = problem.territories
LEFT JOIN place ON place.problem_id = problem.problem_id
