-- A row of the history for each moved problem. In: words, at.
-- Index: none; the trigger that checks each row reads its problem by the primary key.
INSERT INTO problems_statuschange (
    problem_id, action, from_state, to_state, role, organisation_id, words, reason, details,
    is_internal, created_at
)
SELECT
    problem_id, 'reroute', 'open', 'open', 'system', new_executor, %(words)s, '',
    jsonb_build_object('from_organisation', old_executor, 'to_organisation', new_executor),
    false, %(at)s
FROM problems_moves
WHERE moves
ORDER BY problem_id
