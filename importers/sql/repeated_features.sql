-- Features that say the same of the same place as one that stands longer; only the key field
-- differs. In: layer (id), key_field (left out), most (rows at most).
-- Index: none, one sort over digests of the layer's features.
SELECT repeated.key, repeated.first_key
FROM (
    SELECT
        feature.key,
        feature.id,
        first_value(feature.key) OVER (
            PARTITION BY md5(concat_ws(
                '|',
                feature.geom::text,
                (feature.properties - %(key_field)s)::text,
                (feature.internal - %(key_field)s)::text
            ))
            ORDER BY feature.id
        ) AS first_key
    FROM layers_feature AS feature
    WHERE
        feature.layer_id = %(layer)s
        AND (feature.properties - %(key_field)s) || (feature.internal - %(key_field)s) <> '{}'
) AS repeated
WHERE repeated.key <> repeated.first_key
ORDER BY repeated.id
LIMIT %(most)s
