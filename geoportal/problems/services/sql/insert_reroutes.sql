-- A row of the history for each problem that others hold now, and what each got or lost.
-- In: moved, changed (words: the executor is another one; only others are), at.
-- Index: none; the trigger that checks each row reads its problem by the primary key.
INSERT INTO problems_statuschange (
    problem_id, action, from_state, to_state, role, organisation_id, words, reason, details,
    is_internal, created_at
)
WITH changed AS (
    SELECT
        problem_id,
        jsonb_agg(organisation_id ORDER BY organisation_id)
            FILTER (WHERE assignment_id IS NULL OR new_role = 'executor') AS added,
        jsonb_agg(organisation_id ORDER BY organisation_id)
            FILTER (WHERE new_role IS NULL OR old_role = 'executor') AS ended
    FROM problems_changes
    GROUP BY problem_id
)

SELECT
    problem.problem_id, 'reroute', 'open', 'open', 'system', move.new_executor,
    CASE WHEN move.moves THEN %(moved)s ELSE %(changed)s END, '',
    jsonb_build_object(
        'from_organisation', problem.executor,
        'to_organisation', CASE WHEN move.moves THEN move.new_executor ELSE problem.executor END,
        'added', coalesce(changed.added, '[]'),
        'ended', coalesce(changed.ended, '[]')
    ),
    false, %(at)s
FROM problems_regrouped AS problem
LEFT JOIN problems_moves AS move ON move.problem_id = problem.problem_id AND move.moves
LEFT JOIN changed ON changed.problem_id = problem.problem_id
WHERE move.moves OR changed.problem_id IS NOT NULL
ORDER BY problem.problem_id
RETURNING problem_id, details -> 'from_organisation', details -> 'to_organisation'
