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

-- Statement triggers of the table, this package's and others', stand on the partition as well, so
-- that SQL aimed at either is seen. A migration that brings another one calls
-- layers_copy_all_triggers.
CREATE OR REPLACE FUNCTION layers_copy_triggers(partition regclass) RETURNS void
    LANGUAGE plpgsql AS $$
DECLARE
    definition text;
BEGIN
    FOR definition IN
        SELECT pg_get_triggerdef(oid) FROM pg_trigger
        WHERE tgrelid = 'layers_feature'::regclass AND NOT tgisinternal AND tgtype & 1 = 0
        ORDER BY tgname
    LOOP
        EXECUTE regexp_replace(
            definition,
            '^CREATE TRIGGER (.*?) ON \S+ ',
            format('CREATE OR REPLACE TRIGGER \1 ON %s ', partition));
    END LOOP;
END
$$;

CREATE OR REPLACE FUNCTION layers_copy_all_triggers() RETURNS void LANGUAGE sql AS $$
    SELECT layers_copy_triggers(inhrelid::regclass) FROM pg_inherits
    WHERE inhparent = 'layers_feature'::regclass
$$;

-- The layers whose features a table holds: one partition's, or all.
CREATE OR REPLACE FUNCTION layers_held_by(held oid) RETURNS bigint[] LANGUAGE sql STABLE AS $$
    SELECT array_agg(id) FROM layers_layer
    WHERE held IN ('layers_feature'::regclass, to_regclass('layers_feature_' || id))
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
    PERFORM layers_copy_triggers(partition::regclass);
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
