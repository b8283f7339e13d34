-- Whether a feature's coordinate fields tell another place than its own, or it is no point.
-- In: layer (id), visibilities, lon, lat (names of fields).
SELECT EXISTS (
    SELECT
    FROM layers_feature
    WHERE layer_id = %(layer)s
        AND visibility = ANY (%(visibilities)s)
        AND (
            GeometryType(geom) <> 'POINT'
            OR ST_X(geom) IS DISTINCT FROM CASE
                WHEN jsonb_typeof(properties -> %(lon)s) = 'number'
                    THEN (properties ->> %(lon)s)::float8
            END
            OR ST_Y(geom) IS DISTINCT FROM CASE
                WHEN jsonb_typeof(properties -> %(lat)s) = 'number'
                    THEN (properties ->> %(lat)s)::float8
            END
        )
)
