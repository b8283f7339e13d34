-- Inserting a row of the history moves the problem along an edge, or is refused.
-- The problem's row is locked first, so two changes of one problem follow one another.
-- Refusals: 23514 (check_violation) for what the table of edges does not allow,
-- 23001 (restrict_violation) for what must not be rewritten.
CREATE FUNCTION problems_apply_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    problem problems_problem;
    edge problems_edge;
BEGIN
    SELECT * INTO STRICT problem FROM problems_problem WHERE id = NEW.problem_id FOR UPDATE;
    IF problem.state <> NEW.from_state THEN
        RAISE EXCEPTION 'problem % is %, not %', problem.id, problem.state, NEW.from_state
            USING ERRCODE = 'check_violation', CONSTRAINT = 'problems_state_is_another';
    END IF;
    SELECT * INTO edge FROM problems_edge
    WHERE action = NEW.action AND source = NEW.from_state AND target = NEW.to_state
        AND role = NEW.role;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'a problem does not go % – % → % by %',
            NEW.from_state, NEW.action, NEW.to_state, NEW.role
            USING ERRCODE = 'check_violation', CONSTRAINT = 'problems_no_such_edge';
    END IF;
    IF edge.needs_words AND btrim(NEW.words) = '' THEN
        RAISE EXCEPTION '% needs words', NEW.action
            USING ERRCODE = 'check_violation', CONSTRAINT = 'problems_change_needs_words';
    END IF;
    IF edge.needs_reason AND NEW.reason = '' THEN
        RAISE EXCEPTION '% needs a reason', NEW.action
            USING ERRCODE = 'check_violation', CONSTRAINT = 'problems_change_needs_a_reason';
    END IF;
    IF NEW.role = 'author' AND NEW.actor_id IS DISTINCT FROM problem.reporter_id THEN
        RAISE EXCEPTION 'user % is not the author of problem %', NEW.actor_id, problem.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'problems_not_the_author';
    END IF;
    IF NEW.role = 'organisation' AND NOT EXISTS (
        SELECT FROM problems_assignment
        WHERE problem_id = problem.id AND organisation_id = NEW.organisation_id
            AND (ended_at IS NULL OR NEW.action = 'forward')
    ) THEN
        RAISE EXCEPTION 'problem % was not given to organisation %',
            problem.id, NEW.organisation_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'problems_not_assigned';
    END IF;
    IF NEW.action = 'reopen' AND NEW.created_at >= problem.archive_at THEN
        RAISE EXCEPTION 'problem % could be opened again until %', problem.id, problem.archive_at
            USING ERRCODE = 'check_violation', CONSTRAINT = 'problems_too_late_to_reopen';
    END IF;
    IF NEW.action = 'archive' AND NEW.created_at < problem.archive_at THEN
        RAISE EXCEPTION 'problem % may be archived from %', problem.id, problem.archive_at
            USING ERRCODE = 'check_violation', CONSTRAINT = 'problems_too_early_to_archive';
    END IF;
    UPDATE problems_problem SET
        state = NEW.to_state,
        state_since = CASE WHEN state = NEW.to_state THEN state_since ELSE NEW.created_at END,
        version = version + 1
    WHERE id = NEW.problem_id;
    RETURN NEW;
END
$$;

CREATE TRIGGER problems_statuschange_moves_the_problem
    BEFORE INSERT ON problems_statuschange
    FOR EACH ROW EXECUTE FUNCTION problems_apply_change();

-- The history is appended. Only the name of a person who left may go from it.
CREATE FUNCTION problems_refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.actor_id IS NULL
        AND to_jsonb(NEW) - 'actor_id' = to_jsonb(OLD) - 'actor_id' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'problems_statuschange is append-only' USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER problems_statuschange_append_only
    BEFORE UPDATE OR DELETE ON problems_statuschange
    FOR EACH ROW EXECUTE FUNCTION problems_refuse_rewriting();

-- A new problem waits; its state is moved by the history only; an archived one stays as it is,
-- except that personal data may go from it, and it from the public.
CREATE FUNCTION problems_guard_problem() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    personal text[] := ARRAY[
        'is_public', 'reporter_id', 'is_anonymous', 'written_by_id',
        'contact_name', 'contact_phone', 'contact_email'
    ];
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
    IF OLD.state = 'archived' AND to_jsonb(NEW) - personal <> to_jsonb(OLD) - personal THEN
        RAISE EXCEPTION 'problem % is in the archive', OLD.id
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'problems_archived';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER problems_problem_guarded
    BEFORE INSERT OR UPDATE OR DELETE ON problems_problem
    FOR EACH ROW EXECUTE FUNCTION problems_guard_problem();

-- A voice is given to a problem that is being worked on, and not by its author.
CREATE FUNCTION problems_guard_voice() RETURNS trigger LANGUAGE plpgsql AS $$
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

CREATE TRIGGER problems_follower_voice
    BEFORE INSERT OR UPDATE ON problems_follower
    FOR EACH ROW EXECUTE FUNCTION problems_guard_voice();
