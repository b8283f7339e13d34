-- Areas that have no cells yet: feature's id, geometry. In: layer (id).
-- Index: none; every area of the layer is looked at.
SELECT area.id, area.geom
FROM layers_feature AS area
WHERE
    area.layer_id = %(layer)s
    AND area.geom IS NOT NULL
    AND NOT EXISTS (
        SELECT FROM layers_preparedarea AS prepared
        WHERE prepared.layer_id = %(layer)s AND prepared.feature_id = area.id
    )
