-- Where each affected problem lies now, one territory a layer: the smallest key of those that cover
-- it; a side that a moderator chose is left out. In: layers (ids of territory layers that are joined).
-- Index: the GiST index of problems_problem, probed once for each territory.
CREATE TEMPORARY TABLE problems_placed ON COMMIT DROP AS
SELECT
    found.problem_id, found.layer_id, found.key,
    coalesce(territory.properties ->> nullif(layer.title_field, ''), found.key) AS title
FROM (
    SELECT
        problem.id AS problem_id, territory.layer_id, min(territory.key COLLATE "C") AS key
    FROM layers_feature AS territory
    INNER JOIN problems_problem AS problem
        ON problem.geom && ST_Expand(territory.geom, 1e-7)
            AND problem.state IN ('open', 'accepted')
    WHERE
        territory.layer_id = ANY (%(layers)s::bigint[])
        AND layers_covers(territory.geom, problem.geom)
    GROUP BY problem.id, territory.layer_id
) AS found
INNER JOIN problems_affected AS affected ON affected.problem_id = found.problem_id
INNER JOIN layers_layer AS layer ON layer.id = found.layer_id AND layer.archived_at IS NULL
INNER JOIN layers_feature AS territory
    ON territory.layer_id = found.layer_id AND territory.key = found.key
WHERE NOT EXISTS (
    SELECT FROM problems_chosen AS chosen
    WHERE chosen.problem_id = found.problem_id AND chosen.layer_id = found.layer_id
)
