-- How many problems would go from whom to whom, and how many stay although the rules name another.
-- Index: none; a temporary table is read whole.
SELECT
    coalesce(old_executor.name_uk, '') AS old_name,
    coalesce(new_executor.name_uk, '') AS new_name,
    count(*) FILTER (WHERE move.moves) AS moved,
    count(*) FILTER (WHERE NOT move.moves) AS kept
FROM problems_moves AS move
LEFT JOIN accounts_organisation AS old_executor ON old_executor.id = move.old_executor
LEFT JOIN accounts_organisation AS new_executor ON new_executor.id = move.new_executor
GROUP BY old_name, new_name
ORDER BY moved DESC, kept DESC, old_name, new_name
