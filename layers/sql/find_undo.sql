-- What undoing a changeset would touch: `restores` tells an earlier state to bring back (else the
-- row was added and goes), `clear` that nothing came after. In: layer, changeset (ids).
CREATE TEMPORARY TABLE layers_undo ON COMMIT DROP AS
WITH made AS (
    SELECT key, true AS stands FROM layers_feature
    WHERE layer_id = %(layer)s AND changeset_id = %(changeset)s
    UNION ALL
    SELECT key, false FROM layers_featureversion WHERE changeset_id = %(changeset)s
),

ended AS (
    SELECT id, key FROM layers_featureversion WHERE replaced_by_id = %(changeset)s
)

SELECT
    coalesce(made.key, ended.key) AS key,
    ended.id AS restores,
    coalesce(
        made.stands,
        NOT EXISTS (
            SELECT FROM layers_feature AS later
            WHERE later.layer_id = %(layer)s AND later.key = ended.key
        ) AND NOT EXISTS (
            SELECT FROM layers_featureversion AS later
            WHERE
                later.layer_id = %(layer)s AND later.key = ended.key
                AND later.changeset_id > %(changeset)s
        )
    ) AS clear
FROM made
FULL JOIN ended ON ended.key = made.key
