-- The most frequent values of a public attribute as texts, with how many features hold each.
-- In: layer (id), name (of the field), limit.
SELECT
    feature.properties ->> %(name)s AS value,
    count(*) AS features
FROM layers_feature AS feature
WHERE
    feature.layer_id = %(layer)s
    AND coalesce(feature.properties ->> %(name)s, '') <> ''
GROUP BY value
ORDER BY features DESC, value
LIMIT %(limit)s
