-- Public problems as rows of the layer `problems`. In: numbers.
-- Times are dates of Kyiv. The reporter, contacts, notes and hidden photos are not read at all.
-- Index: primary key of problems_problem.
INSERT INTO layers_stage (key, geom, properties, internal, visibility)
SELECT
    problem.id::text,
    problem.geom,
    jsonb_strip_nulls(jsonb_build_object(
        'number', problem.id,
        'title', problem.title,
        'description', problem.description,
        'status', problem.state,
        'resolution', nullif(problem.resolution, ''),
        'category', category.code,
        'category_title', category.title_uk,
        'category_icon', coalesce(nullif(category.icon, ''), nullif(parent.icon, '')),
        'address', nullif(problem.address, ''),
        'reported_on', to_char(problem.created_at AT TIME ZONE 'Europe/Kyiv', 'YYYY-MM-DD'),
        'published_on', to_char(problem.published_at AT TIME ZONE 'Europe/Kyiv', 'YYYY-MM-DD'),
        'accepted_on', to_char(problem.accepted_at AT TIME ZONE 'Europe/Kyiv', 'YYYY-MM-DD'),
        'closed_on', to_char(problem.closed_at AT TIME ZONE 'Europe/Kyiv', 'YYYY-MM-DD'),
        'planned_on', to_char(problem.planned_on, 'YYYY-MM-DD'),
        'due_on', to_char(
            (problem.due_at - interval '1 second') AT TIME ZONE 'Europe/Kyiv', 'YYYY-MM-DD'),
        'organisation', organisation.name_uk,
        'organisation_slug', organisation.slug,
        'votes', problem.votes,
        'rating', problem.rating,
        'merged_into', problem.merged_into_id,
        'thumbnail', '/problems/' || problem.id || '/media/' || picture.id || '/thumbnail'
    )),
    '{}'::jsonb,
    'public'
FROM problems_public AS problem
INNER JOIN problems_category AS category ON category.id = problem.category_id
LEFT JOIN problems_category AS parent ON parent.id = category.parent_id
LEFT JOIN accounts_organisation AS organisation ON organisation.id = problem.organisation_id
LEFT JOIN LATERAL (
    SELECT attachment.id
    FROM problems_attachment AS attachment
    WHERE
        attachment.problem_id = problem.id
        AND attachment.purpose = 'report'
        AND attachment.processing = 'ready'
        AND NOT attachment.is_hidden
    ORDER BY attachment.position, attachment.id
    LIMIT 1
) AS picture ON true
WHERE problem.id = ANY (%(numbers)s::bigint[])
