-- The candidates of each group of problems that has none yet, found once a group, in
-- `problems_groups`. Index: none; zones of responsibility are few rows.
INSERT INTO problems_groups
SELECT
    grouped.category_id, grouped.is_private, grouped.territories,
    found.executor, found.rules, found.candidates, found.organisations, found.roles,
    ARRAY(
        SELECT each.organisation_id || ':' || each.role
        FROM unnest(found.organisations, found.roles) AS each (organisation_id, role)
        ORDER BY each.organisation_id
    ) AS assigned
FROM (
    SELECT category_id, is_private, territories FROM problems_regrouped
    UNION
    SELECT category_id, is_private, territories FROM problems_across
    EXCEPT
    SELECT category_id, is_private, territories FROM problems_groups
) AS grouped
CROSS JOIN LATERAL (
    SELECT
        max(each.organisation_id) FILTER (WHERE each.wins AND each.role = 'executor') AS executor,
        coalesce(array_agg(each.responsibility_id ORDER BY each.role, each.place), '{}') AS rules,
        coalesce(array_agg(each.organisation_id ORDER BY each.role, each.place)
            FILTER (WHERE each.wins), '{}') AS organisations,
        coalesce(array_agg(each.role ORDER BY each.role, each.place)
            FILTER (WHERE each.wins), '{}') AS roles,
        coalesce(jsonb_agg(jsonb_build_object(
            'responsibility', each.responsibility_id,
            'organisation', each.organisation_id,
            'organisation_name', organisation.name_uk,
            'role', each.role,
            'category', each.category_id,
            'category_title', coalesce(category.title_uk, ''),
            'layer', coalesce(layer.slug, ''),
            'key', each.territory_key,
            'territory_title', coalesce(
                territory.properties ->> nullif(layer.title_field, ''), each.territory_key),
            'priority', each.priority,
            'wins', each.wins
        ) ORDER BY each.role, each.place), '[]') AS candidates
    FROM (
        SELECT
            candidate.*,
            -- The executor is one; the others are all, each organisation in its first role.
            CASE
                WHEN candidate.role = 'executor' THEN candidate.place = 1
                ELSE row_number() OVER (
                    PARTITION BY candidate.organisation_id
                    ORDER BY
                        candidate.role <> 'executor' OR candidate.place <> 1,
                        candidate.role = 'executor', candidate.role, candidate.place
                ) = 1
            END AS wins
        FROM problems_list_candidates(
            grouped.category_id,
            grouped.territories,
            problems_is_public_category(grouped.category_id) AND NOT grouped.is_private
        ) AS candidate
    ) AS each
    INNER JOIN accounts_organisation AS organisation ON organisation.id = each.organisation_id
    LEFT JOIN problems_category AS category ON category.id = each.category_id
    LEFT JOIN layers_layer AS layer ON layer.id = each.territory_layer_id
    LEFT JOIN layers_feature AS territory
        ON territory.layer_id = each.territory_layer_id AND territory.key = each.territory_key
) AS found
