-- In: layer (id), keys (or NULL: all).
DELETE FROM layers_searchentry
WHERE
    layer_id = %(layer)s
    AND (%(keys)s::text[] IS NULL OR key = ANY (%(keys)s::text[]))
