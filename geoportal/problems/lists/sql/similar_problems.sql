-- Open and accepted public problems of one category around a place, the nearest first.
-- In: category (id), place (4326), radius_m (metres), limit.
-- Index: problems_problem_geom_8f4c3e60_id, by a box in degrees a little larger than the circle.
SELECT
    problem.id,
    ST_Distance(problem.geom::geography, %(place)s::geometry::geography) AS distance_m
FROM problems_public AS problem
WHERE
    problem.geom && ST_Expand(
        %(place)s::geometry,
        %(radius_m)s / 110000.0 / cos(radians(ST_Y(%(place)s::geometry))),
        %(radius_m)s / 110000.0
    )
    AND ST_DWithin(problem.geom::geography, %(place)s::geometry::geography, %(radius_m)s)
    AND problem.category_id = %(category)s
    AND problem.state IN ('open', 'accepted')
ORDER BY distance_m, problem.id DESC
LIMIT %(limit)s
