-- In: layer, changeset (ids), patch (attributes the stage does not name are kept).
UPDATE layers_feature AS feature
SET
    geom = stage.geom,
    properties = CASE
        WHEN %(patch)s THEN feature.properties || stage.properties ELSE stage.properties END,
    internal = CASE
        WHEN %(patch)s THEN feature.internal || stage.internal ELSE stage.internal END,
    visibility = coalesce(stage.visibility, feature.visibility),
    changeset_id = %(changeset)s,
    updated_at = now()
FROM layers_diff AS diff
INNER JOIN layers_stage AS stage ON stage.key = diff.key
WHERE
    diff.action = 'changed'
    AND feature.layer_id = %(layer)s
    AND feature.key = diff.key
