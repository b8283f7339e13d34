-- Numbers of public problems, all together and by organisation, group of categories, category, month
-- of publication in Kyiv and territory, from one pass over them. `grouped_by` says what a row is of;
-- `id`, `month` or `territory` is its key (NULL: without one).
-- In: numbers (ids that the filter chose, NULL for all), layer (id of the territories' layer, NULL
-- for none), now (what is due by then is overdue), categories and roots (ids of all categories, and
-- of the top of the tree above each, in the same order), finished (resolutions whose days to closing
-- count). Taken for control only is not accepted yet.
-- Days are of 24 hours. Index of the titles: problems_in_territory. Keys of territories are compared
-- byte by byte: the collation of the database takes several times as long to sort them.
WITH tree AS MATERIALIZED (
    SELECT category_id, root
    FROM unnest(%(categories)s::bigint[], %(roots)s::bigint[]) AS tree (category_id, root)
),
shown AS (
    SELECT
        problem.organisation_id,
        tree.root,
        problem.category_id,
        date_trunc('month', problem.published_at AT TIME ZONE 'Europe/Kyiv')::date AS month,
        territory.key COLLATE "C" AS territory,
        problem.state,
        problem.rating,
        problems_is_overdue(problem.state, problem.due_at, problem.asked_at, %(now)s) AS is_late,
        CASE WHEN NOT (
            problem.state = 'open'
            OR problem.state = 'accepted' AND problem.due_at = problem.acceptance_due_at
            AND problem.due_at IS DISTINCT FROM problem.solution_due_at
        )
            THEN date_part('epoch', problem.accepted_at - problem.published_at) / 86400
        END AS days_to_acceptance,
        CASE WHEN problem.resolution = ANY(%(finished)s)
            THEN date_part('epoch', problem.closed_at - problem.published_at) / 86400
        END AS days_to_closing
    FROM problems_public AS problem
    LEFT JOIN tree ON tree.category_id = problem.category_id
    LEFT JOIN problems_problemterritory AS territory
        ON territory.problem_id = problem.id AND territory.layer_id = %(layer)s
    WHERE %(numbers)s::bigint[] IS NULL OR problem.id = ANY(%(numbers)s::bigint[])
),
counted AS (
    SELECT
        CASE GROUPING(organisation_id, root, category_id, month, territory)
            WHEN 15 THEN 'organisation'
            WHEN 23 THEN 'root'
            WHEN 27 THEN 'category'
            WHEN 29 THEN 'month'
            WHEN 30 THEN 'territory'
            ELSE 'all'
        END AS grouped_by,
        coalesce(organisation_id, root, category_id) AS id,
        month,
        territory,
        count(*) AS total,
        count(*) FILTER (WHERE state = 'open') AS in_open,
        count(*) FILTER (WHERE state = 'accepted') AS in_accepted,
        count(*) FILTER (WHERE state = 'closed') AS in_closed,
        count(*) FILTER (WHERE state = 'archived') AS in_archived,
        count(*) FILTER (WHERE is_late) AS overdue,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY days_to_acceptance) AS days_to_acceptance,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY days_to_closing) AS days_to_closing,
        avg(rating)::float8 AS mean_rating,
        count(rating) AS rated
    FROM shown
    GROUP BY GROUPING SETS ((), (organisation_id), (root), (category_id), (month), (territory))
)
SELECT
    counted.*,
    (
        SELECT title
        FROM problems_problemterritory AS named
        WHERE named.layer_id = %(layer)s AND named.key = counted.territory COLLATE "default"
        ORDER BY named.problem_id DESC
        LIMIT 1
    ) AS title
FROM counted
