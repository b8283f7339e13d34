-- Each write, by whatever writer, moves the revision of the layers it touched.
CREATE OR REPLACE FUNCTION layers_raise_revision(layers bigint[]) RETURNS void LANGUAGE sql AS $$
    UPDATE layers_layerstate SET revision = revision + 1 WHERE layer_id = ANY (layers)
$$;

CREATE OR REPLACE FUNCTION layers_feature_written() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        PERFORM layers_raise_revision(layers_held_by(TG_RELID));
    ELSE
        PERFORM layers_raise_revision(ARRAY(SELECT DISTINCT layer_id FROM touched));
    END IF;
    RETURN NULL;
END
$$;

CREATE OR REPLACE TRIGGER layers_feature_inserted AFTER INSERT ON layers_feature
    REFERENCING NEW TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION layers_feature_written();
CREATE OR REPLACE TRIGGER layers_feature_updated AFTER UPDATE ON layers_feature
    REFERENCING NEW TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION layers_feature_written();
CREATE OR REPLACE TRIGGER layers_feature_deleted AFTER DELETE ON layers_feature
    REFERENCING OLD TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION layers_feature_written();
CREATE OR REPLACE TRIGGER layers_feature_truncated AFTER TRUNCATE ON layers_feature
    FOR EACH STATEMENT EXECUTE FUNCTION layers_feature_written();
