-- Where each affected problem lies now, one territory a layer: the smallest key of those that cover
-- it; a side that a moderator chose is left out. In: layers (ids of territory layers that are joined).
-- Cells answer for a layer whose revision they show; for another one its areas are asked, each with
-- the problems in its box.
-- Index: the GiST index of problems_problem where areas are asked; cells are read whole and hashed, or
-- found by layers_territorycell_pkey where problems are very few beside them.
CREATE TEMPORARY TABLE problems_placed ON COMMIT DROP AS
WITH joined AS MATERIALIZED (
    SELECT layer.id, nullif(layer.title_field, '') AS title_field, prepared.levels
    FROM layers_layer AS layer
    INNER JOIN layers_layerstate AS state ON state.layer_id = layer.id
    LEFT JOIN layers_preparedlayer AS prepared
        ON prepared.layer_id = layer.id AND prepared.revision = state.revision
    WHERE layer.id = ANY (%(layers)s::bigint[]) AND layer.archived_at IS NULL
),

probes AS MATERIALIZED (
    SELECT
        problem.id AS problem_id, problem.geom, joined.id AS layer_id,
        layers_cell(at.level, problem.geom) AS code
    FROM problems_affected AS affected
    INNER JOIN problems_problem AS problem
        ON problem.id = affected.problem_id AND problem.state IN ('open', 'accepted')
    CROSS JOIN joined
    CROSS JOIN unnest(joined.levels) AS at (level)
),

covering AS MATERIALIZED (
    SELECT probes.problem_id, cell.layer_id, cell.feature_id
    FROM probes
    INNER JOIN layers_territorycell AS cell
        ON cell.layer_id = probes.layer_id AND cell.code = probes.code
    WHERE layers_cell_covers(
        cell.is_whole, cell.shape, cell.border,
        (
            SELECT area.geom FROM layers_feature AS area
            WHERE area.layer_id = cell.layer_id AND area.id = cell.feature_id
        ),
        probes.geom
    )
    UNION ALL
    SELECT asked.problem_id, joined.id, asked.feature_id
    FROM joined
    CROSS JOIN LATERAL (
        SELECT problem.id AS problem_id, area.id AS feature_id
        FROM layers_feature AS area
        INNER JOIN problems_problem AS problem
            ON problem.geom && ST_Expand(area.geom, 1e-7)
                AND problem.state IN ('open', 'accepted')
        WHERE area.layer_id = joined.id AND layers_covers(area.geom, problem.geom)
        OFFSET 0
    ) AS asked
    WHERE joined.levels IS NULL
),

found AS (
    SELECT
        covering.problem_id, covering.layer_id, min(territory.key COLLATE "C") AS key
    FROM covering
    INNER JOIN layers_feature AS territory
        ON territory.layer_id = covering.layer_id AND territory.id = covering.feature_id
    WHERE territory.layer_id = ANY (%(layers)s::bigint[])
    GROUP BY covering.problem_id, covering.layer_id
)

SELECT
    found.problem_id, found.layer_id, found.key,
    coalesce(territory.properties ->> joined.title_field, found.key) AS title
FROM found
INNER JOIN problems_affected AS affected ON affected.problem_id = found.problem_id
INNER JOIN joined ON joined.id = found.layer_id
INNER JOIN layers_feature AS territory
    ON territory.layer_id = found.layer_id AND territory.key = found.key
WHERE
    territory.layer_id = ANY (%(layers)s::bigint[])
    AND NOT EXISTS (
        SELECT FROM problems_chosen AS chosen
        WHERE chosen.problem_id = found.problem_id AND chosen.layer_id = found.layer_id
    )
