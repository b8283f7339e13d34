-- What stands was promised: a report that is not public now, an answer whose question is not.
-- The guard of archived problems steps aside for these two columns. A row that both statements
-- change would leave checks of its keys to the end, and then the table cannot be altered.
SET CONSTRAINTS ALL IMMEDIATE;

ALTER TABLE problems_problem DISABLE TRIGGER problems_problem_guarded;

UPDATE problems_problem SET private_promised = true WHERE NOT is_public;

WITH RECURSIVE line (category_id, above_id) AS (
    SELECT id, id FROM problems_category
    UNION ALL
    SELECT line.category_id, category.parent_id
    FROM line
    INNER JOIN problems_category AS category ON category.id = line.above_id
    WHERE category.parent_id IS NOT NULL
),

promised AS (
    SELECT problem.id, array_agg(DISTINCT question.code ORDER BY question.code) AS codes
    FROM problems_problem AS problem
    INNER JOIN line ON line.category_id = problem.category_id
    INNER JOIN problems_question AS question
        ON question.category_id = line.above_id AND NOT question.is_public
    WHERE problem.answers ? question.code
    GROUP BY problem.id
)

UPDATE problems_problem AS problem SET private_answers = promised.codes
FROM promised
WHERE problem.id = promised.id;

ALTER TABLE problems_problem ENABLE TRIGGER problems_problem_guarded;
