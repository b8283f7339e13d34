-- In: layer (id).
DELETE FROM layers_feature AS feature
USING layers_diff AS diff
WHERE diff.action = 'removed' AND feature.layer_id = %(layer)s AND feature.key = diff.key
