-- Which of the problems everyone may see, and the keys of the others. In: numbers.
-- Index: primary key of problems_problem.
SELECT
    coalesce(array_agg(id) FILTER (WHERE shown), '{}') AS shown,
    coalesce(array_agg(id::text) FILTER (WHERE NOT shown), '{}') AS hidden
FROM (
    SELECT id, is_public AND state IN ('open', 'accepted', 'closed', 'archived') AS shown
    FROM problems_problem
    WHERE id = ANY (%(numbers)s::bigint[])
) AS problem
