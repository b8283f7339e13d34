-- The changes of one feature, the latest first, its states by today's schema; none at all of a
-- feature that the reader may not see as it stands, or as it last stood.
-- In: layer (id), key, visibilities, public, staff (names; empty: internal is not shown), published
-- (names whose values among the internal ones are shown there: they were staff's at that time).
-- Index: layers_feature_key_once, layers_version_of_feature.
WITH state AS (
    SELECT
        geom, properties, internal, visibility, changeset_id,
        NULL::bigint AS replaced_by_id
    FROM layers_feature WHERE layer_id = %(layer)s AND key = %(key)s
    UNION ALL
    SELECT geom, properties, internal, visibility, changeset_id, replaced_by_id
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
        made.geom, made.properties, made.internal, made.visibility
    FROM state AS made
    UNION ALL
    SELECT
        ended.replaced_by_id, 'removed', ended.geom, ended.properties, ended.internal,
        ended.visibility
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
    layers_keep(change.properties, %(public)s::text[])::text,
    (
        layers_keep(change.properties || change.internal, %(staff)s::text[])
        || layers_keep(change.internal, %(published)s::text[])
    )::text
FROM change
INNER JOIN layers_changeset AS changeset ON changeset.id = change.changeset_id
WHERE
    change.visibility = ANY (%(visibilities)s)
    AND (
        SELECT latest.visibility FROM state AS latest ORDER BY latest.changeset_id DESC LIMIT 1
    ) = ANY (%(visibilities)s)
ORDER BY change.changeset_id DESC
