-- Organisations that the rules do not name any more lose open problems. In: at.
-- Index: primary key.
UPDATE problems_assignment AS assignment
SET ended_at = %(at)s, ended_as = 'rerouted'
FROM problems_changes AS change
WHERE assignment.id = change.assignment_id AND change.new_role IS NULL
