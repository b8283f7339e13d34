-- Problems being worked on whose territories may differ now, in `problems_affected`.
-- In: numbers (only these; NULL: no such limit), layer (id of the changed territory layer; NULL: all
-- problems), touched (keys of its changed territories; NULL: all).
-- Index: problems_in_territory, and the GiST index of problems_problem.
CREATE TEMPORARY TABLE problems_affected ON COMMIT DROP AS
SELECT problem.id AS problem_id
FROM problems_problem AS problem
WHERE
    problem.state IN ('open', 'accepted')
    AND (%(numbers)s::bigint[] IS NULL OR problem.id = ANY (%(numbers)s::bigint[]))
    AND (
        %(touched)s::text[] IS NULL
        OR problem.id IN (
            SELECT stored.problem_id FROM problems_problemterritory AS stored
            WHERE stored.layer_id = %(layer)s AND stored.key = ANY (%(touched)s::text[])
            UNION
            SELECT held.id
            FROM layers_feature AS territory
            INNER JOIN problems_problem AS held
                ON held.geom && ST_Expand(territory.geom, 1e-7)
            WHERE territory.layer_id = %(layer)s AND territory.key = ANY (%(touched)s::text[])
        )
    )
