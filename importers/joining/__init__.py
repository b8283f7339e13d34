"""Files joined with files: which area of one holds each place of another, past the database."""
