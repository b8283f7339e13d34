-- Features that stand, with the value that a retired field had in each when it was retired, for staff.
-- In: layer, changeset (ids; the one that retired it), name.
-- Index: layers_featureversion's foreign key replaced_by_id, layers_feature_key_once.
INSERT INTO layers_stage (key, geom, properties, internal)
SELECT
    feature.key, feature.geom, '{}'::jsonb,
    jsonb_build_object(
        %(name)s::text, (ended.properties || ended.internal) -> %(name)s::text
    )
FROM layers_featureversion AS ended
INNER JOIN layers_feature AS feature
    ON feature.layer_id = %(layer)s AND feature.key = ended.key
WHERE
    ended.layer_id = %(layer)s
    AND ended.replaced_by_id = %(changeset)s
    AND coalesce((ended.properties || ended.internal) -> %(name)s::text, 'null') <> 'null'
