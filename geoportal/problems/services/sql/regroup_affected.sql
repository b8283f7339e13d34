-- Each affected problem with its category and those of its territories that any rule names, in
-- `problems_regrouped`: problems that agree in both and in `is_private` (the author was told that it
-- is not published) have the same candidates. `is_kept`: the rules do not choose its executor: it
-- was taken, or somebody gave it to an executor by hand.
-- In: layers (ids).
-- Index: problems_territory_once, or that of the foreign key to the problem, and the same of
-- assignments; for many problems hash joins.
CREATE TEMPORARY TABLE problems_regrouped ON COMMIT DROP AS
WITH named AS (
    SELECT DISTINCT territory_layer_id AS layer_id, territory_key AS key
    FROM problems_responsibility
    WHERE is_active AND territory_layer_id IS NOT NULL
),

standing AS (
    SELECT placed.problem_id, placed.layer_id, placed.key FROM problems_placed AS placed
    UNION ALL
    SELECT chosen.problem_id, chosen.layer_id, chosen.key FROM problems_chosen AS chosen
    UNION ALL
    SELECT stored.problem_id, stored.layer_id, stored.key
    FROM problems_problemterritory AS stored
    INNER JOIN problems_affected AS affected ON affected.problem_id = stored.problem_id
    WHERE stored.layer_id <> ALL (%(layers)s::bigint[])
),

ruled AS (
    SELECT
        standing.problem_id,
        array_agg(
            standing.layer_id || ':' || standing.key ORDER BY standing.layer_id
        ) AS territories
    FROM standing
    INNER JOIN named ON named.layer_id = standing.layer_id AND named.key = standing.key
    GROUP BY standing.problem_id
),

kept AS (
    SELECT DISTINCT assignment.problem_id
    FROM problems_affected AS affected
    INNER JOIN problems_assignment AS assignment ON assignment.problem_id = affected.problem_id
    WHERE
        assignment.ended_at IS NULL
        AND assignment.role = 'executor'
        AND (NOT assignment.is_routed OR assignment.accepted_at IS NOT NULL)
)

SELECT
    problem.id AS problem_id, problem.category_id, problem.private_promised AS is_private,
    problem.state, problem.organisation_id AS executor,
    problem.state <> 'open' OR kept.problem_id IS NOT NULL AS is_kept,
    coalesce(ruled.territories, '{}') AS territories
FROM problems_affected AS affected
INNER JOIN problems_problem AS problem ON problem.id = affected.problem_id
LEFT JOIN ruled ON ruled.problem_id = affected.problem_id
LEFT JOIN kept ON kept.problem_id = affected.problem_id
