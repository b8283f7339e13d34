-- One page of a layer's objects in the order of an attribute, of the key or of the last change; rows
-- without a value come first, or last when the order is turned round.
-- In: layer (id), visibilities, internal (whether staff's attributes are read), words (pattern of
-- LIKE over the key and every value, NULL: any), written (the same as JSON writes it), name with
-- holds (a pattern), equals (text) or filled (boolean): what is asked of one attribute (NULL:
-- nothing), sort (attribute; `key`, `changed`
-- by by_key and by_change), after_value (jsonb, NULL: from the start) with after_id, descending,
-- limit.
-- Index: none: every feature of the layer is read.
WITH seen AS (
    SELECT
        feature.id, feature.key, feature.geom IS NOT NULL AS has_place, feature.visibility,
        feature.changeset_id, feature.updated_at,
        CASE WHEN %(internal)s
            THEN feature.properties || feature.internal ELSE feature.properties END AS document
    FROM layers_feature AS feature
    WHERE
        feature.layer_id = %(layer)s
        AND feature.visibility = ANY (%(visibilities)s)
        -- The whole document at once: 3 times as quick as value by value, which only what is left
        -- here is asked.
        AND (
            %(words)s::text IS NULL
            OR feature.key ILIKE %(words)s
            OR lower(feature.properties::text) LIKE lower(%(written)s)
            OR (%(internal)s AND lower(feature.internal::text) LIKE lower(%(written)s))
        )
),

found AS (
    SELECT
        seen.*,
        CASE
            WHEN %(by_key)s THEN to_jsonb(seen.key)
            WHEN %(by_change)s THEN to_jsonb(seen.updated_at)
            ELSE coalesce(seen.document -> %(sort)s, 'null')
        END AS place
    FROM seen
    WHERE
        (
            %(words)s::text IS NULL
            OR seen.key ILIKE %(words)s
            OR EXISTS (
                SELECT FROM jsonb_each_text(seen.document) AS held
                WHERE held.value ILIKE %(words)s
            )
        )
        AND (%(holds)s::text IS NULL OR seen.document ->> %(name)s ILIKE %(holds)s)
        AND (%(equals)s::text IS NULL OR seen.document ->> %(name)s = %(equals)s)
        AND (
            %(filled)s::boolean IS NULL
            OR (coalesce(seen.document ->> %(name)s, '') <> '') = %(filled)s
        )
)

SELECT id, key, has_place, visibility, changeset_id, updated_at, document::text, place::text
FROM found
WHERE
    %(after_value)s::jsonb IS NULL
    OR CASE
        WHEN %(descending)s
        THEN (found.place, found.id) < (%(after_value)s::jsonb, %(after_id)s)
        ELSE (found.place, found.id) > (%(after_value)s::jsonb, %(after_id)s)
    END
ORDER BY
    CASE WHEN NOT %(descending)s THEN found.place END,
    CASE WHEN NOT %(descending)s THEN found.id END,
    CASE WHEN %(descending)s THEN found.place END DESC,
    CASE WHEN %(descending)s THEN found.id END DESC
LIMIT %(limit)s
