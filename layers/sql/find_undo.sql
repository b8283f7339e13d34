-- What undoing a changeset would touch: `restores` tells an earlier state to bring back (else the
-- row was added and goes), `clear` that the feature stands as the changeset left it: untouched
-- since, or changed and changed back; `stands` that there is such a feature now.
-- In: layer, changeset (ids).
CREATE TEMPORARY TABLE layers_undo ON COMMIT DROP AS
WITH made AS (
    SELECT key, true AS stands, geom, properties, internal, visibility FROM layers_feature
    WHERE layer_id = %(layer)s AND changeset_id = %(changeset)s
    UNION ALL
    SELECT key, false, geom, properties, internal, visibility FROM layers_featureversion
    WHERE changeset_id = %(changeset)s
),

ended AS (
    SELECT id, key FROM layers_featureversion WHERE replaced_by_id = %(changeset)s
)

SELECT
    coalesce(made.key, ended.key) AS key,
    ended.id AS restores,
    CASE
        WHEN made.key IS NULL THEN feature.key IS NULL
        ELSE made.stands OR (
            feature.key IS NOT NULL
            AND feature.geom IS NOT DISTINCT FROM made.geom
            AND feature.properties = made.properties
            AND feature.internal = made.internal
            AND feature.visibility = made.visibility
        )
    END AS clear,
    feature.key IS NOT NULL AS stands
FROM made
FULL JOIN ended ON ended.key = made.key
LEFT JOIN layers_feature AS feature
    ON feature.layer_id = %(layer)s AND feature.key = coalesce(made.key, ended.key)
