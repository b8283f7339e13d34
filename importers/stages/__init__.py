"""The steps of an import: each leaves a row with its result, whichever face it is asked through."""
