-- Every feature of a layer, its attributes split anew by the schema. In: layer, public, staff.
INSERT INTO layers_stage (key, geom, properties, internal)
SELECT
    key, geom,
    layers_keep(properties || internal, %(public)s::text[]),
    layers_keep(properties || internal, %(staff)s::text[])
FROM layers_feature
WHERE layer_id = %(layer)s
