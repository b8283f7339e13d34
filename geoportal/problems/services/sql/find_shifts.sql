-- What differs between the stored territories and those found now, in `problems_shifted`;
-- `relocated`: another territory, not only its name or that a moderator had chosen it.
-- In: layers (ids).
-- Index: problems_territory_once, or that of the foreign key to the problem; for many problems a
-- hash join.
CREATE TEMPORARY TABLE problems_shifted ON COMMIT DROP AS
SELECT
    coalesce(stored.problem_id, placed.problem_id) AS problem_id,
    coalesce(stored.layer_id, placed.layer_id) AS layer_id,
    stored.id AS stored_id,
    placed.key,
    placed.title,
    stored.key IS DISTINCT FROM placed.key AS relocated
FROM (
    SELECT territory.*
    FROM problems_problemterritory AS territory
    INNER JOIN problems_affected AS affected ON affected.problem_id = territory.problem_id
    LEFT JOIN problems_chosen AS chosen
        ON chosen.problem_id = territory.problem_id AND chosen.layer_id = territory.layer_id
    WHERE territory.layer_id = ANY (%(layers)s::bigint[]) AND chosen.problem_id IS NULL
) AS stored
FULL JOIN problems_placed AS placed
    ON placed.problem_id = stored.problem_id AND placed.layer_id = stored.layer_id
WHERE
    stored.key IS DISTINCT FROM placed.key
    OR stored.title IS DISTINCT FROM placed.title
    OR stored.is_chosen
