"""The residents' map while the database is away: drawn from archives, with nothing to write."""
