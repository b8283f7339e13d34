-- Places for territories across a near border: empty until it is known which problems need them.
-- Index: none.
CREATE TEMPORARY TABLE problems_across ON COMMIT DROP AS
SELECT
    NULL::bigint AS problem_id, NULL::bigint AS layer_id, NULL::text AS key, NULL::text AS title,
    NULL::float8 AS distance_m, NULL::text AS own_key, NULL::bigint AS category_id,
    NULL::boolean AS is_private, NULL::text[] AS territories
WHERE false
