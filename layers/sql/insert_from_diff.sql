-- In: layer, changeset (ids).
INSERT INTO layers_feature
    (layer_id, key, geom, properties, internal, visibility, changeset_id)
SELECT
    %(layer)s, stage.key, stage.geom, stage.properties, stage.internal,
    coalesce(stage.visibility, 'public'), %(changeset)s
FROM layers_stage AS stage
WHERE EXISTS (
    SELECT FROM layers_diff AS diff WHERE diff.key = stage.key AND diff.action = 'added'
)
