-- Organisations that keep an open problem by the rules, but in another role.
-- Index: problems_assignment_in_force_once, or that of the foreign key to the problem.
UPDATE problems_assignment AS assignment
SET role = wanted.role
FROM problems_regrouped AS problem
INNER JOIN problems_groups AS found
    ON found.category_id = problem.category_id AND found.territories = problem.territories
LEFT JOIN problems_moves AS move ON move.problem_id = problem.problem_id
CROSS JOIN LATERAL unnest(found.organisations, found.roles) AS wanted (organisation_id, role)
WHERE
    assignment.problem_id = problem.problem_id
    AND assignment.organisation_id = wanted.organisation_id
    AND problem.state = 'open'
    AND assignment.ended_at IS NULL
    AND assignment.is_routed
    AND assignment.role <> wanted.role
    AND (wanted.role <> 'executor' OR move.moves)
