-- The history is appended. The name of a person who left may go from it; and of a report that was
-- never published what was said, earlier texts of the report too: nobody but its author and the
-- moderators ever saw them.
-- Refusals: 23001 (restrict_violation).
CREATE OR REPLACE FUNCTION problems_refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    going text[] := ARRAY['actor_id'];
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF NEW.words = '' AND (NEW.details = OLD.details OR NEW.details = '{}')
            AND NOT EXISTS (
                SELECT FROM problems_statuschange
                WHERE problem_id = OLD.problem_id AND action = 'publish'
            ) THEN
            going := going || ARRAY['words', 'details'];
        END IF;
        IF (NEW.actor_id IS NULL OR NEW.actor_id = OLD.actor_id)
            AND to_jsonb(NEW) - going = to_jsonb(OLD) - going THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'problems_statuschange is append-only' USING ERRCODE = 'restrict_violation';
END
$$;

CREATE OR REPLACE TRIGGER problems_statuschange_append_only
    BEFORE UPDATE OR DELETE ON problems_statuschange
    FOR EACH ROW EXECUTE FUNCTION problems_refuse_rewriting();

-- TRUNCATE passes by the triggers of rows.
CREATE OR REPLACE FUNCTION problems_refuse_truncating() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is not emptied', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;

CREATE OR REPLACE TRIGGER problems_statuschange_not_emptied
    BEFORE TRUNCATE ON problems_statuschange
    FOR EACH STATEMENT EXECUTE FUNCTION problems_refuse_truncating();

CREATE OR REPLACE TRIGGER problems_problem_not_emptied
    BEFORE TRUNCATE ON problems_problem
    FOR EACH STATEMENT EXECUTE FUNCTION problems_refuse_truncating();
