-- Features with a word beginning as one of the spellings of each word asked for.
-- In: layers (ids of those that the asker sees), patterns (a regular expression a word), probe (the
-- longest of them), begins (LIKE pattern of the beginning of the best titles), wish (of kinds:
-- attribute -> allowed texts, or null), lon, lat (degrees or null), limit, candidates (how many are
-- ranked at most, of titles and of all). Index: layers_search_title, layers_search_folded, probed with
-- the longest word only: more trigrams cost more than they leave out.
WITH titled AS (
    SELECT entry.*
    FROM layers_searchentry AS entry
    WHERE
        left(entry.folded, length(entry.title) + 1) ~ %(probe)s
        AND entry.folded ~ ALL (%(patterns)s::text[])
        AND entry.layer_id = ANY (%(layers)s::bigint[])
    LIMIT %(candidates)s
),

lying AS (
    SELECT entry.*
    FROM layers_searchentry AS entry
    WHERE
        entry.folded ~ %(probe)s
        AND entry.folded ~ ALL (%(patterns)s::text[])
        AND entry.layer_id = ANY (%(layers)s::bigint[])
    LIMIT %(candidates)s
),

candidate AS (
    SELECT titled.* FROM titled
    UNION ALL
    SELECT lying.* FROM lying
    WHERE NOT EXISTS (SELECT FROM titled WHERE titled.id = lying.id)
)

SELECT
    entry.layer_id, entry.key, entry.title, entry.subtitle, entry.folded,
    ST_X(entry.place) AS lon, ST_Y(entry.place) AS lat
FROM candidate AS entry
WHERE EXISTS (
    SELECT FROM layers_feature AS feature
    WHERE
        feature.layer_id = entry.layer_id AND feature.key = entry.key
        AND feature.visibility = 'public'
        AND (%(wish)s::jsonb IS NULL OR layers_fits(feature.properties, %(wish)s::jsonb))
)
ORDER BY
    entry.folded NOT LIKE %(begins)s,
    NOT left(entry.folded, length(entry.title) + 1) ~ ALL (%(patterns)s::text[]),
    length(entry.title),
    entry.place <-> ST_Point(%(lon)s::double precision, %(lat)s::double precision, 4326),
    entry.layer_id, entry.key
LIMIT %(limit)s
