-- Open problems that lie in a territory of a layer now and in none of it after a changeset, whose
-- difference stands in `layers_diff` and `layers_stage`: number and title, how many they are, and
-- what tells all of them from any others.
-- In: layer (id), states, limit.
-- Problems are few beside territories, and those that no box touches are passed over.
WITH touched AS (
    SELECT feature.geom
    FROM layers_diff AS diff
    INNER JOIN layers_feature AS feature
        ON feature.layer_id = %(layer)s AND feature.key = diff.key
    WHERE diff.action IN ('changed', 'removed')
),

afterwards AS (
    SELECT stage.geom FROM layers_stage AS stage WHERE NOT stage.removed
    UNION ALL
    SELECT feature.geom
    FROM layers_feature AS feature
    WHERE
        feature.layer_id = %(layer)s
        AND NOT EXISTS (SELECT FROM layers_diff AS diff WHERE diff.key = feature.key)
)

SELECT
    problem.id, problem.title, count(*) OVER (),
    md5(string_agg(problem.id::text, ' ') OVER (
        ORDER BY problem.id ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    ))
FROM problems_problem AS problem
WHERE
    problem.state = ANY (%(states)s::text[])
    AND EXISTS (SELECT FROM touched WHERE ST_Covers(touched.geom, problem.geom))
    AND NOT EXISTS (SELECT FROM afterwards WHERE ST_Covers(afterwards.geom, problem.geom))
ORDER BY problem.id
LIMIT %(limit)s
