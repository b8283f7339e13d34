-- Lines and areas generalised for tiles from afar, to zoom 12; nearer the shapes themselves do.
--
-- A band is two zooms (the last one five) and is named by the higher: 12, 10, 8, 6, 4. A shape of a
-- band is simplified to half a pixel of its highest zoom, a tile being 512 px; what is smaller than
-- a pixel and a half is left out. Each shape is simplified by itself; of territories those that touch
-- are simplified together after the statement (`tiles/borders/`), in the transaction of a changeset.

-- The side of a pixel at a zoom, in units of EPSG:3857.
CREATE OR REPLACE FUNCTION tiles_pixel_m(zoom integer) RETURNS double precision
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT 78271.51696402048 / (1 << zoom)
$$;

-- How large a line or an area is: the root of the area; of a line 3/8 of the diagonal of its box, so
-- that a line of 4 px counts as much as a square of 1.5 px. NULL for points.
CREATE OR REPLACE FUNCTION tiles_size_m(shape geometry) RETURNS double precision
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE ST_Dimension(shape)
        WHEN 2 THEN sqrt(ST_Area(shape))
        WHEN 1 THEN 0.375 * sqrt(
            (ST_XMax(shape) - ST_XMin(shape)) ^ 2 + (ST_YMax(shape) - ST_YMin(shape)) ^ 2)
    END
$$;

-- The shapes of a line or an area by band, each made from the one before.
CREATE OR REPLACE FUNCTION tiles_generalise(shape geometry)
    RETURNS TABLE (band integer, size_m double precision, geom geometry)
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
    geom := shape;
    size_m := tiles_size_m(shape);
    FOREACH band IN ARRAY ARRAY[12, 10, 8, 6, 4] LOOP
        EXIT WHEN size_m IS NULL OR size_m < 1.5 * tiles_pixel_m(band);
        IF ST_NPoints(geom) > 5 THEN
            geom := ST_SimplifyPreserveTopology(geom, tiles_pixel_m(band) / 2);
        END IF;
        RETURN NEXT;
    END LOOP;
END
$$;

-- Generalises all lines and areas of a layer: its partition was filled before it was attached.
CREATE OR REPLACE FUNCTION tiles_generalise_layer(layer bigint) RETURNS void LANGUAGE sql AS $$
    DELETE FROM tiles_shape WHERE layer_id = layer;
    INSERT INTO tiles_shape (layer_id, feature_id, band, size_m, geom_3857)
    SELECT layer, feature.id, made.band, made.size_m, made.geom
    FROM layers_feature AS feature
    CROSS JOIN LATERAL tiles_generalise(feature.geom_3857) AS made
    WHERE
        feature.layer_id = layer
        AND tiles_size_m(feature.geom_3857) >= 1.5 * tiles_pixel_m(12)
$$;

CREATE OR REPLACE FUNCTION tiles_shapes_written() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        DELETE FROM tiles_shape WHERE layer_id = ANY (layers_held_by(TG_RELID));
        RETURN NULL;
    END IF;
    IF TG_OP = 'DELETE' THEN
        DELETE FROM tiles_shape AS shape USING touched
        WHERE
            shape.layer_id = touched.layer_id AND shape.feature_id = touched.id
            AND ST_Dimension(touched.geom_3857) > 0;
    ELSIF TG_OP = 'INSERT' THEN
        INSERT INTO tiles_shape (layer_id, feature_id, band, size_m, geom_3857)
        SELECT touched.layer_id, touched.id, made.band, made.size_m, made.geom
        FROM touched
        CROSS JOIN LATERAL tiles_generalise(touched.geom_3857) AS made
        WHERE tiles_size_m(touched.geom_3857) >= 1.5 * tiles_pixel_m(12);
    ELSE
        DELETE FROM tiles_shape AS shape USING went
        WHERE
            shape.layer_id = went.layer_id AND shape.feature_id = went.id
            AND ST_Dimension(went.geom_3857) > 0
            AND NOT EXISTS (
                SELECT FROM came
                WHERE
                    came.layer_id = went.layer_id AND came.id = went.id
                    AND came.geom_3857 = went.geom_3857
            );
        INSERT INTO tiles_shape (layer_id, feature_id, band, size_m, geom_3857)
        SELECT came.layer_id, came.id, made.band, made.size_m, made.geom
        FROM came
        CROSS JOIN LATERAL tiles_generalise(came.geom_3857) AS made
        WHERE
            tiles_size_m(came.geom_3857) >= 1.5 * tiles_pixel_m(12)
            AND NOT EXISTS (
                SELECT FROM went
                WHERE
                    went.layer_id = came.layer_id AND went.id = came.id
                    AND went.geom_3857 = came.geom_3857
            );
    END IF;
    RETURN NULL;
END
$$;

CREATE OR REPLACE TRIGGER tiles_shapes_inserted AFTER INSERT ON layers_feature
    REFERENCING NEW TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION tiles_shapes_written();
CREATE OR REPLACE TRIGGER tiles_shapes_updated AFTER UPDATE ON layers_feature
    REFERENCING OLD TABLE AS went NEW TABLE AS came
    FOR EACH STATEMENT EXECUTE FUNCTION tiles_shapes_written();
CREATE OR REPLACE TRIGGER tiles_shapes_deleted AFTER DELETE ON layers_feature
    REFERENCING OLD TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION tiles_shapes_written();
CREATE OR REPLACE TRIGGER tiles_shapes_truncated AFTER TRUNCATE ON layers_feature
    FOR EACH STATEMENT EXECUTE FUNCTION tiles_shapes_written();

-- Where the name of an area stands: in its middle, or somewhere inside where that lies outside.
CREATE OR REPLACE FUNCTION tiles_label_place(area geometry) RETURNS geometry
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN ST_Intersects(area, ST_Centroid(area)) THEN ST_Centroid(area)
        ELSE ST_PointOnSurface(area)
    END
$$;

-- Whether a feature is among the share (0 to 1) of those that a tile has room for: the smaller share
-- is part of the larger one.
CREATE OR REPLACE FUNCTION tiles_is_kept(feature bigint, share double precision) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT ((feature & 65535) * 40503 & 65535) < share * 65536
$$;
