-- How many features of a layer hold a value of each field. In: layer (id), names.
-- Index: none: every feature of the layer is read.
SELECT name, count(*)
FROM layers_feature
CROSS JOIN LATERAL unnest(%(names)s::text[]) AS asked (name)
WHERE
    layer_id = %(layer)s
    AND coalesce((properties || internal) -> name, 'null') <> 'null'
GROUP BY name
