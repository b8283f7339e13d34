-- Fields with a number beyond its limit. In: layer (id), visibilities, names (fields), limits (of
-- each field, as text). Shorter texts are within every limit and are not parsed.
SELECT DISTINCT bound.name
FROM layers_feature
CROSS JOIN unnest(%(names)s::text[], %(limits)s::text[]) AS bound (name, highest)
WHERE
    layer_id = %(layer)s
    AND visibility = ANY (%(visibilities)s)
    AND length(properties ->> bound.name) > 17
    AND CASE
        WHEN jsonb_typeof(properties -> bound.name) = 'number'
            THEN abs((properties ->> bound.name)::numeric) > bound.highest::numeric
        ELSE FALSE
    END
