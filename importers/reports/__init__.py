"""What an import did and found, for machines, for the history, and for people."""
