-- Numbers of attributes as tiles carry them.

-- The number, where `ST_AsMVT` would make another one of it: it takes what is less than 1.2e-7 above a
-- whole number for whole (1e-07 is 0), and 2^63 for one less. NULL for all others, which it carries as
-- they are: whole ones as int64, others as double.
CREATE OR REPLACE FUNCTION tiles_exact_number(value jsonb) RETURNS double precision
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN jsonb_typeof(value) IS DISTINCT FROM 'number' THEN NULL
        WHEN value::numeric = trunc(value::numeric) THEN
            CASE WHEN value::numeric = 9223372036854775808 THEN value::double precision END
        WHEN abs(value::numeric - trunc(value::numeric)) > 2e-7 THEN NULL
        WHEN abs(value::numeric) < 5e-324 THEN 0
        ELSE value::double precision
    END
$$;
