-- What changed or went is not found by its old words for a moment longer. In: layer (id).
DELETE FROM layers_searchentry AS entry
USING layers_diff AS diff
WHERE diff.action <> 'added' AND entry.layer_id = %(layer)s AND entry.key = diff.key
