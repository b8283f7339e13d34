-- A partition is built beside the table and attached when it is full, so readers never wait.
CREATE OR REPLACE FUNCTION layers_build_partition(layer bigint) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    partition text := 'layers_feature_' || layer;
BEGIN
    EXECUTE format(
        'CREATE TABLE %I (LIKE layers_feature'
        ' INCLUDING DEFAULTS INCLUDING GENERATED INCLUDING CONSTRAINTS)', partition);
    -- The check spares the scan that ATTACH would make while it holds its lock.
    EXECUTE format(
        'ALTER TABLE %I ADD CONSTRAINT %I CHECK (layer_id = %s),'
        ' ALTER COLUMN layer_id SET DEFAULT %s',
        partition, partition || '_layer', layer, layer);
    RETURN partition;
END
$$;

CREATE OR REPLACE FUNCTION layers_attach_partition(layer bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    partition text := 'layers_feature_' || layer;
BEGIN
    EXECUTE format('ALTER TABLE %I ADD PRIMARY KEY (layer_id, id)', partition);
    EXECUTE format('ALTER TABLE %I ADD CONSTRAINT %I UNIQUE (layer_id, key)',
        partition, partition || '_key_once');
    EXECUTE format('CREATE INDEX %I ON %I USING gist (geom_3857)',
        partition || '_geom_3857', partition);
    EXECUTE format(
        'CREATE INDEX %I ON %I USING brin (changeset_id)'
        ' WITH (pages_per_range = 32, autosummarize = on)',
        partition || '_changeset', partition);
    EXECUTE format('ALTER TABLE layers_feature ATTACH PARTITION %I FOR VALUES IN (%s)',
        partition, layer);
    EXECUTE format(
        'CREATE TRIGGER layers_partition_written'
        ' AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON %I'
        ' FOR EACH STATEMENT EXECUTE FUNCTION layers_partition_written(%L)', partition, layer);
    PERFORM layers_raise_revision(ARRAY[layer]);
END
$$;

-- The features of a layer, and what was cut from them. Takes ACCESS EXCLUSIVE on the whole table until the transaction ends.
CREATE OR REPLACE FUNCTION layers_drop_partition(layer bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM layers_territorycell WHERE layer_id = layer;
    DELETE FROM layers_preparedarea WHERE layer_id = layer;
    EXECUTE format('DROP TABLE IF EXISTS %I', 'layers_feature_' || layer);
END
$$;
