-- The stage of one changeset: rows as they shall stand, EPSG:4326. Gone with the transaction.
DROP TABLE IF EXISTS pg_temp.layers_stage, pg_temp.layers_diff;
CREATE TEMPORARY TABLE layers_stage (
    key text NOT NULL,
    geom geometry(Geometry, 4326),
    properties jsonb NOT NULL,
    internal jsonb NOT NULL,
    visibility varchar(8),
    removed boolean NOT NULL DEFAULT false
) ON COMMIT DROP;
