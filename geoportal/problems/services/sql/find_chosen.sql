-- Sides that a moderator chose and that still hold, in `problems_chosen`: the territory is there and
-- its border near. In: layers (ids of territory layers that are joined), border_m (metres).
-- Index: problems_territory_once, or that of the foreign key to the problem; for many problems a
-- hash join.
CREATE TEMPORARY TABLE problems_chosen ON COMMIT DROP AS
SELECT stored.problem_id, stored.layer_id, stored.key
FROM problems_affected AS affected
INNER JOIN problems_problemterritory AS stored ON stored.problem_id = affected.problem_id
INNER JOIN problems_problem AS problem ON problem.id = stored.problem_id
INNER JOIN layers_layer AS layer ON layer.id = stored.layer_id AND layer.archived_at IS NULL
INNER JOIN layers_feature AS territory
    ON territory.layer_id = stored.layer_id AND territory.key = stored.key
WHERE
    stored.is_chosen
    AND stored.layer_id = ANY (%(layers)s::bigint[])
    AND layers_border_distance_m(territory.geom, problem.geom) <= %(border_m)s
