-- What differs between a layer after changeset `first` and after `second`, by key.
-- In: layer, first, second (ids), visibilities, public, staff (names).
-- Index: the foreign keys of layers_featureversion.
WITH state AS (
    SELECT
        key, geom, properties || internal AS attributes, visibility, changeset_id,
        9223372036854775807 AS replaced_by_id
    FROM layers_feature WHERE layer_id = %(layer)s
    UNION ALL
    SELECT key, geom, properties || internal, visibility, changeset_id, replaced_by_id
    FROM layers_featureversion WHERE layer_id = %(layer)s
),

touched AS (
    SELECT DISTINCT key FROM state
    WHERE
        (changeset_id > %(first)s AND changeset_id <= %(second)s)
        OR (replaced_by_id > %(first)s AND replaced_by_id <= %(second)s)
),

side AS (
    SELECT
        state.key, moment.name,
        jsonb_build_object(
            'geometry', ST_AsGeoJSON(state.geom)::jsonb,
            'properties', layers_keep(state.attributes, %(public)s::text[]),
            'internal', layers_keep(state.attributes, %(staff)s::text[])
        ) AS document
    FROM state
    INNER JOIN touched ON touched.key = state.key
    CROSS JOIN (VALUES ('before', %(first)s), ('after', %(second)s)) AS moment (name, changeset_id)
    WHERE
        state.changeset_id <= moment.changeset_id
        AND state.replaced_by_id > moment.changeset_id
        AND state.visibility = ANY (%(visibilities)s)
)

SELECT
    coalesce(earlier.key, later.key) AS key,
    CASE
        WHEN earlier.key IS NULL THEN 'added'
        WHEN later.key IS NULL THEN 'removed'
        ELSE 'changed'
    END AS action,
    earlier.document::text,
    later.document::text
FROM (SELECT key, document FROM side WHERE name = 'before') AS earlier
FULL JOIN (SELECT key, document FROM side WHERE name = 'after') AS later ON later.key = earlier.key
WHERE earlier.document IS DISTINCT FROM later.document
ORDER BY coalesce(earlier.key, later.key) COLLATE "C"
