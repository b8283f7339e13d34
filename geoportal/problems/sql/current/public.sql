-- What everyone may read of problems: published ones of public categories, public columns only.
-- Every public reader reads this view, so a private column cannot get out by a forgotten filter.
-- PostgreSQL puts it in line: the indexes of problems_problem with the same condition serve it.
CREATE OR REPLACE VIEW problems_public AS
SELECT
    id,
    category_id,
    title,
    description,
    geom,
    address,
    state,
    state_since,
    resolution,
    merged_into_id,
    organisation_id,
    created_at,
    published_at,
    accepted_at,
    closed_at,
    due_at,
    acceptance_due_at,
    solution_due_at,
    planned_on,
    asked_at,
    votes,
    rating
FROM problems_problem
WHERE is_public AND state IN ('open', 'accepted', 'closed', 'archived');
