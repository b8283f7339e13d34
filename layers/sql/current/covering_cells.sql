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
            AND cell.border && ST_Expand(place, bound_m / degree_m * 1.02 + 1e-7)
    );
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
