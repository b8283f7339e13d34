-- Numbers that change with everything a tile of problems shows or is filtered by: the revision of
-- the public layer, the last step of a history, the last place among territories, the categories.
-- In: layer (slug).
SELECT
    (
        SELECT state.revision
        FROM layers_layerstate AS state
        INNER JOIN layers_layer AS layer ON layer.id = state.layer_id
        WHERE layer.slug = %(layer)s
    ) AS revision,
    (SELECT max(id) FROM problems_statuschange) AS step,
    (SELECT max(id) FROM problems_problemterritory) AS place,
    (
        SELECT md5(string_agg(concat_ws(':', id, parent_id, code, icon, title_uk, title_en), ' '
            ORDER BY id))
        FROM problems_category
    ) AS categories
