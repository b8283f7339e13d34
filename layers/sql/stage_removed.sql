-- Mark keys for removal. In: keys.
INSERT INTO layers_stage (key, properties, internal, removed)
SELECT unnest(%(keys)s::text[]), '{}', '{}', true
