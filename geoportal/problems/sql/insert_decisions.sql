-- A routing decision for each problem whose territories or executor differ now.
-- In: cause, at. Index: problems_territory_once.
INSERT INTO problems_routingdecision (
    problem_id, cause, territories, candidates, neighbours, rules, organisation_id,
    is_near_border, created_at
)
SELECT
    problem.problem_id, %(cause)s, place.territories, found.candidates, '[]', found.rules,
    found.executor, false, %(at)s
FROM problems_regrouped AS problem
INNER JOIN problems_groups AS found
    ON found.category_id = problem.category_id AND found.territories = problem.territories
CROSS JOIN LATERAL (
    SELECT coalesce(jsonb_agg(jsonb_build_object(
        'layer', layer.slug, 'layer_title', layer.title_uk, 'key', stored.key,
        'title', stored.title, 'border_distance_m', stored.border_distance_m
    ) ORDER BY layer.position, layer.slug), '[]') AS territories
    FROM problems_problemterritory AS stored
    INNER JOIN layers_layer AS layer ON layer.id = stored.layer_id
    WHERE stored.problem_id = problem.problem_id
) AS place
WHERE
    problem.problem_id IN (SELECT problem_id FROM problems_shifted)
    OR problem.problem_id IN (SELECT problem_id FROM problems_moves)
