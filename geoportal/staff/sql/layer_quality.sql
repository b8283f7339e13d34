-- How many rows each layer holds, how many of them have no place, and how many required values are
-- filled in. In: layers (ids), required (JSON object: names of required fields by id of the layer).
-- Index: none: every feature of these layers is read.
SELECT asked.layer_id, counted.rows, counted.placeless, counted.filled
FROM unnest(%(layers)s::bigint[]) AS asked (layer_id)
CROSS JOIN LATERAL (
    SELECT
        count(*) AS rows,
        count(*) FILTER (WHERE feature.geom IS NULL) AS placeless,
        coalesce(sum(CASE
            WHEN %(required)s::jsonb ? asked.layer_id::text
            THEN (
                SELECT count(*)
                FROM jsonb_array_elements_text(
                    %(required)s::jsonb -> asked.layer_id::text
                ) AS required (name)
                WHERE coalesce(
                    (feature.properties || feature.internal) ->> required.name, ''
                ) <> ''
            )
        END), 0)::bigint AS filled
    FROM layers_feature AS feature
    WHERE feature.layer_id = asked.layer_id
) AS counted
