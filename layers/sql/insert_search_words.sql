-- Words of a layer's entries with how they sound; houses and numbers are no words.
-- In: layer (id), keys (or NULL: all). Index: layers_search_entry_once where there are keys.
INSERT INTO layers_searchword (layer_id, word, sound)
SELECT known.layer_id, known.word, layers_sound(known.word)
FROM (
    SELECT DISTINCT entry.layer_id, word.word
    FROM layers_searchentry AS entry
    CROSS JOIN LATERAL unnest(string_to_array(trim(entry.folded), ' ')) AS word (word)
    WHERE
        entry.layer_id = %(layer)s
        AND (%(keys)s::text[] IS NULL OR entry.key = ANY (%(keys)s::text[]))
        AND length(word.word) > 2 AND word.word !~ '^[0-9]'
) AS known
ON CONFLICT (layer_id, word) DO NOTHING
