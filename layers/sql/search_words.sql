-- Features with a word beginning as one of the spellings of each word asked for.
-- In: layers (ids of those that the asker sees), patterns (a regular expression a word), probe (the
-- longest of them), begins (LIKE pattern of the beginning of the best titles), has_number (whether a
-- word is one), wish (of kinds: attribute -> allowed texts, or null), lon, lat (degrees or null), limit,
-- candidates (how many are ranked at most, of titles and of all). Index: layers_search_title,
-- layers_search_folded, probed with the longest word only: more trigrams cost more than they leave out.
WITH titled AS (
    SELECT
        entry.*,
        left(entry.folded, length(entry.title) + 1) ~ ALL (%(patterns)s::text[]) AS is_whole
    FROM layers_searchentry AS entry
    WHERE
        left(entry.folded, length(entry.title) + 1) ~ %(probe)s
        AND entry.folded ~ ALL (%(patterns)s::text[])
        AND entry.layer_id = ANY (%(layers)s::bigint[])
    LIMIT %(candidates)s
),

-- Titles that hold all words come before these; of numbers the whole one does, wherever it stands.
lying AS (
    SELECT
        entry.*,
        left(entry.folded, length(entry.title) + 1) ~ ALL (%(patterns)s::text[]) AS is_whole
    FROM layers_searchentry AS entry
    WHERE
        entry.folded ~ %(probe)s
        AND entry.folded ~ ALL (%(patterns)s::text[])
        AND entry.layer_id = ANY (%(layers)s::bigint[])
        AND (
            %(has_number)s OR %(wish)s::jsonb IS NOT NULL
            OR (SELECT count(*) FROM titled WHERE titled.is_whole) < %(limit)s
        )
    LIMIT %(candidates)s
),

candidate AS (
    SELECT titled.* FROM titled
    UNION ALL
    SELECT lying.* FROM lying
    -- Hashed: as few are expected, an anti-join would loop over 2 000 times 2 000.
    WHERE lying.id NOT IN (SELECT titled.id FROM titled)
)

-- Ordered before it is looked which of them are public: that is asked of the first ones only.
SELECT
    entry.layer_id, entry.key, entry.title, entry.subtitle, entry.folded,
    ST_X(entry.place) AS lon, ST_Y(entry.place) AS lat
FROM (
    SELECT
        candidate.*,
        candidate.folded NOT LIKE %(begins)s AS is_inside,
        NOT candidate.is_whole AS is_aside,
        length(candidate.title) AS letters,
        candidate.place
        <-> ST_Point(%(lon)s::double precision, %(lat)s::double precision, 4326) AS far
    FROM candidate
    ORDER BY is_inside, is_aside, letters, far, candidate.layer_id, candidate.key
    OFFSET 0
) AS entry
WHERE EXISTS (
    SELECT FROM layers_feature AS feature
    WHERE
        feature.layer_id = entry.layer_id AND feature.key = entry.key
        AND feature.visibility = 'public'
        AND (%(wish)s::jsonb IS NULL OR layers_fits(feature.properties, %(wish)s::jsonb))
)
ORDER BY entry.is_inside, entry.is_aside, entry.letters, entry.far, entry.layer_id, entry.key
LIMIT %(limit)s
