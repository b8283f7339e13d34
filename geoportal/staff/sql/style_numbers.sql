-- How the numbers of a public attribute lie: how many, and quantiles at equal steps.
-- In: layer (id), name (of the field), shares (from 0 to 1, ascending).
SELECT
    count(number),
    percentile_disc(%(shares)s::float8[]) WITHIN GROUP (ORDER BY number)
FROM (
    SELECT (feature.properties ->> %(name)s)::float8 AS number
    FROM layers_feature AS feature
    WHERE
        feature.layer_id = %(layer)s
        AND jsonb_typeof(feature.properties -> %(name)s) = 'number'
) AS numbers
