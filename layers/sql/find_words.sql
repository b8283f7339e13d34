-- Known words that sound like those asked for, or begin so, the likest first. Not all of them sound
-- near enough; who asks counts the slips. In: sounds, most (of each). Index: layers_search_sound.
SELECT asked.place, found.word, found.sound
FROM unnest(%(sounds)s::text[]) WITH ORDINALITY AS asked (sound, place)
CROSS JOIN LATERAL (
    SELECT DISTINCT ON (near.word) near.word, near.sound
    FROM (
        (
            SELECT known.word, known.sound
            FROM layers_searchword AS known
            WHERE known.sound LIKE asked.sound || '%%'
            ORDER BY length(known.sound)
            LIMIT %(most)s
        )
        UNION ALL
        (
            SELECT known.word, known.sound
            FROM layers_searchword AS known
            WHERE known.sound %% asked.sound
            ORDER BY similarity(known.sound, asked.sound) DESC
            LIMIT %(most)s
        )
    ) AS near
) AS found
ORDER BY asked.place
