-- Takes the message that is due and has waited longest, for one worker until `lease_until`. A worker
-- that dies leaves it `sending`; when its lease is over it is due again. Rows that another worker
-- takes at this moment are passed over.
-- In: now, lease_until (times), channels (slugs that may be sent by now).
-- Index: outbox_waiting.
UPDATE outbox_message
SET
    state = 'sending',
    due_at = %(lease_until)s,
    tried_at = %(now)s,
    attempts = attempts + 1
WHERE
    id = (
        SELECT id
        FROM outbox_message
        WHERE
            state IN ('queued', 'sending')
            AND due_at <= %(now)s
            AND channel = ANY (%(channels)s)
        ORDER BY priority, due_at
        LIMIT 1
        FOR UPDATE SKIP LOCKED
    )
RETURNING *
