-- Problems that get a new decision, in `problems_differing`: they lie elsewhere, others hold them,
-- or the newest decision names another executor than the rules do now.
-- Index: problems_decisions.
CREATE TEMPORARY TABLE problems_differing ON COMMIT DROP AS
WITH named AS (
    SELECT move.problem_id
    FROM problems_moves AS move
    LEFT JOIN LATERAL (
        SELECT latest.organisation_id
        FROM problems_routingdecision AS latest
        WHERE latest.problem_id = move.problem_id
        ORDER BY latest.id DESC
        LIMIT 1
    ) AS decision ON true
    WHERE move.moves OR decision.organisation_id IS DISTINCT FROM move.new_executor
)

SELECT problem.problem_id
FROM problems_regrouped AS problem
WHERE problem.problem_id IN (
    SELECT shifted.problem_id FROM problems_shifted AS shifted WHERE shifted.relocated
    UNION
    SELECT named.problem_id FROM named
    UNION
    SELECT changed.problem_id FROM problems_changes AS changed
)
