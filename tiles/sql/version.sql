-- The version of a tile of a layer, as text: how often it was touched, and when last; empty for one
-- that nobody touched. The time tells apart what a restored copy of the database counts again.
-- In: layer (slug), z, x, y (deeper than zoom 14: of the tile of zoom 14 that holds it).
-- Indexes: that of slugs of layers_layer; of touches tiles_touch_of_tile, alone.
SELECT concat_ws(
    '.', sum(touch.n), (extract(EPOCH FROM max(touch.touched_at)) * 1000000)::bigint
)
FROM (VALUES (-1, 0, 0), (%(z)s, %(x)s, %(y)s)) AS tile (z, x, y)
INNER JOIN tiles_touch AS touch
    ON touch.z = tile.z AND touch.x = tile.x AND touch.y = tile.y
WHERE touch.layer_id = (SELECT id FROM layers_layer WHERE slug = %(layer)s)
