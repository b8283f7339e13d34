-- What the stage changes, by key; unchanged rows are left out.
-- In: layer (id), patch (attributes the stage does not name are kept).
-- Index: layers_feature_key_once of the partition when the stage is small; else a hash join.
CREATE TEMPORARY TABLE layers_diff ON COMMIT DROP AS
SELECT
    stage.key,
    CASE
        WHEN stage.removed THEN 'removed'
        WHEN feature.key IS NULL THEN 'added'
        ELSE 'changed'
    END AS action
FROM layers_stage AS stage
LEFT JOIN layers_feature AS feature
    ON feature.layer_id = %(layer)s AND feature.key = stage.key
WHERE CASE
    WHEN stage.removed THEN feature.key IS NOT NULL
    WHEN feature.key IS NULL THEN true
    ELSE feature.geom IS DISTINCT FROM stage.geom
        OR feature.visibility <> coalesce(stage.visibility, feature.visibility)
        OR CASE WHEN %(patch)s
            THEN feature.properties || stage.properties <> feature.properties
                OR feature.internal || stage.internal <> feature.internal
            ELSE feature.properties <> stage.properties OR feature.internal <> stage.internal
        END
END
