-- Rows of a file as text, spelled as PostgreSQL prints them. Gone with the transaction.
CREATE TEMPORARY TABLE importers_incoming (
    key text NOT NULL,
    geom text,
    properties text NOT NULL,
    internal text
) ON COMMIT DROP
