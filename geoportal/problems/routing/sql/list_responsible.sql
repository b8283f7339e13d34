-- Organisations that answer in these territories, for one category or for all that are offered:
-- the executor of each category, and every reviewer and controller.
-- In: category (id or NULL), territories ('layer id:key'). Index: none; rules are few rows.
SELECT
    organisation.name_uk,
    organisation.slug,
    found.role,
    array_agg(DISTINCT ruled.title_uk) FILTER (WHERE ruled.title_uk IS NOT NULL) AS categories,
    coalesce(
        array_agg(DISTINCT found.territory_layer_id || ':' || found.territory_key)
            FILTER (WHERE found.territory_layer_id IS NOT NULL),
        '{}'
    ) AS territories
FROM problems_category AS asked
CROSS JOIN LATERAL problems_list_candidates(asked.id, %(territories)s::text[]) AS found
INNER JOIN accounts_organisation AS organisation ON organisation.id = found.organisation_id
LEFT JOIN problems_category AS ruled ON ruled.id = found.category_id
WHERE
    asked.is_active
    AND CASE
        WHEN %(category)s::bigint IS NULL THEN NOT EXISTS (
            SELECT FROM problems_category AS child WHERE child.parent_id = asked.id
        )
        ELSE asked.id = %(category)s
    END
    AND (found.role <> 'executor' OR found.place = 1)
GROUP BY organisation.id, found.role
ORDER BY
    array_position(ARRAY['executor', 'reviewer', 'controller'], found.role::text),
    organisation.name_uk
