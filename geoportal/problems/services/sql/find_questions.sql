-- What each territory across a near border would change, in `problems_questions`; `asks`: who works
-- on the problem, considers, controls or watches it is not the same there; `others`: those beside
-- the executor. Nobody watches what is not public. Index: none; temporary tables and rules are few
-- rows.
CREATE TEMPORARY TABLE problems_questions ON COMMIT DROP AS
SELECT
    across.problem_id, across.layer_id, across.key, across.title, across.distance_m,
    there.executor,
    there.assigned IS DISTINCT FROM here.assigned OR watching.there IS DISTINCT FROM watching.here
        AS asks,
    ARRAY(
        SELECT organisation.name_uk
        FROM accounts_organisation AS organisation
        WHERE
            organisation.id IS DISTINCT FROM there.executor
            AND organisation.id = ANY (there.organisations || watching.there)
        ORDER BY organisation.name_uk
    ) AS others
FROM problems_across AS across
INNER JOIN problems_groups AS there
    ON there.category_id = across.category_id AND there.is_private = across.is_private
        AND there.territories = across.territories
INNER JOIN problems_regrouped AS problem ON problem.problem_id = across.problem_id
INNER JOIN problems_groups AS here
    ON here.category_id = problem.category_id AND here.is_private = problem.is_private
        AND here.territories = problem.territories
CROSS JOIN LATERAL (
    SELECT
        coalesce(array_agg(oversight.organisation_id ORDER BY oversight.organisation_id)
            FILTER (WHERE oversight.territory_key = across.key), '{}') AS there,
        coalesce(array_agg(oversight.organisation_id ORDER BY oversight.organisation_id)
            FILTER (WHERE oversight.territory_key = across.own_key), '{}') AS here
    FROM problems_oversight AS oversight
    INNER JOIN accounts_organisation AS organisation ON organisation.id = oversight.organisation_id
    WHERE
        oversight.territory_layer_id = across.layer_id
        AND organisation.is_active
        AND problems_is_public_category(across.category_id)
        AND NOT across.is_private
) AS watching
