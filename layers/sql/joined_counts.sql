-- How many places each territory holds, in `layers_joined`; those in none last. Index: none.
SELECT joined.territory, joined.title, count(*) AS places
FROM layers_joined AS joined
GROUP BY joined.territory, joined.title
ORDER BY joined.territory COLLATE "C" NULLS LAST
