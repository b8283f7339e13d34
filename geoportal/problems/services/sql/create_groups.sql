-- Places for candidates, found once for all problems that agree in category, in territories and in
-- whether their authors were told that they are not published.
-- `assigned`: who would hold the problem, as 'organisation:role'. Index: none.
CREATE TEMPORARY TABLE problems_groups ON COMMIT DROP AS
SELECT
    NULL::bigint AS category_id, NULL::boolean AS is_private, NULL::text[] AS territories,
    NULL::bigint AS executor,
    NULL::bigint[] AS rules, NULL::jsonb AS candidates, NULL::bigint[] AS organisations,
    NULL::varchar[] AS roles, NULL::text[] AS assigned
WHERE false
