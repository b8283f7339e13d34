-- Which rows of layers stand under these slugs, as text: another one after any change of one, by
-- whatever writer. Empty where there are none.
-- In: slugs. A town has some hundred layers; they are found by the unique index of their slugs.
SELECT coalesce(string_agg(concat_ws(' ', slug, xmin, ctid), ',' ORDER BY slug), '')
FROM layers_layer
WHERE slug = ANY (%(slugs)s)
