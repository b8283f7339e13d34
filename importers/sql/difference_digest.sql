-- Tells a difference from any other: what would stand, and on what it rests. In: import, layer (ids).
-- Whoever changed one of these features meanwhile has left another changeset on it. The order of the
-- rows does not matter: two sums of 64-bit hashes and the count.
-- Index: layers_feature_key_once of the partition where little differs, else a hash join.
SELECT concat_ws(
    '-', count(*), sum(hashtextextended(hashed.row, 0)), sum(hashtextextended(hashed.row, 1))
)
FROM (
    SELECT
        jsonb_build_array(
            difference.key, difference.action, ST_AsEWKB(difference.geom)::text,
            difference.properties, difference.internal, difference.removed, feature.changeset_id
        )::text AS row
    FROM importers_difference AS difference
    LEFT JOIN layers_feature AS feature
        ON feature.layer_id = %(layer)s AND feature.key = difference.key
    WHERE difference.of_id = %(import)s
) AS hashed
