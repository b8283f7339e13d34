-- A text that changes with everything a tile of problems shows or is filtered by: the revision of
-- the public layer, the last step of a history, the last place among territories, the categories.
-- In: layer (slug).
SELECT concat_ws(
    ' ',
    (
        SELECT state.revision
        FROM layers_layerstate AS state
        INNER JOIN layers_layer AS layer ON layer.id = state.layer_id
        WHERE layer.slug = %(layer)s
    ),
    (SELECT max(id) FROM problems_statuschange),
    (SELECT max(id) FROM problems_problemterritory),
    (
        SELECT md5(string_agg(concat_ws(':', id, parent_id, code, icon, title_uk, title_en), ' '
            ORDER BY id))
        FROM problems_category
    )
)
