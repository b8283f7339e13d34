-- Puts messages into the outbox, one statement for any number of them; an address that has a message
-- with the same key by the same channel gets no other.
-- In: messages (a JSON array of objects whose members are named as the columns), now (a time).
INSERT INTO outbox_message (
    uid, channel, address, language, subject, text, html, headers, topic, payload, owner, key,
    priority, state, attempts, last_error, created_at, due_at, expires_at
)
SELECT
    gen_random_uuid(),
    channel,
    address,
    language,
    subject,
    text,
    html,
    headers,
    topic,
    payload,
    owner,
    key,
    priority,
    'queued',
    0,
    '',
    %(now)s,
    due_at,
    expires_at
FROM jsonb_to_recordset(%(messages)s::jsonb) AS posted (
    channel text, address text, language text, subject text, text text, html text, headers jsonb,
    topic text, payload jsonb, owner text, key text, priority smallint, due_at timestamptz,
    expires_at timestamptz
)
ON CONFLICT DO NOTHING
