-- What became visible after a snapshot: the touches of tiles by transactions that had not been
-- committed then, by layer. Exact in whatever order writers commit; a touch that was folded into
-- others keeps its latest transaction, so nothing is lost and nothing is told twice.
-- In: since (text of a pg_snapshot, or NULL: nothing is asked but the snapshot), layers (ids),
-- most (so many tiles of a layer are named, more are the whole layer: null).
-- Out: the snapshot now; whether `since` is of another database, which counts farther;
-- {slug: ["z/x/y", …] or null}.
-- Index: tiles_touch_of_xact (BRIN).
WITH news AS (
    SELECT touch.layer_id, touch.z, touch.x, touch.y
    FROM tiles_touch AS touch
    WHERE
        touch.xact >= pg_snapshot_xmin(%(since)s::pg_snapshot)::text::bigint
        AND touch.xact < pg_snapshot_xmax(pg_current_snapshot())::text::bigint
        AND NOT pg_visible_in_snapshot(touch.xact::text::xid8, %(since)s::pg_snapshot)
        AND touch.layer_id = ANY(%(layers)s)
    GROUP BY touch.layer_id, touch.z, touch.x, touch.y
),

changed AS (
    SELECT
        layer.slug,
        CASE
            WHEN min(news.z) >= 0 AND count(*) <= %(most)s
                THEN jsonb_agg(concat_ws('/', news.z, news.x, news.y) ORDER BY news.z, news.x, news.y)
        END AS tiles
    FROM news
    INNER JOIN layers_layer AS layer ON layer.id = news.layer_id
    GROUP BY layer.slug
)

SELECT
    pg_current_snapshot()::text AS seen,
    coalesce(
        pg_snapshot_xmax(%(since)s::pg_snapshot) > pg_snapshot_xmax(pg_current_snapshot()), false
    ) AS is_elsewhere,
    (SELECT coalesce(jsonb_object_agg(slug, tiles), '{}') FROM changed) AS layers
