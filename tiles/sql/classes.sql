-- The classes by which points of a layer are counted, in order; the empty one is not said.
-- In: layer (id), visibilities, most (so many at most).
-- Index: tiles_cell_of_layer.
SELECT cell.class
FROM tiles_cell AS cell
WHERE
    cell.layer_id = %(layer)s
    AND cell.level = 5
    AND cell.visibility = ANY (%(visibilities)s)
    AND cell.class <> ''
GROUP BY cell.class
HAVING sum(cell.n) > 0
ORDER BY cell.class
LIMIT %(most)s
