-- Exactly the attributes of `document` that `names` lists: what a schema lets out.
CREATE OR REPLACE FUNCTION layers_keep(document jsonb, names text[]) RETURNS jsonb
    LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
    SELECT coalesce(jsonb_object_agg(key, value), '{}') FROM jsonb_each(document)
    WHERE key = ANY (names)
$$;

-- Search key: lower case, no apostrophes, Latin letters that look Cyrillic folded to Cyrillic.
-- Both sides of a comparison are folded, so a purely Latin word still meets itself.
CREATE OR REPLACE FUNCTION layers_fold(words text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
    SELECT trim(regexp_replace(
        translate(
            lower(words COLLATE "uk-x-icu"),
            'abcehikmoptxyґё''’‘`´′ʹʼ',
            'авсенікмортхуге'
        ),
        '[^[:alnum:]]+', ' ', 'g'
    ))
$$;
