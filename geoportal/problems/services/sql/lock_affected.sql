-- Hold the affected problems, in one order, so that people's changes wait. Index: primary key;
-- for many problems a hash join.
SELECT count(*) FROM (
    SELECT problem.id FROM problems_problem AS problem
    INNER JOIN problems_affected AS affected ON affected.problem_id = problem.id
    ORDER BY problem.id
    FOR UPDATE OF problem
) AS held
