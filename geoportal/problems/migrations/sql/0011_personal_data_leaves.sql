-- The history is appended. The name of a person who left may go from it; and of a report that was
-- never published what was said, earlier texts of the report too: nobody but its author and the
-- moderators ever saw them.
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
