-- The one table of features. Partitions are made by layers_build_partition / layers_attach_partition,
-- and their indexes with them (`sql/current/partitions.sql`).
CREATE SEQUENCE layers_feature_id_seq AS bigint CACHE 32;

CREATE TABLE layers_feature (
    id bigint NOT NULL DEFAULT nextval('layers_feature_id_seq'),
    layer_id bigint NOT NULL,
    key text NOT NULL,
    geom geometry(Geometry, 4326),
    geom_3857 geometry(Geometry, 3857) GENERATED ALWAYS AS (ST_Transform(geom, 3857)) STORED,
    properties jsonb NOT NULL DEFAULT '{}',
    internal jsonb NOT NULL DEFAULT '{}',
    visibility varchar(8) NOT NULL DEFAULT 'public',
    changeset_id bigint NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT layers_feature_key_not_empty CHECK (key <> ''),
    CONSTRAINT layers_feature_visibility CHECK (visibility IN ('public', 'staff')),
    CONSTRAINT layers_feature_documents
        CHECK (jsonb_typeof(properties) = 'object' AND jsonb_typeof(internal) = 'object'),
    CONSTRAINT layers_feature_place_in_mercator CHECK (
        geom IS NULL OR (
            NOT ST_IsEmpty(geom)
            AND ST_XMin(geom) >= -180 AND ST_XMax(geom) <= 180
            AND ST_YMin(geom) >= -85.06 AND ST_YMax(geom) <= 85.06
        )
    ),
    PRIMARY KEY (layer_id, id),
    CONSTRAINT layers_feature_key_once UNIQUE (layer_id, key)
) PARTITION BY LIST (layer_id);

ALTER SEQUENCE layers_feature_id_seq OWNED BY layers_feature.id;

CREATE INDEX layers_feature_geom_3857 ON layers_feature USING gist (geom_3857);

-- Rows of a changeset lie together, so a block range index of a few kilobytes finds them.
CREATE INDEX layers_feature_changeset ON layers_feature
    USING brin (changeset_id) WITH (pages_per_range = 32, autosummarize = on);
