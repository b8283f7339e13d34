-- Tries every step of the candidates in its own subtransaction, which is undone, and tells what the
-- database says: the name of the broken rule, else its SQLSTATE; NULL when the step is let in.
-- Candidates: rows of problems_statuschange as JSON, an array; answers are in the order of the array.
CREATE FUNCTION pg_temp.try_steps(candidates jsonb) RETURNS text[]
LANGUAGE plpgsql AS $$
DECLARE
    candidate jsonb;
    rule text;
    refusals text[] := '{}';
BEGIN
    FOR candidate IN SELECT value FROM jsonb_array_elements(candidates) WITH ORDINALITY ORDER BY ordinality LOOP
        BEGIN
            INSERT INTO problems_statuschange (
                problem_id, action, from_state, to_state, role, actor_id, organisation_id, words,
                reason, details, is_internal, created_at
            )
            SELECT
                step.problem_id, step.action, step.from_state, step.to_state, step.role,
                step.actor_id, step.organisation_id, step.words, step.reason, step.details, false,
                step.created_at
            FROM jsonb_populate_record(NULL::problems_statuschange, candidate) AS step;
            SET CONSTRAINTS ALL IMMEDIATE;
            RAISE EXCEPTION SQLSTATE 'GP000';
        EXCEPTION
            WHEN SQLSTATE 'GP000' THEN
                rule := NULL;
            WHEN OTHERS THEN
                GET STACKED DIAGNOSTICS rule := CONSTRAINT_NAME;
                rule := coalesce(nullif(rule, ''), SQLSTATE);
        END;
        refusals := array_append(refusals, rule);
    END LOOP;
    RETURN refusals;
END
$$
