-- Photos that no standing object names get the moment since when; those that one names again lose it.
-- In: now (timestamptz).
-- Index: layers_feature_key_once of the partition, for each photo.
UPDATE layers_photo AS photo
SET unused_since = CASE WHEN seen.shown THEN NULL ELSE %(now)s::timestamptz END
FROM (
    SELECT
        kept.id,
        coalesce(jsonb_path_exists(
            feature.properties || feature.internal,
            '$.*[*] ? (@.id == $id)',
            jsonb_build_object('id', kept.id::text)
        ), false) AS shown
    FROM layers_photo AS kept
    LEFT JOIN layers_feature AS feature
        ON feature.layer_id = kept.layer_id AND feature.key = kept.key
) AS seen
WHERE seen.id = photo.id AND seen.shown = (photo.unused_since IS NOT NULL)
