-- Earlier states to bring back, by today's schema: what became internal since stays internal.
-- In: public, staff (names).
INSERT INTO layers_stage (key, geom, properties, internal, visibility)
SELECT
    earlier.key, earlier.geom,
    layers_keep(earlier.properties || earlier.internal, %(public)s::text[]),
    layers_keep(earlier.properties || earlier.internal, %(staff)s::text[]),
    earlier.visibility
FROM layers_undo AS undo
INNER JOIN layers_featureversion AS earlier ON earlier.id = undo.restores
WHERE undo.clear
