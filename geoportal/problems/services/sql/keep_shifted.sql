-- Only borders changed: problems that lie where they lay have the same candidates as before.
-- Index: none; temporary tables are read whole.
DELETE FROM problems_affected AS affected
WHERE NOT EXISTS (
    SELECT FROM problems_shifted AS shifted
    WHERE shifted.problem_id = affected.problem_id AND shifted.relocated
)
