-- Whether a category and all above it are public. Index: primary key of problems_category.
CREATE OR REPLACE FUNCTION problems_is_public_category(category bigint)
RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    WITH RECURSIVE line (parent_id, is_public) AS (
        SELECT parent_id, is_public FROM problems_category WHERE id = category
        UNION ALL
        SELECT above.parent_id, above.is_public
        FROM line INNER JOIN problems_category AS above ON above.id = line.parent_id
    )

    SELECT coalesce(bool_and(is_public), false) FROM line
$$;

-- Rules that give a problem of a category in these territories to organisations.
-- `territories`: 'layer id:key' of each territory that holds the point. `place`: 1 is the winner
-- of a role: the highest priority, then the nearest category, then a named territory, then the
-- oldest rule. A rule without a category is for what everyone may know (`is_public`): who answers for
-- problems that are not public is named with their category, or one above it.
-- Index: problems_responsibility_once (few rows: read whole).
CREATE OR REPLACE FUNCTION problems_list_candidates(
    category bigint, territories text[], is_public boolean
)
RETURNS TABLE (
    responsibility_id bigint, organisation_id bigint, role varchar, category_id bigint,
    territory_layer_id bigint, territory_key varchar, priority smallint, place bigint
)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    WITH RECURSIVE line (id, parent_id, distance) AS (
        SELECT id, parent_id, 0 FROM problems_category WHERE id = category
        UNION ALL
        SELECT above.id, above.parent_id, line.distance + 1
        FROM line INNER JOIN problems_category AS above ON above.id = line.parent_id
    )

    SELECT
        rule.id, rule.organisation_id, rule.role, rule.category_id,
        rule.territory_layer_id, rule.territory_key, rule.priority,
        row_number() OVER (
            PARTITION BY rule.role
            ORDER BY
                rule.priority DESC, line.distance NULLS LAST,
                rule.territory_layer_id IS NULL, rule.id
        ) AS place
    FROM problems_responsibility AS rule
    INNER JOIN accounts_organisation AS organisation ON organisation.id = rule.organisation_id
    LEFT JOIN line ON line.id = rule.category_id
    WHERE
        rule.is_active
        AND organisation.is_active
        AND (
            line.id IS NOT NULL
            OR rule.category_id IS NULL AND problems_list_candidates.is_public
        )
        AND (
            rule.territory_layer_id IS NULL
            OR rule.territory_layer_id || ':' || rule.territory_key = ANY (territories)
        )
$$;

-- The same for a new problem of the category: public where the category is.
CREATE OR REPLACE FUNCTION problems_list_candidates(category bigint, territories text[])
RETURNS TABLE (
    responsibility_id bigint, organisation_id bigint, role varchar, category_id bigint,
    territory_layer_id bigint, territory_key varchar, priority smallint, place bigint
)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT * FROM problems_list_candidates(
        category, territories, problems_is_public_category(category)
    )
$$;
