-- Organisations that the rules name now get open problems that they do not hold. In: at.
-- Index: none; a temporary table is read whole.
INSERT INTO problems_assignment (
    problem_id, organisation_id, role, is_routed, purpose, created_at, ended_as
)
SELECT problem_id, organisation_id, new_role, true, '', %(at)s, ''
FROM problems_changes
WHERE assignment_id IS NULL
