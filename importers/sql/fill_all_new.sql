-- All rows of a file as additions to a layer that is not there yet. In: import (id).
INSERT INTO importers_filling (of_id, key, action, geom, properties, internal, box)
SELECT
    %(import)s, key, 'added', geom::geometry, properties::jsonb,
    coalesce(internal, '{}')::jsonb, ST_Envelope(geom::geometry)
FROM importers_incoming
