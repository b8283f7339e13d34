-- A new problem waits; its state is moved by the history only.
-- An archived problem stays as it is, except that personal data may go from it, and it from the
-- public; whether it is withdrawn is moved by the history only.
CREATE OR REPLACE FUNCTION problems_guard_problem() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    personal text[] := ARRAY[
        'is_public', 'reporter_id', 'is_anonymous', 'written_by_id',
        'contact_name', 'contact_phone', 'contact_email'
    ];
    removable text[] := ARRAY['is_withdrawn', 'version'];
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'problems are not deleted' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.state NOT IN ('unconfirmed', 'moderation') THEN
            RAISE EXCEPTION 'a problem does not begin as %', NEW.state
                USING ERRCODE = 'check_violation', CONSTRAINT = 'problems_state_by_history';
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.state <> OLD.state AND pg_trigger_depth() < 2 THEN
        RAISE EXCEPTION 'the state of a problem is moved by its history only'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'problems_state_by_history';
    END IF;
    IF pg_trigger_depth() > 1 THEN
        personal := personal || removable;
    END IF;
    IF OLD.state = 'archived' AND to_jsonb(NEW) - personal <> to_jsonb(OLD) - personal THEN
        RAISE EXCEPTION 'problem % is in the archive', OLD.id
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'problems_archived';
    END IF;
    RETURN NEW;
END
$$;

CREATE OR REPLACE TRIGGER problems_problem_guarded
    BEFORE INSERT OR UPDATE OR DELETE ON problems_problem
    FOR EACH ROW EXECUTE FUNCTION problems_guard_problem();

-- A voice is given to a problem that is being worked on, and not by its author.
CREATE OR REPLACE FUNCTION problems_guard_voice() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.has_voice AND NOT EXISTS (
        SELECT FROM problems_problem
        WHERE id = NEW.problem_id AND state IN ('open', 'accepted')
            AND reporter_id IS DISTINCT FROM NEW.user_id
    ) AND (TG_OP = 'INSERT' OR NOT OLD.has_voice) THEN
        RAISE EXCEPTION 'problem % takes no voices from user %', NEW.problem_id, NEW.user_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'problems_takes_no_voice';
    END IF;
    RETURN NEW;
END
$$;

CREATE OR REPLACE TRIGGER problems_follower_voice
    BEFORE INSERT OR UPDATE ON problems_follower
    FOR EACH ROW EXECUTE FUNCTION problems_guard_voice();
