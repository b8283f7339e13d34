"""The wizard of imports: files in, what was found, questions, checks, preview, publication."""
