-- So many would go elsewhere that somebody has to look first: they are left out, and returned.
-- Index: none; temporary tables are read whole.
WITH held AS (
    SELECT problem_id FROM problems_moves WHERE moves
    UNION
    SELECT problem_id FROM problems_changes
),

moves AS (
    DELETE FROM problems_moves WHERE problem_id IN (SELECT problem_id FROM held)
),

changes AS (
    DELETE FROM problems_changes
)

DELETE FROM problems_regrouped AS problem
USING held
WHERE problem.problem_id = held.problem_id
RETURNING problem.problem_id
