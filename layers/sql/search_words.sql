-- Features with a word beginning with each word of the text. Titles that begin so come first,
-- then titles that hold all the words, the shortest before longer ones.
-- In: text, limit. Index: layers_search_folded, probed with the longest word: PostgreSQL has no
-- index condition for LIKE ALL.
WITH asked AS (
    SELECT
        layers_fold(%(text)s) AS folded,
        array(
            SELECT '%% ' || word || '%%'
            FROM regexp_split_to_table(layers_fold(%(text)s), ' ') AS word WHERE word <> ''
        ) AS patterns,
        (
            SELECT '%% ' || word || '%%'
            FROM regexp_split_to_table(layers_fold(%(text)s), ' ') AS word
            ORDER BY length(word) DESC LIMIT 1
        ) AS longest
)

SELECT
    layer.slug, entry.key, entry.title, entry.subtitle,
    ST_X(entry.place) AS lon, ST_Y(entry.place) AS lat
FROM asked
INNER JOIN layers_searchentry AS entry
    ON entry.folded LIKE asked.longest AND entry.folded LIKE ALL (asked.patterns)
INNER JOIN layers_layer AS layer ON layer.id = entry.layer_id AND layer.visibility = 'public'
WHERE
    asked.patterns <> '{}'
    AND EXISTS (
        SELECT FROM layers_feature AS feature
        WHERE
            feature.layer_id = entry.layer_id AND feature.key = entry.key
            AND feature.visibility = 'public'
    )
ORDER BY
    entry.folded NOT LIKE ' ' || asked.folded || '%%',
    NOT left(entry.folded, length(entry.title) + 1) LIKE ALL (asked.patterns),
    length(entry.title),
    layer.is_basemap,
    length(entry.folded),
    entry.title COLLATE "uk-x-icu", entry.layer_id, entry.key
LIMIT %(limit)s
