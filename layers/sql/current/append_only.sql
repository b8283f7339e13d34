-- History is appended, never edited.
CREATE OR REPLACE FUNCTION layers_refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'layers_featureversion is append-only' USING ERRCODE = 'restrict_violation';
END
$$;

CREATE OR REPLACE TRIGGER layers_featureversion_append_only
    BEFORE UPDATE OR DELETE ON layers_featureversion
    FOR EACH ROW EXECUTE FUNCTION layers_refuse_rewriting();
