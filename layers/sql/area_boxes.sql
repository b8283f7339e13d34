-- West, south, east, north of each area, in degrees. In: layer (id).
-- Index: none; every area of the layer is looked at.
SELECT ST_XMin(area.geom), ST_YMin(area.geom), ST_XMax(area.geom), ST_YMax(area.geom)
FROM layers_feature AS area
WHERE area.layer_id = %(layer)s AND area.geom IS NOT NULL
