-- The cell of a level (0 to 26) in which a place (4326) lies: level, column and row in one number.
-- `layers/joining/cells.py` counts them in the same way.
CREATE OR REPLACE FUNCTION layers_cell(level integer, place geometry) RETURNS bigint
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT (level::bigint << 54)
        | (floor((ST_X(place) + 180) * (2::float8 ^ level / 360))::bigint << 27)
        | floor((ST_Y(place) + 180) * (2::float8 ^ level / 360))::bigint
$$;

-- Does the area cover a place in one of its cells? As `layers_covers` says of the area itself:
-- what was cut is asked only farther than 1e-8 degrees (1 mm) from the border, where the rounding
-- of a cut decides nothing.
CREATE OR REPLACE FUNCTION layers_cell_covers(
    is_whole boolean, shape geometry, border geometry, area geometry, place geometry
) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN is_whole THEN true
        WHEN shape IS NULL OR ST_DWithin(border, place, 1e-8) THEN layers_covers(area, place)
        ELSE ST_Covers(shape, place)
    END
$$;

-- Metres from a place (4326) to the nearest border of a large area, whose borders an index finds
-- (`layers_borders_of_large_area`): the nearest in degrees first, then all that may be nearer in
-- metres. STABLE: in the snapshot of the statement that asks.
CREATE OR REPLACE FUNCTION layers_large_border_distance_m(area bigint, place geometry)
    RETURNS double precision LANGUAGE plpgsql STABLE PARALLEL SAFE
    SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    bound_m double precision;
    degree_m constant double precision := 111000 * greatest(cos(radians(ST_Y(place))), 0.01);
BEGIN
    bound_m := (
        SELECT layers_distance_m(cell.border, place)
        FROM layers_territorycell AS cell
        WHERE cell.is_large AND cell.border IS NOT NULL AND cell.feature_id = area
        ORDER BY cell.border <-> place
        LIMIT 1
    );
    RETURN (
        SELECT min(layers_distance_m(cell.border, place))
        FROM layers_territorycell AS cell
        WHERE
            cell.is_large AND cell.border IS NOT NULL AND cell.feature_id = area
            AND cell.border && ST_Expand(
                place, bound_m / degree_m * 1.02 + 1e-7, bound_m / 111000 * 1.02 + 1e-7
            )
    );
END
$$;

-- Where all that lies nearer than `within_m` metres to a place (4326) is: columns of cells of each
-- level, from the number `first` to `last`. In line where it is asked.
CREATE OR REPLACE FUNCTION layers_cells_near(
    levels smallint[], place geometry, within_m double precision
) RETURNS TABLE (first bigint, last bigint) LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT
        (at.level::bigint << 54) | (x << 27)
        | greatest(floor((ST_Y(place) - reach.high + 180) * at.scale), 0)::bigint,
        (at.level::bigint << 54) | (x << 27)
        | floor((ST_Y(place) + reach.high + 180) * at.scale)::bigint
    FROM (
        SELECT
            within_m / 111000 * 1.02 + 1e-7 AS high,
            within_m / 111000 / greatest(cos(radians(ST_Y(place))), 0.01) * 1.02 + 1e-7 AS wide
    ) AS reach
    CROSS JOIN (
        SELECT level, 2::float8 ^ level / 360 AS scale FROM unnest(levels) AS level
    ) AS at
    CROSS JOIN generate_series(
        greatest(floor((ST_X(place) - reach.wide + 180) * at.scale), 0)::bigint,
        floor((ST_X(place) + reach.wide + 180) * at.scale)::bigint
    ) AS x
$$;

-- Metres from a place (4326) to what of an area's border lies in one of its cells; NULL where none
-- of it does. What was not cut is measured whole.
CREATE OR REPLACE FUNCTION layers_cell_distance_m(
    is_whole boolean, border geometry, area geometry, place geometry
) RETURNS double precision LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN is_whole THEN NULL
        WHEN border IS NULL THEN layers_border_distance_m(area, place)
        ELSE layers_distance_m(border, place)
    END
$$;

-- Of these layers all areas whose border is nearer to a place (4326) than `within_m` metres, whether
-- they hold it or not. Cells answer for a layer whose revision they show, the areas themselves for
-- others; the plan is kept, as in `layers_locate`.
CREATE OR REPLACE FUNCTION layers_find_near(
    layers bigint[], within_m double precision, place geometry
) RETURNS TABLE (layer text, "position" integer, key text, title text, distance_m double precision)
    LANGUAGE plpgsql STABLE PARALLEL SAFE
    SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    RETURN QUERY
    WITH named AS MATERIALIZED (
        SELECT
            one.id, one.slug, one.position, nullif(one.title_field, '') AS title_field,
            prepared.levels
        FROM layers_layer AS one
        INNER JOIN layers_layerstate AS state ON state.layer_id = one.id
        LEFT JOIN layers_preparedlayer AS prepared
            ON prepared.layer_id = one.id AND prepared.revision = state.revision
        WHERE one.id = ANY (layers)
    ),

    found AS (
        SELECT
            named.id AS layer_id, area.key, area.properties,
            layers_cell_distance_m(cell.is_whole, cell.border, area.geom, place) AS metres
        FROM named
        CROSS JOIN LATERAL layers_cells_near(named.levels, place, within_m) AS near
        CROSS JOIN LATERAL (
            SELECT one.*
            FROM layers_territorycell AS one
            WHERE
                one.layer_id = named.id AND one.code BETWEEN near.first AND near.last
                AND NOT one.is_whole
            OFFSET 0
        ) AS cell
        CROSS JOIN LATERAL (
            SELECT feature.key, feature.geom, feature.properties
            FROM layers_feature AS feature
            WHERE feature.layer_id = cell.layer_id AND feature.id = cell.feature_id
            OFFSET 0
        ) AS area
        UNION ALL
        SELECT
            named.id, area.key, area.properties, layers_border_distance_m(area.geom, place)
        FROM named
        CROSS JOIN LATERAL (
            SELECT feature.key, feature.geom, feature.properties
            FROM layers_feature AS feature
            WHERE
                feature.layer_id = named.id
                AND feature.geom_3857 && ST_Expand(
                    ST_Transform(place, 3857), within_m / cos(radians(ST_Y(place))) * 1.01
                )
            OFFSET 0
        ) AS area
        WHERE named.levels IS NULL
    )

    SELECT
        named.slug::text, named.position::integer, nearest.key,
        coalesce(nearest.properties ->> named.title_field, nearest.key), nearest.metres
    FROM (
        SELECT DISTINCT ON (found.layer_id, found.key) found.*
        FROM found
        WHERE found.metres <= within_m
        ORDER BY found.layer_id, found.key, found.metres
    ) AS nearest
    INNER JOIN named ON named.id = nearest.layer_id;
END
$$;

-- Of each of these layers the area that holds a place (4326): of those that cover it, borders
-- included, the one with the smallest key. Cells answer for a layer whose revision they show, the
-- areas themselves for others. STABLE: all of it in the snapshot of the statement that asks, so
-- cells and areas are of one time. The plan is kept, as planning for every partition costs more than
-- the answer, and OFFSET 0 keeps it to look-ups by keys.
CREATE OR REPLACE FUNCTION layers_locate(layers bigint[], visibilities text[], place geometry)
    RETURNS TABLE (layer text, key text, title text, border_distance_m double precision)
    LANGUAGE plpgsql STABLE PARALLEL SAFE
    SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    RETURN QUERY
    WITH named AS MATERIALIZED (
        SELECT
            layer.id, layer.slug, layer.position, nullif(layer.title_field, '') AS title_field,
            prepared.levels
        FROM layers_layer AS layer
        INNER JOIN layers_layerstate AS state ON state.layer_id = layer.id
        LEFT JOIN layers_preparedlayer AS prepared
            ON prepared.layer_id = layer.id AND prepared.revision = state.revision
        WHERE layer.id = ANY (layers)
    ),

    found AS (
        SELECT
            named.id AS layer_id, area.id, area.key, area.geom, area.properties, cell.is_large
        FROM named
        CROSS JOIN unnest(named.levels) AS at (level)
        CROSS JOIN LATERAL (
            SELECT one.*
            FROM layers_territorycell AS one
            WHERE one.layer_id = named.id AND one.code = layers_cell(at.level, place)
            OFFSET 0
        ) AS cell
        CROSS JOIN LATERAL (
            SELECT feature.id, feature.key, feature.geom, feature.properties
            FROM layers_feature AS feature
            WHERE
                feature.layer_id = cell.layer_id AND feature.id = cell.feature_id
                AND feature.visibility = ANY (visibilities)
            OFFSET 0
        ) AS area
        WHERE layers_cell_covers(cell.is_whole, cell.shape, cell.border, area.geom, place)
        UNION ALL
        SELECT named.id, area.id, area.key, area.geom, area.properties, false
        FROM named
        CROSS JOIN LATERAL (
            SELECT feature.id, feature.key, feature.geom, feature.properties
            FROM layers_feature AS feature
            WHERE
                feature.layer_id = named.id
                AND feature.visibility = ANY (visibilities)
                AND feature.geom_3857 && ST_Expand(ST_Transform(place, 3857), 0.001)
                AND layers_covers(feature.geom, place)
            OFFSET 0
        ) AS area
        WHERE named.levels IS NULL
    )

    SELECT
        named.slug::text, holds.key, coalesce(holds.properties ->> named.title_field, holds.key),
        CASE
            WHEN holds.is_large THEN layers_large_border_distance_m(holds.id, place)
            ELSE layers_border_distance_m(holds.geom, place)
        END
    FROM (
        SELECT DISTINCT ON (found.layer_id) found.*
        FROM found
        ORDER BY found.layer_id, found.key COLLATE "C"
    ) AS holds
    INNER JOIN named ON named.id = holds.layer_id
    ORDER BY named.position, named.slug;
END
$$;
