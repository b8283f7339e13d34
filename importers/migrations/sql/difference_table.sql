-- What imports that wait would change. Each import has a partition, importers_difference_<id>, which
-- is unlogged and goes with the import.
CREATE TABLE importers_difference (
    of_id bigint NOT NULL,
    key text COLLATE "C" NOT NULL,
    action varchar(8) NOT NULL CHECK (action IN ('added', 'changed', 'removed')),
    geom geometry(Geometry, 4326),
    properties jsonb,
    internal jsonb,
    removed boolean NOT NULL DEFAULT false,
    box geometry(Geometry, 4326),
    PRIMARY KEY (of_id, key)
) PARTITION BY LIST (of_id);

CREATE INDEX importers_difference_action ON importers_difference (of_id, action, key);

CREATE INDEX importers_difference_box ON importers_difference USING gist (box);
