-- Organisations that the rules do not name any more lose open problems they had by the rules and
-- did not take. In: at.
-- Index: problems_assignment_in_force_once, or that of the foreign key to the problem.
UPDATE problems_assignment AS assignment
SET ended_at = %(at)s, ended_as = 'rerouted'
FROM problems_regrouped AS problem
INNER JOIN problems_groups AS found
    ON found.category_id = problem.category_id AND found.territories = problem.territories
WHERE
    assignment.problem_id = problem.problem_id
    AND problem.state = 'open'
    AND assignment.ended_at IS NULL
    AND assignment.is_routed
    AND assignment.accepted_at IS NULL
    AND assignment.organisation_id <> ALL (found.organisations)
