-- What areas were cut from. In: layer (id), features (ids).
-- Index: none for many; the primary key of the partition for few.
INSERT INTO layers_preparedarea (layer_id, feature_id, digest)
SELECT area.layer_id, area.id, sha256(area.geom::bytea)
FROM layers_feature AS area
WHERE area.layer_id = %(layer)s AND area.id = ANY (%(features)s::bigint[])
