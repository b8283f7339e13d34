-- Affected problems whose executor is not the one whom the rules name now, in `problems_moves`;
-- `moves`: the rules choose it. Others stay with who has them.
-- Index: none; temporary tables are read whole.
CREATE TEMPORARY TABLE problems_moves ON COMMIT DROP AS
SELECT
    problem.problem_id, problem.category_id,
    problem.executor AS old_executor,
    found.executor AS new_executor,
    NOT problem.is_kept AS moves
FROM problems_regrouped AS problem
INNER JOIN problems_groups AS found
    ON found.category_id = problem.category_id AND found.is_private = problem.is_private
        AND found.territories = problem.territories
WHERE problem.executor IS DISTINCT FROM found.executor
