-- The stored territories become those found now.
-- Index: primary key of problems_problemterritory.
WITH gone AS (
    DELETE FROM problems_problemterritory AS stored
    USING problems_shifted AS shifted
    WHERE stored.id = shifted.stored_id AND shifted.key IS NULL
),

changed AS (
    UPDATE problems_problemterritory AS stored
    SET key = shifted.key, title = shifted.title, border_distance_m = NULL
    FROM problems_shifted AS shifted
    WHERE stored.id = shifted.stored_id AND shifted.key IS NOT NULL
)

INSERT INTO problems_problemterritory (
    problem_id, layer_id, key, title, is_chosen
)
SELECT problem_id, layer_id, key, title, false
FROM problems_shifted
WHERE stored_id IS NULL
