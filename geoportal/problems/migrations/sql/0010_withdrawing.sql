-- A moderator removes content from what is closed: a new text; from the archive too: the problem as
-- a whole, words of one step. Each is a row of the history, and that row does it: `edit` by
-- `details.new`, `withdraw` and `bring_back`, `hide_words` and `show_words` of `details.change`.
CREATE OR REPLACE FUNCTION problems_apply_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    problem problems_problem;
    edge problems_edge;
    rewrites boolean := NEW.action = 'edit' AND NEW.details ? 'new';
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
    IF cardinality(edge.reasons) > 0 AND NEW.reason <> ALL (edge.reasons) THEN
        RAISE EXCEPTION '“%” is no reason of %', NEW.reason, NEW.action
            USING ERRCODE = 'check_violation', CONSTRAINT = 'problems_change_needs_a_reason';
    END IF;
    PERFORM problems_check_actor(problem, NEW);
    PERFORM problems_check_course(problem, NEW);
    IF NEW.action IN ('hide_words', 'show_words') AND NOT EXISTS (
        SELECT FROM problems_statuschange
        WHERE id = (NEW.details ->> 'change')::bigint AND problem_id = NEW.problem_id
    ) THEN
        RAISE EXCEPTION 'no step % in the history of problem %',
            NEW.details ->> 'change', problem.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'problems_no_such_step';
    END IF;
    UPDATE problems_problem SET
        state = NEW.to_state,
        state_since = CASE WHEN state = NEW.to_state THEN state_since ELSE NEW.created_at END,
        version = version + 1,
        title = CASE WHEN rewrites THEN NEW.details #>> '{new,title}' ELSE title END,
        description =
            CASE WHEN rewrites THEN NEW.details #>> '{new,description}' ELSE description END,
        is_public = is_public AND NEW.action <> 'withdraw',
        is_withdrawn = CASE NEW.action
            WHEN 'withdraw' THEN true WHEN 'bring_back' THEN false ELSE is_withdrawn
        END
    WHERE id = NEW.problem_id;
    RETURN NEW;
END
$$;

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
