-- Features whose text is the most like the words asked for (typos). In: text (folded), limit.
-- Index: layers_search_folded.
SELECT
    layer.slug, entry.key, entry.title, entry.subtitle,
    ST_X(entry.place) AS lon, ST_Y(entry.place) AS lat
FROM layers_searchentry AS entry
INNER JOIN layers_layer AS layer
    ON layer.id = entry.layer_id AND layer.visibility = 'public' AND layer.archived_at IS NULL
WHERE
    %(text)s <%% entry.folded
    AND EXISTS (
        SELECT FROM layers_feature AS feature
        WHERE
            feature.layer_id = entry.layer_id AND feature.key = entry.key
            AND feature.visibility = 'public'
    )
ORDER BY
    word_similarity(%(text)s, entry.folded) DESC,
    length(entry.folded), entry.layer_id, entry.key
LIMIT %(limit)s
