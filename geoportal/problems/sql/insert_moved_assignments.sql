-- Organisations that the rules name now get open problems that they do not hold; an executor only
-- where nobody gave the problem to another one by hand. In: at.
-- Index: problems_assignment_in_force_once.
INSERT INTO problems_assignment (
    problem_id, organisation_id, role, is_routed, purpose, created_at, ended_as
)
SELECT problem.problem_id, wanted.organisation_id, wanted.role, true, '', %(at)s, ''
FROM problems_regrouped AS problem
INNER JOIN problems_groups AS found
    ON found.category_id = problem.category_id AND found.territories = problem.territories
LEFT JOIN problems_moves AS move ON move.problem_id = problem.problem_id
CROSS JOIN LATERAL unnest(found.organisations, found.roles) AS wanted (organisation_id, role)
WHERE
    problem.state = 'open'
    AND (wanted.role <> 'executor' OR move.moves)
    AND NOT EXISTS (
        SELECT FROM problems_assignment AS held
        WHERE held.problem_id = problem.problem_id
            AND held.organisation_id = wanted.organisation_id AND held.ended_at IS NULL
    )
