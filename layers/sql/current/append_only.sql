-- History is appended, never edited; it goes only as a whole, with its layer.
CREATE OR REPLACE FUNCTION layers_refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_setting('layers.deleting', true) = OLD.layer_id::text THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'layers_featureversion is append-only' USING ERRCODE = 'restrict_violation';
END
$$;

CREATE OR REPLACE TRIGGER layers_featureversion_append_only
    BEFORE UPDATE OR DELETE ON layers_featureversion
    FOR EACH ROW EXECUTE FUNCTION layers_refuse_rewriting();

-- The changesets of a layer that is deleted, and every state they ended.
CREATE OR REPLACE FUNCTION layers_delete_history(layer bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config('layers.deleting', layer::text, true);
    DELETE FROM layers_featureversion WHERE layer_id = layer;
    PERFORM set_config('layers.deleting', '', true);
    DELETE FROM layers_changeset WHERE layer_id = layer;
END
$$;
