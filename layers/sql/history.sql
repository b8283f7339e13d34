-- The changes of one feature, the latest first, its states by today's schema.
-- In: layer (id), key, visibilities, public, staff (names; empty: internal is not shown).
-- Index: layers_feature_key_once, layers_version_of_feature.
WITH state AS (
    SELECT
        geom, properties || internal AS attributes, visibility, changeset_id,
        NULL::bigint AS replaced_by_id
    FROM layers_feature WHERE layer_id = %(layer)s AND key = %(key)s
    UNION ALL
    SELECT geom, properties || internal, visibility, changeset_id, replaced_by_id
    FROM layers_featureversion WHERE layer_id = %(layer)s AND key = %(key)s
),

change AS (
    SELECT
        made.changeset_id,
        CASE
            WHEN EXISTS (
                SELECT FROM state AS ended WHERE ended.replaced_by_id = made.changeset_id
            ) THEN 'changed'
            ELSE 'added'
        END AS action,
        made.geom, made.attributes, made.visibility
    FROM state AS made
    UNION ALL
    SELECT ended.replaced_by_id, 'removed', ended.geom, ended.attributes, ended.visibility
    FROM state AS ended
    WHERE
        ended.replaced_by_id IS NOT NULL
        AND NOT EXISTS (
            SELECT FROM state AS made WHERE made.changeset_id = ended.replaced_by_id
        )
)

SELECT
    change.changeset_id, changeset.kind, change.action, changeset.created_at, changeset.comment,
    ST_AsGeoJSON(change.geom),
    layers_keep(change.attributes, %(public)s::text[])::text,
    layers_keep(change.attributes, %(staff)s::text[])::text
FROM change
INNER JOIN layers_changeset AS changeset ON changeset.id = change.changeset_id
WHERE change.visibility = ANY (%(visibilities)s)
ORDER BY change.changeset_id DESC
