-- Tells the features that a changeset would remove from any others, by its difference.
SELECT md5(string_agg(md5(diff.key), '' ORDER BY diff.key))
FROM layers_diff AS diff
WHERE diff.action = 'removed'
