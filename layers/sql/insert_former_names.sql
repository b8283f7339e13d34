-- Old names of streets from a public layer that has them: how they sound, without the type.
-- In: layer (id), old, new (names of public attributes), types (folded words of types).
INSERT INTO layers_formername (layer_id, sound, new, title)
SELECT DISTINCT ON (layers_sound(old), new) %(layer)s, layers_sound(old), new, title
FROM (
    SELECT
        feature.properties ->> %(old)s AS title,
        (
            SELECT string_agg(word, ' ' ORDER BY place)
            FROM unnest(string_to_array(layers_fold_line(feature.properties ->> %(old)s), ' '))
                WITH ORDINALITY AS part (word, place)
            WHERE word <> ALL (%(types)s::text[])
        ) AS old,
        (
            SELECT string_agg(word, ' ' ORDER BY place)
            FROM unnest(string_to_array(layers_fold_line(feature.properties ->> %(new)s), ' '))
                WITH ORDINALITY AS part (word, place)
            WHERE word <> ALL (%(types)s::text[])
        ) AS new
    FROM layers_feature AS feature
    WHERE feature.layer_id = %(layer)s AND feature.visibility = 'public'
) AS renamed
WHERE old > '' AND new > '' AND old <> new
