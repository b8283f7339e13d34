-- Points counted in cells of a quad-tree, from which tiles from afar are made.
--
-- `tiles_cell` is a log of differences: what a cell holds is the sum of its rows, so writers wait
-- for nobody and the order of commits decides nothing; the clock adds the rows up. A cell
-- is named by its level (2^level on a side of Web Mercator) and its `code`: the bits of column and
-- row in turn, so a square of cells is one run of codes and `code >> 2` is the cell above. Places
-- are summed in whole steps, 2^30 to a side of the map: sums are exact and what leaves takes away
-- just what it brought.

-- The column of a place (a point, EPSG:3857) in steps from the west, 0 to 2^30 - 1.
CREATE OR REPLACE FUNCTION tiles_step_x(place geometry) RETURNS bigint
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT least(1073741823, greatest(0, floor(
        (ST_X(place) + 20037508.342789244) * (1073741824 / 40075016.685578488)
    )))::bigint
$$;

-- Its row, from the north.
CREATE OR REPLACE FUNCTION tiles_step_y(place geometry) RETURNS bigint
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT least(1073741823, greatest(0, floor(
        (20037508.342789244 - ST_Y(place)) * (1073741824 / 40075016.685578488)
    )))::bigint
$$;

-- Zeros between the bits of a number of at most 30 bits.
CREATE OR REPLACE FUNCTION tiles_spread(number bigint) RETURNS bigint
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT AS $$
BEGIN
    number := (number | (number << 16)) & x'0000FFFF0000FFFF'::bigint;
    number := (number | (number << 8)) & x'00FF00FF00FF00FF'::bigint;
    number := (number | (number << 4)) & x'0F0F0F0F0F0F0F0F'::bigint;
    number := (number | (number << 2)) & x'3333333333333333'::bigint;
    RETURN (number | (number << 1)) & x'5555555555555555'::bigint;
END
$$;

-- The code of the cell in this column and row of its level.
CREATE OR REPLACE FUNCTION tiles_code(x bigint, y bigint) RETURNS bigint
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT tiles_spread(x) | (tiles_spread(y) << 1)
$$;

-- Where a feature of points is counted: its only point, or one of them; NULL for what is drawn as
-- it is, lines and areas.
CREATE OR REPLACE FUNCTION tiles_counted_place(shape geometry) RETURNS geometry
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN GeometryType(shape) = 'POINT' THEN shape
        WHEN ST_Dimension(shape) = 0 THEN ST_PointOnSurface(shape)
    END
$$;

-- By what a feature is counted apart: the value of the field that the style of its layer calls
-- `classes`, at most 64 characters of it; empty where there is none.
CREATE OR REPLACE FUNCTION tiles_class(style jsonb, properties jsonb) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN style ? 'classes' THEN coalesce(left(properties ->> (style ->> 'classes'), 64), '')
        ELSE ''
    END
$$;

-- Logs what came (`n` > 0) to and went (`n` < 0) from cells of the finest level, 17, at all levels:
-- each third, so that a tile of any zoom to 14 is made of at most 1024 cells of one of them.
CREATE OR REPLACE FUNCTION tiles_log_cells(finest tiles_cell[]) RETURNS void LANGUAGE sql AS $$
    INSERT INTO tiles_cell (layer_id, level, code, visibility, class, n, sum_x, sum_y)
    SELECT
        cell.layer_id, at.level, cell.code >> at.shift, cell.visibility, cell.class,
        sum(cell.n), sum(cell.sum_x), sum(cell.sum_y)
    FROM unnest(finest) AS cell
    CROSS JOIN (VALUES (17, 0), (14, 6), (11, 12), (8, 18), (5, 24)) AS at (level, shift)
    GROUP BY 1, 2, 3, 4, 5
    HAVING sum(cell.n) <> 0 OR sum(cell.sum_x) <> 0 OR sum(cell.sum_y) <> 0
$$;

-- Counts the points of a layer from the beginning: its partition was filled before it was attached,
-- or other classes are counted.
CREATE OR REPLACE FUNCTION tiles_count_cells(layer bigint) RETURNS void LANGUAGE plpgsql
    SET enable_sort = off AS $$
BEGIN
    DELETE FROM tiles_cell WHERE layer_id = layer;
    PERFORM tiles_log_cells(array_agg(ROW(
        NULL, layer, 17, tiles_code(counted.x, counted.y), counted.visibility, counted.class,
        counted.n, counted.sum_x, counted.sum_y)::tiles_cell))
    FROM (
        SELECT
            one.visibility, one.class, one.x >> 13 AS x, one.y >> 13 AS y,
            count(*) AS n, sum(one.x)::bigint AS sum_x, sum(one.y)::bigint AS sum_y
        FROM (
            SELECT
                feature.visibility, tiles_class(named.style, feature.properties) AS class,
                tiles_step_x(tiles_counted_place(feature.geom_3857)) AS x,
                tiles_step_y(tiles_counted_place(feature.geom_3857)) AS y
            FROM layers_feature AS feature, (SELECT style FROM layers_layer WHERE id = layer) AS named
            WHERE feature.layer_id = layer AND ST_Dimension(feature.geom_3857) = 0
        ) AS one
        GROUP BY 1, 2, 3, 4
    ) AS counted;
END
$$;

CREATE OR REPLACE FUNCTION tiles_count_written() RETURNS trigger LANGUAGE plpgsql
    SET enable_sort = off AS $$
DECLARE
    finest tiles_cell[];
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        DELETE FROM tiles_cell WHERE layer_id = ANY (layers_held_by(TG_RELID));
    ELSIF TG_OP = 'UPDATE' THEN
        finest := array_agg(ROW(
            NULL, counted.layer_id, 17, tiles_code(counted.x, counted.y), counted.visibility,
            counted.class, counted.n, counted.sum_x, counted.sum_y)::tiles_cell)
        FROM (
            SELECT
                one.layer_id, one.visibility, one.class, one.x >> 13 AS x, one.y >> 13 AS y,
                sum(one.n)::integer AS n, sum(one.n * one.x)::bigint AS sum_x,
                sum(one.n * one.y)::bigint AS sum_y
            FROM (
                SELECT
                    feature.layer_id, feature.visibility, feature.n,
                    tiles_class(layer.style, feature.properties) AS class,
                    tiles_step_x(tiles_counted_place(feature.geom_3857)) AS x,
                    tiles_step_y(tiles_counted_place(feature.geom_3857)) AS y
                FROM (
                    SELECT layer_id, visibility, properties, geom_3857, 1 AS n FROM came
                    UNION ALL
                    SELECT layer_id, visibility, properties, geom_3857, -1 FROM went
                ) AS feature
                INNER JOIN layers_layer AS layer ON layer.id = feature.layer_id
                WHERE ST_Dimension(feature.geom_3857) = 0
            ) AS one
            GROUP BY 1, 2, 3, 4, 5
            HAVING sum(one.n) <> 0 OR sum(one.n * one.x) <> 0 OR sum(one.n * one.y) <> 0
        ) AS counted;
    ELSE
        finest := array_agg(ROW(
            NULL, counted.layer_id, 17, tiles_code(counted.x, counted.y), counted.visibility,
            counted.class, counted.sign * counted.n, counted.sign * counted.sum_x,
            counted.sign * counted.sum_y)::tiles_cell)
        FROM (
            SELECT
                one.layer_id, one.visibility, one.class, one.x >> 13 AS x, one.y >> 13 AS y,
                count(*)::integer AS n, sum(one.x)::bigint AS sum_x, sum(one.y)::bigint AS sum_y,
                CASE TG_OP WHEN 'INSERT' THEN 1 ELSE -1 END AS sign
            FROM (
                SELECT
                    feature.layer_id, feature.visibility,
                    tiles_class(layer.style, feature.properties) AS class,
                    tiles_step_x(tiles_counted_place(feature.geom_3857)) AS x,
                    tiles_step_y(tiles_counted_place(feature.geom_3857)) AS y
                FROM touched AS feature
                INNER JOIN layers_layer AS layer ON layer.id = feature.layer_id
                WHERE ST_Dimension(feature.geom_3857) = 0
            ) AS one
            GROUP BY 1, 2, 3, 4, 5
        ) AS counted;
    END IF;
    IF finest IS NOT NULL THEN
        PERFORM tiles_log_cells(finest);
    END IF;
    RETURN NULL;
END
$$;

CREATE OR REPLACE TRIGGER tiles_cells_inserted AFTER INSERT ON layers_feature
    REFERENCING NEW TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION tiles_count_written();
CREATE OR REPLACE TRIGGER tiles_cells_updated AFTER UPDATE ON layers_feature
    REFERENCING OLD TABLE AS went NEW TABLE AS came
    FOR EACH STATEMENT EXECUTE FUNCTION tiles_count_written();
CREATE OR REPLACE TRIGGER tiles_cells_deleted AFTER DELETE ON layers_feature
    REFERENCING OLD TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION tiles_count_written();
CREATE OR REPLACE TRIGGER tiles_cells_truncated AFTER TRUNCATE ON layers_feature
    FOR EACH STATEMENT EXECUTE FUNCTION tiles_count_written();

-- The first revision of a layer is that of its partition, filled before it was attached: it is counted
-- as a whole.
CREATE OR REPLACE FUNCTION tiles_partition_attached() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM tiles_count_cells(NEW.layer_id), tiles_generalise_layer(NEW.layer_id);
    RETURN NULL;
END
$$;

CREATE OR REPLACE TRIGGER tiles_partition_attached AFTER UPDATE OF revision ON layers_layerstate
    FOR EACH ROW WHEN (OLD.revision = 0)
    EXECUTE FUNCTION tiles_partition_attached();

-- Other classes: counted anew, in the transaction of the change of style.
CREATE OR REPLACE FUNCTION tiles_classes_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM tiles_count_cells(NEW.id);
    RETURN NULL;
END
$$;

CREATE OR REPLACE TRIGGER tiles_classes_changed AFTER UPDATE OF style ON layers_layer
    FOR EACH ROW WHEN (OLD.style ->> 'classes' IS DISTINCT FROM NEW.style ->> 'classes')
    EXECUTE FUNCTION tiles_classes_changed();

-- The box (EPSG:3857) of the cell with this column and row, of a side of 2^shift steps.
CREATE OR REPLACE FUNCTION tiles_cell_box(x bigint, y bigint, shift integer) RETURNS geometry
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT ST_MakeEnvelope(
        (x << shift) * (40075016.685578488 / 1073741824) - 20037508.342789244,
        20037508.342789244 - ((y + 1) << shift) * (40075016.685578488 / 1073741824),
        ((x + 1) << shift) * (40075016.685578488 / 1073741824) - 20037508.342789244,
        20037508.342789244 - (y << shift) * (40075016.685578488 / 1073741824),
        3857
    )
$$;

-- The 8 x 8 cells of a tile (zoom 0 to 14) that hold any points: how many, the middle of them in
-- steps, and how many by class. Index: tiles_cell_of_layer.
CREATE OR REPLACE FUNCTION tiles_cells_in(
    layer bigint, visibilities text[], z integer, column_x bigint, row_y bigint
) RETURNS TABLE (code bigint, n bigint, x bigint, y bigint, classes jsonb)
    LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT
        counted.code,
        sum(counted.n)::bigint,
        (sum(counted.sum_x) / sum(counted.n))::bigint,
        (sum(counted.sum_y) / sum(counted.n))::bigint,
        coalesce(
            jsonb_object_agg('_count:' || counted.class, counted.n)
                FILTER (WHERE counted.class <> ''),
            '{}'
        )
    FROM (
        SELECT
            cell.code >> (2 * (2 + z / 3 * 3 - z)) AS code, cell.class, sum(cell.n) AS n,
            sum(cell.sum_x) AS sum_x, sum(cell.sum_y) AS sum_y
        FROM tiles_cell AS cell
        WHERE
            cell.layer_id = layer AND cell.level = 5 + z / 3 * 3
            AND cell.code >= tiles_code(column_x, row_y) << (2 * (5 + z / 3 * 3 - z))
            AND cell.code < (tiles_code(column_x, row_y) + 1) << (2 * (5 + z / 3 * 3 - z))
            AND cell.visibility = ANY (visibilities)
        GROUP BY 1, 2
        HAVING sum(cell.n) <> 0
    ) AS counted
    GROUP BY counted.code
$$;
