-- Of what is remembered of tiles.

-- Whether a tile of these layers is still of these versions (`version.sql` has the same expression), and
-- no layer of it was described anew since. Index: tiles_touch_of_tile.
CREATE OR REPLACE FUNCTION tiles_stands(
    names text [], versions text [], built_at timestamptz, z integer, x integer, y integer
) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT coalesce(bool_and(
        layer.updated_at <= built_at AND layer.archived_at IS NULL
        AND named.version = (
            SELECT concat_ws(
                '.', sum(touch.n), (extract(EPOCH FROM max(touch.touched_at)) * 1000000)::bigint
            )
            FROM (
                VALUES (-1, 0, 0), (least(z, 14), x >> greatest(0, z - 14), y >> greatest(0, z - 14))
            ) AS tile (z, x, y)
            INNER JOIN tiles_touch AS touch
                ON touch.z = tile.z AND touch.x = tile.x AND touch.y = tile.y
            WHERE touch.layer_id = layer.id
        )), false)
    FROM unnest(names, versions) AS named (slug, version)
    LEFT JOIN layers_layer AS layer ON layer.slug = named.slug
$$;
