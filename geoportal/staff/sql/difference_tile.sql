-- One tile of what an import would change: where objects come, are moved to and from, and go. In:
-- import, layer (ids; no layer: one that is to be made), z, x, y, side (cells along a side of the
-- tile; of objects in one cell one is drawn for each action). Index: importers_difference_box.
WITH tile AS (
    SELECT
        envelope,
        ST_Transform(ST_Expand(envelope, (ST_XMax(envelope) - ST_XMin(envelope)) / 64), 4326)
            AS near,
        (ST_XMax(envelope) - ST_XMin(envelope)) / 40075016.7 * 360 / %(side)s AS cell
    FROM ST_TileEnvelope(%(z)s, %(x)s, %(y)s) AS envelope
),

-- Large shapes are never left out: only what is smaller than a cell shares one.
drawn AS (
    SELECT DISTINCT ON (
        diff.action,
        CASE
            WHEN ST_XMax(diff.box) - ST_XMin(diff.box) > tile.cell THEN diff.key
            ELSE
                floor(ST_XMin(diff.box) / tile.cell) || ' ' || floor(ST_YMin(diff.box) / tile.cell)
        END
    )
        diff.key,
        diff.action,
        diff.geom
    FROM importers_difference AS diff
    CROSS JOIN tile
    WHERE diff.of_id = %(import)s AND diff.box && tile.near
),

-- Where a moved object was, and one that goes.
places AS (
    SELECT key, action, geom FROM drawn WHERE geom IS NOT NULL
    UNION ALL
    SELECT
        drawn.key,
        CASE WHEN drawn.action = 'changed' THEN 'was' ELSE drawn.action END,
        feature.geom
    FROM drawn
    INNER JOIN layers_feature AS feature
        ON feature.layer_id = %(layer)s AND feature.key = drawn.key
    WHERE drawn.action = 'removed' OR NOT ST_Equals(feature.geom, drawn.geom)
),

cut AS (
    SELECT
        places.key,
        places.action,
        ST_AsMVTGeom(ST_Transform(places.geom, 3857), tile.envelope, 4096, 64, true) AS geom
    FROM places
    CROSS JOIN tile
)

SELECT coalesce(ST_AsMVT(cut, 'difference', 4096, 'geom'), '')
FROM cut
WHERE geom IS NOT NULL
