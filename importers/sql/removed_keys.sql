-- Keys that stand and that a file does not name. In: layer (id), refused (keys that it names in
-- rows that could not be loaded: those stay as they are).
SELECT feature.key
FROM layers_feature AS feature
WHERE
    feature.layer_id = %(layer)s
    AND NOT EXISTS (SELECT FROM importers_incoming AS incoming WHERE incoming.key = feature.key)
    AND feature.key <> ALL (%(refused)s::text[])
