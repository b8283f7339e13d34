"""Who answers for a place and why: deciding, what was decided, who was given it."""
