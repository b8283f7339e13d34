-- One entry for each public feature that has a place and something to be found by.
-- In: layer (id), keys (or NULL: all), title (field), searched (fields, public ones only).
INSERT INTO layers_searchentry (layer_id, key, title, subtitle, folded, place)
SELECT
    feature.layer_id,
    feature.key,
    coalesce(nullif(feature.properties ->> %(title)s, ''), words.subtitle),
    CASE WHEN feature.properties ->> %(title)s <> '' THEN words.subtitle ELSE '' END,
    ' ' || layers_fold_line(concat_ws(' | ', feature.properties ->> %(title)s, words.subtitle)),
    CASE
        WHEN GeometryType(feature.geom) = 'POINT' THEN feature.geom
        ELSE ST_PointOnSurface(feature.geom)
    END
FROM layers_feature AS feature
CROSS JOIN LATERAL (
    SELECT coalesce(string_agg(feature.properties ->> name, ', ' ORDER BY place), '') AS subtitle
    FROM unnest(%(searched)s::text[]) WITH ORDINALITY AS field (name, place)
    WHERE name <> %(title)s AND feature.properties ->> name <> ''
) AS words
WHERE
    feature.layer_id = %(layer)s
    AND feature.visibility = 'public'
    AND feature.geom IS NOT NULL
    AND (%(keys)s::text[] IS NULL OR feature.key = ANY (%(keys)s::text[]))
    AND (feature.properties ->> %(title)s <> '' OR words.subtitle <> '')
