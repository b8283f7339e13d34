-- Which of the problems everyone may see, and the keys of others that have a feature still.
-- In: numbers, layer (slug). Index: primary key of problems_problem, layers_feature_key_once.
SELECT
    coalesce(array_agg(problem.id) FILTER (WHERE problem.shown), '{}') AS shown,
    coalesce(
        array_agg(problem.id::text) FILTER (
            WHERE NOT problem.shown AND EXISTS (
                SELECT FROM layers_feature AS feature
                INNER JOIN layers_layer AS layer ON layer.id = feature.layer_id
                WHERE layer.slug = %(layer)s AND feature.key = problem.id::text
            )
        ),
        '{}'
    ) AS hidden
FROM (
    SELECT id, is_public AND state IN ('open', 'accepted', 'closed', 'archived') AS shown
    FROM problems_problem
    WHERE id = ANY (%(numbers)s::bigint[])
) AS problem
