-- Inserting a row of the history moves the problem along an edge, or is refused.
-- The problem's row is locked first, so two changes of one problem follow one another.
-- The history takes a step from who may take it, not from who says so. Beside the table of edges:
-- a person behind every step of people, who is what the row calls him at this moment; the reasons
-- that the edge lists; the terms. Times may lie in the past (histories are written down afterwards)
-- but not before the state they start from; the clock of the database is not asked.
-- Refusals: 23514 (check_violation) for what the table of edges does not allow.

-- Who acts. In: the problem as it stands, the new row. Index: primary keys,
-- accounts_membership_once, problems_assigned.
CREATE OR REPLACE FUNCTION problems_check_actor(problem problems_problem, change problems_statuschange)
RETURNS void LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF change.role = 'author'
        AND (change.actor_id IS NULL OR change.actor_id IS DISTINCT FROM problem.reporter_id) THEN
        RAISE EXCEPTION 'user % is not the author of problem %', change.actor_id, problem.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'problems_not_the_author';
    END IF;
    IF change.role = 'moderator' AND NOT EXISTS (
        SELECT FROM accounts_user
        WHERE id = change.actor_id AND is_active AND (is_moderator OR is_superuser)
    ) THEN
        RAISE EXCEPTION 'user % is not a moderator', change.actor_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'problems_not_a_moderator';
    END IF;
    IF change.role = 'organisation' AND NOT EXISTS (
        SELECT FROM accounts_membership AS membership
        INNER JOIN accounts_user AS person ON person.id = membership.user_id
        INNER JOIN accounts_organisation AS organisation
            ON organisation.id = membership.organisation_id
        WHERE membership.user_id = change.actor_id
            AND membership.organisation_id = change.organisation_id
            AND membership.role IN ('head', 'officer')
            AND person.is_active AND organisation.is_active
    ) THEN
        RAISE EXCEPTION 'user % does not work for organisation %',
            change.actor_id, change.organisation_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'problems_not_a_worker';
    END IF;
    -- Who forwards has let go of the problem in the same step.
    IF change.role = 'organisation' AND NOT EXISTS (
        SELECT FROM problems_assignment
        WHERE problem_id = problem.id AND organisation_id = change.organisation_id
            AND (
                ended_at IS NULL
                OR change.action = 'forward' AND ended_as = 'forwarded'
                AND ended_at = change.created_at
            )
    ) THEN
        RAISE EXCEPTION 'problem % was not given to organisation %',
            problem.id, change.organisation_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'problems_not_assigned';
    END IF;
END
$$;

-- Whether it is time. In: the problem as it stands, the new row.
-- Index: problems_history_of_problem.
CREATE OR REPLACE FUNCTION problems_check_course(problem problems_problem, change problems_statuschange)
RETURNS void LANGUAGE plpgsql STABLE AS $$
BEGIN
    -- Clocks of several machines, and work that began before a lock was got, differ by minutes.
    IF change.created_at < problem.state_since - interval '5 minutes' THEN
        RAISE EXCEPTION 'problem % is % since %', problem.id, problem.state, problem.state_since
            USING ERRCODE = 'check_violation', CONSTRAINT = 'problems_before_its_state';
    END IF;
    IF change.action IN ('reopen', 'rate') AND problem.resolution = 'duplicate' THEN
        RAISE EXCEPTION 'problem % was joined with another one', problem.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'problems_joined_with_another';
    END IF;
    IF change.action = 'reopen' AND change.created_at >= problem.archive_at THEN
        RAISE EXCEPTION 'problem % could be opened again until %', problem.id, problem.archive_at
            USING ERRCODE = 'check_violation', CONSTRAINT = 'problems_too_late_to_reopen';
    END IF;
    IF change.action = 'rate' AND change.created_at >= problem.archive_at THEN
        RAISE EXCEPTION 'problem % could be rated until %', problem.id, problem.archive_at
            USING ERRCODE = 'check_violation', CONSTRAINT = 'problems_too_late_to_rate';
    END IF;
    IF change.action = 'archive' AND change.created_at < problem.archive_at THEN
        RAISE EXCEPTION 'problem % may be archived from %', problem.id, problem.archive_at
            USING ERRCODE = 'check_violation', CONSTRAINT = 'problems_too_early_to_archive';
    END IF;
    IF change.action = 'answer' AND NOT EXISTS (
        SELECT FROM problems_statuschange WHERE problem_id = problem.id AND action = 'ask'
    ) THEN
        RAISE EXCEPTION 'nobody asked the author of problem %', problem.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'problems_nobody_asked';
    END IF;
END
$$;

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

CREATE OR REPLACE TRIGGER problems_statuschange_moves_the_problem
    BEFORE INSERT ON problems_statuschange
    FOR EACH ROW EXECUTE FUNCTION problems_apply_change();
