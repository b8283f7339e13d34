"""Letters about changes of problems: who is told, with what words, and whether it still stands."""
