-- Is the community late with the next step of a problem? Asking the author stops the clock; what was
-- late before the question stays late. The same as `categories/overdue.py` says of one row.
-- PostgreSQL puts it in line, so problems_by_deadline and problems_on_map answer it.
CREATE OR REPLACE FUNCTION problems_is_overdue(
    state varchar, due_at timestamptz, asked_at timestamptz, at timestamptz
) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN due_at <= at
        AND (asked_at IS NULL OR due_at <= asked_at)
        AND state IN ('moderation', 'open', 'accepted');
