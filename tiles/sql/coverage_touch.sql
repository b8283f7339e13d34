-- Makes the tiles new in which generalised shapes differ.
-- In: layer (id), firsts, lasts (zooms), places (where they differ, WKB in 3857), each of one length.
-- Index: none, tiles are computed.
INSERT INTO tiles_touch (layer_id, z, x, y, n, touched_at)
SELECT %(layer)s, zoom.z, across.x, down.y, 1, clock_timestamp()
FROM unnest(%(firsts)s::integer[], %(lasts)s::integer[], %(places)s::bytea[]) AS given (first, last, wkb)
CROSS JOIN LATERAL (SELECT ST_GeomFromWKB(given.wkb, 3857) AS place OFFSET 0) AS differs
CROSS JOIN LATERAL generate_series(given.first, given.last) AS zoom (z)
CROSS JOIN LATERAL tiles_find_span(differs.place, zoom.z) AS span
CROSS JOIN LATERAL generate_series(span.west, span.east) AS across (x)
CROSS JOIN LATERAL generate_series(span.north, span.south) AS down (y)
WHERE ST_Intersects(differs.place, tiles_reach(zoom.z, across.x, down.y))
GROUP BY zoom.z, across.x, down.y
