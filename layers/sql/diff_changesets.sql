-- How a page of features differs between a layer after changeset `first` and after `second`.
-- One row for each key that changesets between them touched, in the order of code points; what was
-- changed and changed back has no action. A feature that the reader may not see as it stands, or as
-- it last stood, is not in it.
-- In: layer, first, second (ids; 0: before everything), visibilities, public, staff, published
-- (names, as in `history`), after (key that the page follows), limit (keys).
-- Index: layers_featureversion's foreign keys, layers_feature_key_once, layers_version_of_feature.
WITH touched AS (
    SELECT key FROM layers_feature
    WHERE
        layer_id = %(layer)s
        AND changeset_id > %(first)s AND changeset_id <= %(second)s
    UNION
    SELECT key FROM layers_featureversion
    WHERE layer_id = %(layer)s AND changeset_id > %(first)s AND changeset_id <= %(second)s
    UNION
    SELECT key FROM layers_featureversion
    WHERE layer_id = %(layer)s AND replaced_by_id > %(first)s AND replaced_by_id <= %(second)s
),

page AS MATERIALIZED (
    SELECT key FROM touched
    WHERE
        key COLLATE "C" > %(after)s
        AND coalesce(
            (
                SELECT standing.visibility FROM layers_feature AS standing
                WHERE standing.layer_id = %(layer)s AND standing.key = touched.key
            ),
            (
                SELECT ended.visibility FROM layers_featureversion AS ended
                WHERE ended.layer_id = %(layer)s AND ended.key = touched.key
                ORDER BY ended.changeset_id DESC
                LIMIT 1
            )
        ) = ANY (%(visibilities)s)
    ORDER BY key COLLATE "C"
    LIMIT %(limit)s
),

state AS (
    SELECT
        page.key, standing.geom, standing.properties, standing.internal,
        standing.visibility, standing.changeset_id, 9223372036854775807 AS replaced_by_id
    FROM page
    INNER JOIN layers_feature AS standing
        ON standing.layer_id = %(layer)s AND standing.key = page.key
    UNION ALL
    SELECT
        page.key, ended.geom, ended.properties, ended.internal,
        ended.visibility, ended.changeset_id, ended.replaced_by_id
    FROM page
    INNER JOIN layers_featureversion AS ended
        ON ended.layer_id = %(layer)s AND ended.key = page.key
),

side AS (
    SELECT
        state.key, moment.name,
        jsonb_build_object(
            'geometry', ST_AsGeoJSON(state.geom)::jsonb,
            'properties', layers_keep(state.properties, %(public)s::text[]),
            'internal',
            layers_keep(state.properties || state.internal, %(staff)s::text[])
            || layers_keep(state.internal, %(published)s::text[])
        ) AS document
    FROM state
    CROSS JOIN (VALUES ('before', %(first)s), ('after', %(second)s)) AS moment (name, changeset_id)
    WHERE
        state.changeset_id <= moment.changeset_id
        AND state.replaced_by_id > moment.changeset_id
        AND state.visibility = ANY (%(visibilities)s)
)

SELECT
    page.key,
    CASE
        WHEN earlier.document IS NOT DISTINCT FROM later.document THEN NULL
        WHEN earlier.key IS NULL THEN 'added'
        WHEN later.key IS NULL THEN 'removed'
        ELSE 'changed'
    END AS action,
    earlier.document::text,
    later.document::text
FROM page
LEFT JOIN side AS earlier ON earlier.key = page.key AND earlier.name = 'before'
LEFT JOIN side AS later ON later.key = page.key AND later.name = 'after'
ORDER BY page.key COLLATE "C"
