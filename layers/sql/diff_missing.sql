-- In replace mode: what stands and is not in the stage is removed. In: layer (id).
INSERT INTO layers_diff (key, action)
SELECT feature.key, 'removed'
FROM layers_feature AS feature
WHERE
    feature.layer_id = %(layer)s
    AND NOT EXISTS (SELECT FROM layers_stage AS stage WHERE stage.key = feature.key)
