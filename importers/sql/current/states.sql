-- An import begins with the reading of its file and goes on along the edges of `states.EDGES`.
-- Refusals: 23514 (check_violation).
CREATE OR REPLACE FUNCTION importers_check_edge() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'inspecting' THEN
            RAISE EXCEPTION 'an import begins inspecting, not %', NEW.state
                USING ERRCODE = 'check_violation', CONSTRAINT = 'importers_wrong_beginning';
        END IF;
        RETURN NEW;
    END IF;
    IF NOT EXISTS (
        SELECT FROM importers_stateedge WHERE source = OLD.state AND target = NEW.state
    ) THEN
        RAISE EXCEPTION 'an import does not go % → %', OLD.state, NEW.state
            USING ERRCODE = 'check_violation', CONSTRAINT = 'importers_no_such_edge';
    END IF;
    NEW.state_since = now();
    RETURN NEW;
END
$$;

CREATE OR REPLACE TRIGGER importers_import_begins
    BEFORE INSERT ON importers_import
    FOR EACH ROW EXECUTE FUNCTION importers_check_edge();

CREATE OR REPLACE TRIGGER importers_import_goes_on
    BEFORE UPDATE OF state ON importers_import
    FOR EACH ROW WHEN (OLD.state IS DISTINCT FROM NEW.state)
    EXECUTE FUNCTION importers_check_edge();
