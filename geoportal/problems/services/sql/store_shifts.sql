-- The stored territories become those found now.
-- Index: primary keys of problems_problemterritory and problems_problem, layers_feature_key_once.
WITH measured AS (
    SELECT
        shifted.*,
        layers_border_distance_m(territory.geom, problem.geom) AS border_distance_m
    FROM problems_shifted AS shifted
    INNER JOIN problems_problem AS problem ON problem.id = shifted.problem_id
    INNER JOIN layers_feature AS territory
        ON territory.layer_id = shifted.layer_id AND territory.key = shifted.key
),

gone AS (
    DELETE FROM problems_problemterritory AS stored
    USING problems_shifted AS shifted
    WHERE stored.id = shifted.stored_id AND shifted.key IS NULL
),

changed AS (
    UPDATE problems_problemterritory AS stored
    SET
        key = measured.key, title = measured.title,
        border_distance_m = measured.border_distance_m, is_chosen = false
    FROM measured
    WHERE stored.id = measured.stored_id
)

INSERT INTO problems_problemterritory (
    problem_id, layer_id, key, title, border_distance_m, is_chosen
)
SELECT problem_id, layer_id, key, title, border_distance_m, false
FROM measured
WHERE stored_id IS NULL
