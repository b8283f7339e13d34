"""What residents report about, as a tree of groups and categories."""
