"""Words as people type them: folded, by sound, without endings; knows no database."""
