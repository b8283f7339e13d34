-- Videos that wait now: the clock looks after those whose job was lost; no moderator has seen those
-- whose report is published already.
UPDATE problems_attachment AS attachment
SET
    next_attempt_at = now(),
    is_hidden = attachment.is_hidden OR published.id IS NOT NULL,
    needs_check = published.id IS NOT NULL AND NOT attachment.is_hidden
FROM problems_attachment AS waiting
LEFT JOIN problems_problem AS published
    ON
        published.id = waiting.problem_id
        AND published.state IN ('open', 'accepted', 'closed', 'archived')
        AND waiting.purpose <> 'after'
WHERE attachment.id = waiting.id AND waiting.processing = 'waiting';
