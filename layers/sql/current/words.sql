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

-- Line of words that search looks in: as layers_fold, and a house is one word: «12 / 2» is 12/2,
-- «59-А» and «59 а» are 59а.
CREATE OR REPLACE FUNCTION layers_fold_line(words text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
    SELECT regexp_replace(
        trim(regexp_replace(
            regexp_replace(
                translate(
                    lower(words COLLATE "uk-x-icu"),
                    'abcehikmoptxyґё''’‘`´′ʹʼ',
                    'авсенікмортхуге'
                ),
                '(\d)\s*/\s*(?=\d)', '\1/', 'g'
            ),
            '[^[:alnum:]/]+|(?<!\d)/|/(?!\d)', ' ', 'g'
        )),
        '(?<![^ ])(\d+(?:/\d+)?) ([а-яєії])(?![^ ])', '\1\2', 'g'
    )
$$;

-- How a folded word sounds in either alphabet: «шевченка», shevchenka and «шэвчэнка» are one. A word
-- that holds Latin letters gets back those that were folded to Cyrillic.
CREATE OR REPLACE FUNCTION layers_sound(word text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
    SELECT regexp_replace(
        replace(
            CASE
                WHEN word ~ '[a-z]' THEN replace(
                    translate(
                        replace(translate(word, 'авсенікмортху', 'abcehikmoptxy'), 'kh', 'h'),
                        'yjwgq', 'iivhk'
                    ),
                    'x', 'ks'
                )
                ELSE replace(replace(replace(replace(replace(replace(replace(replace(replace(
                    translate(word, 'абвгдезиіїйклмнопрстуфхыэьъ', 'abvhdeziiiiklmnoprstufhie'),
                    'є', 'ie'), 'ж', 'zh'), 'ц', 'ts'), 'ч', 'ch'), 'ш', 'sh'), 'щ', 'shch'),
                    'ю', 'iu'), 'я', 'ia'), 'ґ', 'h')
            END,
            'ie', 'e'
        ),
        '(.)\1+', '\1', 'g'
    )
$$;
