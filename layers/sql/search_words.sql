-- Features with a word beginning with each word of the text. Titles that begin so come first,
-- then titles that hold all the words, the shortest before longer ones.
-- In: words (folded, the longest first), limit, candidates (how many are ranked at most).
-- Index: layers_search_folded, probed with the longest word: PostgreSQL has no index condition
-- for LIKE ALL.
WITH asked AS (
    SELECT
        array_to_string(%(words)s::text[], ' ') AS folded,
        array(SELECT '%% ' || word || '%%' FROM unnest(%(words)s::text[]) AS word) AS patterns
),

candidate AS (
    SELECT entry.*
    FROM layers_searchentry AS entry, asked
    WHERE entry.folded LIKE %(longest)s AND entry.folded LIKE ALL (asked.patterns)
    LIMIT %(candidates)s
)

SELECT
    layer.slug, entry.key, entry.title, entry.subtitle,
    ST_X(entry.place) AS lon, ST_Y(entry.place) AS lat
FROM candidate AS entry
CROSS JOIN asked
INNER JOIN layers_layer AS layer
    ON layer.id = entry.layer_id AND layer.visibility = 'public' AND layer.archived_at IS NULL
WHERE EXISTS (
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
