-- Which of these problems everyone may see, and the keys of others that have a feature still.
-- In: numbers, layer (slug). Index: primary key of problems_problem, layers_feature_key_once.
SELECT
    coalesce(array_agg(public.id) FILTER (WHERE public.id IS NOT NULL), '{}') AS shown,
    coalesce(
        array_agg(asked.id::text) FILTER (
            WHERE public.id IS NULL AND EXISTS (
                SELECT FROM layers_feature AS feature
                INNER JOIN layers_layer AS layer ON layer.id = feature.layer_id
                WHERE layer.slug = %(layer)s AND feature.key = asked.id::text
            )
        ),
        '{}'
    ) AS hidden
FROM unnest(%(numbers)s::bigint[]) AS asked (id)
LEFT JOIN problems_public AS public ON public.id = asked.id
