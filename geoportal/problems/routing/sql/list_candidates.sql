-- Rules that match, winners of each role first. In: category (id), territories ('layer id:key'),
-- is_public (whether everyone may know the problem).
-- Index: none; zones of responsibility are few rows and are read whole.
SELECT
    responsibility_id, organisation_id, role, category_id,
    territory_layer_id, territory_key, priority, place
FROM problems_list_candidates(%(category)s, %(territories)s::text[], %(is_public)s)
ORDER BY role, place
