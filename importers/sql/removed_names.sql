-- Names of features that a changeset would remove, from its difference. In: layer (id), title (the
-- field that names features), limit.
SELECT coalesce(
    nullif(feature.properties ->> %(title)s, ''), nullif(feature.internal ->> %(title)s, ''),
    feature.key
)
FROM layers_diff AS diff
INNER JOIN layers_feature AS feature ON feature.layer_id = %(layer)s AND feature.key = diff.key
WHERE diff.action = 'removed'
ORDER BY 1, feature.key
LIMIT %(limit)s
