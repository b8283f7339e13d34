-- What differs between who holds an open problem and whom the rules name, in `problems_changes`:
-- added (no assignment yet), ended (no new role), or in another role. Executors are added and ended
-- only where the rules choose them; who was added by hand stays.
-- Index: problems_assignment_in_force_once, or that of the foreign key to the problem; for many
-- problems a hash join.
CREATE TEMPORARY TABLE problems_changes ON COMMIT DROP AS
WITH held AS (
    SELECT assignment.*
    FROM problems_regrouped AS problem
    INNER JOIN problems_assignment AS assignment ON assignment.problem_id = problem.problem_id
    WHERE problem.state = 'open' AND assignment.ended_at IS NULL
),

wanted AS (
    SELECT problem.problem_id, named.organisation_id, named.role
    FROM problems_regrouped AS problem
    INNER JOIN problems_groups AS found
        ON found.category_id = problem.category_id AND found.is_private = problem.is_private
            AND found.territories = problem.territories
    CROSS JOIN LATERAL unnest(found.organisations, found.roles) AS named (organisation_id, role)
    WHERE problem.state = 'open'
),

differing AS (
    SELECT
        coalesce(held.problem_id, wanted.problem_id) AS problem_id,
        coalesce(held.organisation_id, wanted.organisation_id) AS organisation_id,
        held.id AS assignment_id,
        held.role AS old_role,
        wanted.role AS new_role,
        held.is_routed AND held.accepted_at IS NULL AS by_rules
    FROM held
    FULL JOIN wanted
        ON wanted.problem_id = held.problem_id AND wanted.organisation_id = held.organisation_id
    WHERE held.role IS DISTINCT FROM wanted.role
)

SELECT
    differing.problem_id, differing.organisation_id, differing.assignment_id,
    differing.old_role, differing.new_role
FROM differing
INNER JOIN problems_regrouped AS problem ON problem.problem_id = differing.problem_id
WHERE
    (differing.assignment_id IS NULL OR differing.by_rules OR differing.new_role = 'executor')
    AND (
        NOT problem.is_kept
        OR 'executor' NOT IN (coalesce(differing.old_role, ''), coalesce(differing.new_role, ''))
    )
