-- The version of all tiles of a layer, as text; empty for a layer that is gone.
-- In: layer (id). Index: primary key of layers_layerstate.
SELECT coalesce(max(revision)::text, '') FROM layers_layerstate WHERE layer_id = %(layer)s
