"""Letters about imports by schedule: one waits for a person, has failed, or was paused."""
