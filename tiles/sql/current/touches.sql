-- Every statement that writes features leaves a row for each tile that it touched: at the old place
-- and the new one, at zooms 0 to 14; deeper tiles go by theirs of zoom 14. What is too much to be
-- looked at one by one is a row for the whole layer (zoom -1).

-- Where a tile shows what lies, in EPSG:3857: with its buffer of 64 px of 4096, and the pixel to
-- which coordinates are rounded.
CREATE OR REPLACE FUNCTION tiles_reach(z integer, x integer, y integer) RETURNS geometry
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN ST_TileEnvelope(z, x, y, margin => 65.0 / 4096);

-- Columns and rows of the tiles of a zoom that the box of a shape (3857) meets.
-- 40 075 016.7 m is the side of the map; 0.017 of a tile is the reach and what floats round.
CREATE OR REPLACE FUNCTION tiles_find_span(
    shape geometry, z integer,
    OUT west integer, OUT east integer, OUT north integer, OUT south integer
) LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT
        greatest(0, least(side - 1, floor(side * (0.5 + ST_XMin(shape) / 40075016.685578488) - 0.017)))::integer,
        greatest(0, least(side - 1, floor(side * (0.5 + ST_XMax(shape) / 40075016.685578488) + 0.017)))::integer,
        greatest(0, least(side - 1, floor(side * (0.5 - ST_YMax(shape) / 40075016.685578488) - 0.017)))::integer,
        greatest(0, least(side - 1, floor(side * (0.5 - ST_YMin(shape) / 40075016.685578488) + 0.017)))::integer
    FROM (SELECT (1 << z)::float8 AS side) AS map
$$;

-- The tiles of zooms 0 to 14 that show a shape (3857).
CREATE OR REPLACE FUNCTION tiles_find_tiles(shape geometry)
    RETURNS TABLE (z integer, x integer, y integer)
    LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 20 AS $$
    SELECT zoom.z, across.x, down.y
    FROM generate_series(0, 14) AS zoom (z)
    CROSS JOIN LATERAL tiles_find_span(shape, zoom.z) AS span
    CROSS JOIN LATERAL generate_series(span.west, span.east) AS across (x)
    CROSS JOIN LATERAL generate_series(span.north, span.south) AS down (y)
    CROSS JOIN LATERAL (SELECT tiles_reach(zoom.z, across.x, down.y) AS reach OFFSET 0) AS tile
    WHERE shape && tile.reach AND (tile.reach ~ shape OR ST_Intersects(shape, tile.reach))
$$;

CREATE OR REPLACE FUNCTION tiles_touch_layers(layers bigint[]) RETURNS void LANGUAGE sql AS $$
    INSERT INTO tiles_touch (layer_id, z, x, y, n, touched_at)
    SELECT layer_id, -1, 0, 0, 1, clock_timestamp()
    FROM unnest(layers) AS touched (layer_id)
    GROUP BY layer_id
$$;

-- The n-th shape (3857) is of the n-th layer. More than 1 000 shapes, and boxes that meet more than
-- 16 384 tiles, touch the whole layers. The plan is kept: planning costs more than an edit's rows.
CREATE OR REPLACE FUNCTION tiles_touch_shapes(layers bigint[], shapes geometry[])
    RETURNS void LANGUAGE plpgsql
    SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    IF array_length(shapes, 1) > 1000 THEN
        PERFORM tiles_touch_layers(layers);
    ELSIF 16384 < (
        SELECT sum(15 + 4.0 / 3 * (span.east - span.west + 1) * (span.south - span.north + 1))
        FROM unnest(shapes) AS given (shape)
        CROSS JOIN LATERAL tiles_find_span(given.shape, 14) AS span
    ) THEN
        PERFORM tiles_touch_layers(layers);
    ELSE
        INSERT INTO tiles_touch (layer_id, z, x, y, n, touched_at)
        SELECT given.layer_id, tile.z, tile.x, tile.y, 1, clock_timestamp()
        FROM unnest(layers, shapes) AS given (layer_id, shape)
        CROSS JOIN LATERAL tiles_find_tiles(given.shape) AS tile
        GROUP BY given.layer_id, tile.z, tile.x, tile.y;
    END IF;
END
$$;

-- More than 1 000 rows or 4 MB of geometry touch the whole layers.
CREATE OR REPLACE FUNCTION tiles_feature_written() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    layers bigint[];
    shapes geometry[];
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        PERFORM tiles_touch_layers(layers_held_by(TG_RELID));
        RETURN NULL;
    END IF;
    IF (
        SELECT count(*) > 1000 OR sum(pg_column_size(geom_3857)) > 4000000
        FROM (SELECT geom_3857 FROM touched LIMIT 1001) AS first
    ) THEN
        PERFORM tiles_touch_layers(ARRAY(SELECT DISTINCT layer_id FROM touched));
        RETURN NULL;
    END IF;
    IF TG_OP = 'UPDATE' THEN
        SELECT array_agg(layer_id), array_agg(geom_3857) INTO layers, shapes
        FROM (
            SELECT layer_id, geom_3857 FROM replaced WHERE geom_3857 IS NOT NULL
            UNION
            SELECT layer_id, geom_3857 FROM touched WHERE geom_3857 IS NOT NULL
        ) AS either;
    ELSE
        SELECT array_agg(layer_id), array_agg(geom_3857) INTO layers, shapes
        FROM touched WHERE geom_3857 IS NOT NULL;
    END IF;
    IF shapes IS NOT NULL THEN
        PERFORM tiles_touch_shapes(layers, shapes);
    END IF;
    RETURN NULL;
END
$$;

CREATE OR REPLACE TRIGGER tiles_feature_inserted AFTER INSERT ON layers_feature
    REFERENCING NEW TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION tiles_feature_written();
CREATE OR REPLACE TRIGGER tiles_feature_updated AFTER UPDATE ON layers_feature
    REFERENCING OLD TABLE AS replaced NEW TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION tiles_feature_written();
CREATE OR REPLACE TRIGGER tiles_feature_deleted AFTER DELETE ON layers_feature
    REFERENCING OLD TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION tiles_feature_written();
CREATE OR REPLACE TRIGGER tiles_feature_truncated AFTER TRUNCATE ON layers_feature
    FOR EACH STATEMENT EXECUTE FUNCTION tiles_feature_written();
