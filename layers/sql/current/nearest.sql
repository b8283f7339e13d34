-- Do these public attributes fit a wish: one of several kinds, each an object of attribute ->
-- allowed values as texts? Not put in line by PostgreSQL, so it is only asked where there is a wish.
CREATE OR REPLACE FUNCTION layers_fits(properties jsonb, wished jsonb) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT EXISTS (
        SELECT FROM jsonb_array_elements(wished) AS kind (allowed)
        WHERE NOT EXISTS (
            SELECT FROM jsonb_each(kind.allowed) AS one (attribute, texts)
            WHERE (one.texts ? (properties ->> one.attribute)) IS NOT TRUE
        )
    )
$$;

-- Of these layers the `most` features nearest to a place (4326), by metres on the ellipsoid, none
-- farther than `within_m`; an area that holds the place is 0 m away. `spot` (4326) is the nearest
-- point of each. `wishes` beside `layers`: what layers_fits takes; `sees_all`: staff's features too.
-- In two steps. Web Mercator orders by other distances than the ellipsoid, so the index first gives
-- each layer's nearest there, and the farthest of the best of them says how far the true ones can be
-- at most; then all within that reach are measured. Mercator stretches at most by 1.00674 / cos(lat)
-- (1 / (1 - e2) along a meridian). A degree of latitude is at least 110574 m.
-- The plan is kept, as planning for every partition costs more than the answer; without sorting it
-- is the partition's index on geom_3857 that orders, whatever the planner thinks of `most`.
CREATE OR REPLACE FUNCTION layers_nearest(
    layers bigint[], wishes jsonb[], sees_all boolean[], place geometry, most integer,
    within_m double precision
)
    RETURNS TABLE (
        layer_id bigint, key text, properties jsonb, spot geometry, distance_m double precision
    )
    LANGUAGE plpgsql STABLE PARALLEL SAFE
    SET plan_cache_mode = force_generic_plan
    SET enable_sort = off SET enable_seqscan = off SET enable_bitmapscan = off SET jit = off AS $$
DECLARE
    origin CONSTANT geometry := ST_Transform(place, 3857);
    reach_m double precision;
    reach_3857 double precision;
BEGIN
    SELECT max(best.distance_m) INTO reach_m
    FROM (
        SELECT near.distance_m
        FROM unnest(layers, wishes, sees_all) AS wish (layer_id, kinds, sees_all)
        CROSS JOIN LATERAL (
            SELECT ST_Distance(feature.geom::geography, place::geography) AS distance_m
            FROM layers_feature AS feature
            WHERE
                feature.layer_id = wish.layer_id
                AND feature.geom_3857 IS NOT NULL
                AND (wish.sees_all OR feature.visibility = 'public')
                AND (wish.kinds IS NULL OR layers_fits(feature.properties, wish.kinds))
            ORDER BY feature.geom_3857 <-> origin
            LIMIT most
        ) AS near
        ORDER BY near.distance_m
        LIMIT most
    ) AS best;
    reach_m := least(reach_m, within_m);
    IF reach_m IS NULL THEN
        RETURN;
    END IF;
    reach_3857 := 0.001 + reach_m * 1.00674
        / cos(radians(least(abs(ST_Y(place)) + reach_m / 110574, 85.06)));

    RETURN QUERY
    SELECT
        found.layer_id, found.key, found.properties,
        CASE
            WHEN ST_Dimension(found.geom) = 0 AND ST_NumGeometries(found.geom) = 1
            THEN ST_Centroid(found.geom)
            ELSE ST_Transform(ST_ClosestPoint(found.geom_3857, origin), 4326)
        END,
        found.distance_m
    FROM (
        SELECT near.*
        FROM unnest(layers, wishes, sees_all) AS wish (layer_id, kinds, sees_all)
        CROSS JOIN LATERAL (
            SELECT
                feature.layer_id, feature.key, feature.properties, feature.geom, feature.geom_3857,
                ST_Distance(feature.geom::geography, place::geography) AS distance_m
            FROM layers_feature AS feature
            WHERE
                feature.layer_id = wish.layer_id
                AND feature.geom_3857 && ST_Expand(origin, reach_3857)
                AND (wish.sees_all OR feature.visibility = 'public')
                AND (wish.kinds IS NULL OR layers_fits(feature.properties, wish.kinds))
            OFFSET 0
        ) AS near
        WHERE near.distance_m <= reach_m
        ORDER BY near.distance_m, near.layer_id, near.key COLLATE "C"
        LIMIT most
    ) AS found;
END
$$;
