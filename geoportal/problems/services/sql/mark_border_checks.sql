-- Open problems that changed hands or places wait for a moderator where a near border asks, unless
-- a moderator chose the side there. Index: primary key; problems_territory_once.
UPDATE problems_problem AS problem
SET border_needs_check = EXISTS (
    SELECT FROM problems_questions AS question
    WHERE
        question.problem_id = problem.id
        AND question.asks
        AND NOT EXISTS (
            SELECT FROM problems_problemterritory AS stored
            WHERE stored.problem_id = problem.id AND stored.layer_id = question.layer_id
                AND stored.is_chosen
        )
)
FROM problems_differing AS differing
WHERE problem.id = differing.problem_id AND problem.state = 'open'
