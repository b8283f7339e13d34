-- Features in each class by number: 0 before the first of starts, 1 from it, and so on.
-- In: layer (id), name (of the field), starts (ascending).
SELECT
    width_bucket((feature.properties ->> %(name)s)::float8, %(starts)s::float8[]) AS class,
    count(*) AS features
FROM layers_feature AS feature
WHERE
    feature.layer_id = %(layer)s
    AND jsonb_typeof(feature.properties -> %(name)s) = 'number'
GROUP BY class
