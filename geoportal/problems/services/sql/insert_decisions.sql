-- A routing decision for each problem that lies elsewhere, or that others should hold now.
-- In: cause, at. Index: problems_territory_once; for many problems a hash join.
INSERT INTO problems_routingdecision (
    problem_id, cause, territories, candidates, neighbours, rules, organisation_id,
    border_distance_m, is_near_border, created_at
)
WITH place AS (
    SELECT
        stored.problem_id,
        min(stored.border_distance_m) AS border_distance_m,
        jsonb_agg(jsonb_build_object(
            'layer', layer.slug, 'layer_title', layer.title_uk, 'key', stored.key,
            'title', stored.title, 'border_distance_m', stored.border_distance_m,
            'is_chosen', stored.is_chosen
        ) ORDER BY layer.position, layer.slug) AS territories
    FROM problems_differing AS differing
    INNER JOIN problems_problemterritory AS stored ON stored.problem_id = differing.problem_id
    INNER JOIN layers_layer AS layer ON layer.id = stored.layer_id
    GROUP BY stored.problem_id
),

across AS (
    SELECT
        question.problem_id,
        bool_or(question.asks) AS asks,
        jsonb_agg(jsonb_build_object(
            'layer', layer.slug, 'layer_title', layer.title_uk, 'key', question.key,
            'title', question.title, 'distance_m', question.distance_m,
            'organisation', question.executor,
            'organisation_name', coalesce(organisation.name_uk, ''),
            'others', question.others, 'asks', question.asks
        ) ORDER BY question.distance_m, layer.position, layer.slug, question.key COLLATE "C")
            AS neighbours
    FROM problems_questions AS question
    INNER JOIN layers_layer AS layer ON layer.id = question.layer_id
    LEFT JOIN accounts_organisation AS organisation ON organisation.id = question.executor
    GROUP BY question.problem_id
)

SELECT
    problem.problem_id, %(cause)s, coalesce(place.territories, '[]'), found.candidates,
    coalesce(across.neighbours, '[]'), found.rules, found.executor, place.border_distance_m,
    coalesce(across.asks, false), %(at)s
FROM problems_differing AS differing
INNER JOIN problems_regrouped AS problem ON problem.problem_id = differing.problem_id
INNER JOIN problems_groups AS found
    ON found.category_id = problem.category_id AND found.is_private = problem.is_private
        AND found.territories = problem.territories
LEFT JOIN place ON place.problem_id = problem.problem_id
LEFT JOIN across ON across.problem_id = problem.problem_id
