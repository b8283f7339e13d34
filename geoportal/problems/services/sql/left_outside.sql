-- Open problems that lie in a territory of a layer now and in none of it after a changeset, whose
-- difference stands in `layers_diff` and `layers_stage`: number and title, how many they are, and
-- what tells all of them from any others.
-- In: layer (id), states, limit.
-- Index: layers_feature_geom_3857 of the partition for what stands, left_outside_places of the stage
-- for what comes and left_outside_keys of the difference, which `import_guard` has made.
WITH inside AS MATERIALIZED (
    SELECT problem.id, problem.title, problem.geom, place.geom_3857
    FROM problems_problem AS problem
    CROSS JOIN LATERAL (SELECT ST_Transform(problem.geom, 3857) AS geom_3857) AS place
    WHERE
        problem.state = ANY (%(states)s::text[])
        AND EXISTS (
            SELECT FROM layers_feature AS feature
            WHERE
                feature.layer_id = %(layer)s
                AND feature.geom_3857 && place.geom_3857
                AND layers_covers(feature.geom, problem.geom)
                AND EXISTS (
                    SELECT FROM layers_diff AS diff
                    WHERE diff.key = feature.key AND diff.action IN ('changed', 'removed')
                )
        )
)

SELECT
    problem.id, problem.title, count(*) OVER (),
    md5(string_agg(problem.id::text, ' ') OVER (
        ORDER BY problem.id ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    ))
FROM inside AS problem
WHERE
    NOT EXISTS (
        SELECT FROM layers_stage AS stage
        WHERE
            NOT stage.removed
            AND stage.geom && problem.geom
            AND layers_covers(stage.geom, problem.geom)
    )
    AND NOT EXISTS (
        SELECT FROM layers_feature AS feature
        WHERE
            feature.layer_id = %(layer)s
            AND feature.geom_3857 && problem.geom_3857
            AND layers_covers(feature.geom, problem.geom)
            AND NOT EXISTS (SELECT FROM layers_diff AS diff WHERE diff.key = feature.key)
    )
ORDER BY problem.id
LIMIT %(limit)s
