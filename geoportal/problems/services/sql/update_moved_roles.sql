-- Organisations that keep an open problem, in another role, in which they have to take it anew; the
-- executor is one by the rules now.
-- Index: primary key.
UPDATE problems_assignment AS assignment
SET
    role = change.new_role,
    accepted_at = NULL,
    accepted_by_id = NULL,
    purpose = '',
    is_routed = assignment.is_routed OR change.new_role = 'executor'
FROM problems_changes AS change
WHERE assignment.id = change.assignment_id AND change.new_role IS NOT NULL
