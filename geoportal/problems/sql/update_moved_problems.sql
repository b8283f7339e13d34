-- The executor of moved problems, and the term of acceptance, which begins anew for it.
-- In: at, categories (ids), dues (the new deadline of each). Index: primary key.
UPDATE problems_problem AS problem
SET
    organisation_id = move.new_executor,
    acceptance_due_at = terms.due_at,
    due_at = terms.due_at,
    reminded_at = NULL,
    escalated_at = NULL
FROM problems_moves AS move
INNER JOIN unnest(%(categories)s::bigint[], %(dues)s::timestamptz[]) AS terms (category_id, due_at)
    ON terms.category_id = move.category_id
WHERE problem.id = move.problem_id AND move.moves
