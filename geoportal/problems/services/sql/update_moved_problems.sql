-- The executor of moved problems, and the terms, which begin anew for it, and with them a pause
-- that has not ended. In: at, categories (ids), acceptances and solutions (the new deadlines of
-- each), calendar (its version). Index: primary key.
UPDATE problems_problem AS problem
SET
    organisation_id = move.new_executor,
    acceptance_due_at = terms.acceptance_due_at,
    due_at = terms.acceptance_due_at,
    solution_due_at = terms.solution_due_at,
    asked_at = CASE WHEN problem.asked_at IS NOT NULL THEN %(at)s::timestamptz END,
    calendar_version = %(calendar)s,
    reminded_at = NULL,
    escalated_at = NULL
FROM problems_moves AS move
INNER JOIN
    unnest(
        %(categories)s::bigint[], %(acceptances)s::timestamptz[], %(solutions)s::timestamptz[]
    ) AS terms (category_id, acceptance_due_at, solution_due_at)
    ON terms.category_id = move.category_id
WHERE problem.id = move.problem_id AND move.moves
