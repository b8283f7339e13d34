-- The cells of areas that are gone or have another shape than they were cut from. In: layer (id).
-- Index: none for the areas, each is looked at; layers_cells_of_area where few of them changed.
WITH forgotten AS (
    DELETE FROM layers_preparedarea AS prepared
    WHERE
        prepared.layer_id = %(layer)s
        AND NOT EXISTS (
            SELECT FROM layers_feature AS area
            WHERE
                area.layer_id = %(layer)s
                AND area.id = prepared.feature_id
                AND sha256(area.geom::bytea) = prepared.digest
        )
    RETURNING prepared.feature_id
)

DELETE FROM layers_territorycell AS cell
USING forgotten
WHERE cell.layer_id = %(layer)s AND cell.feature_id = forgotten.feature_id
