-- Affected problems whose executor is another one now, in `problems_moves`; `moves`: open, and
-- nobody gave it to an executor by hand. An accepted problem stays with who took it.
-- Index: problems_decisions; problems_assignment_in_force_once, or that of the foreign key to the
-- problem.
CREATE TEMPORARY TABLE problems_moves ON COMMIT DROP AS
SELECT
    problem.problem_id, problem.category_id,
    decision.organisation_id AS old_executor,
    found.executor AS new_executor,
    problem.state = 'open' AND NOT EXISTS (
        SELECT FROM problems_assignment AS given
        WHERE given.problem_id = problem.problem_id AND given.ended_at IS NULL
            AND given.role = 'executor' AND NOT given.is_routed
    ) AS moves
FROM problems_regrouped AS problem
INNER JOIN problems_groups AS found
    ON found.category_id = problem.category_id AND found.territories = problem.territories
CROSS JOIN LATERAL (
    SELECT latest.organisation_id
    FROM problems_routingdecision AS latest
    WHERE latest.problem_id = problem.problem_id
    ORDER BY latest.id DESC
    LIMIT 1
) AS decision
WHERE decision.organisation_id IS DISTINCT FROM found.executor
