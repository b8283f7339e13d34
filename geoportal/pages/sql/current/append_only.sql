-- Versions are appended, never edited. Only the name of a person who left the service may go.
CREATE OR REPLACE FUNCTION pages_refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.author_id IS NULL THEN
        NEW.author_id := OLD.author_id;
        IF NEW IS NOT DISTINCT FROM OLD THEN
            NEW.author_id := NULL;
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'pages_pageversion is append-only' USING ERRCODE = 'restrict_violation';
END
$$;

CREATE OR REPLACE TRIGGER pages_pageversion_append_only
    BEFORE UPDATE OR DELETE ON pages_pageversion
    FOR EACH ROW EXECUTE FUNCTION pages_refuse_rewriting();
