"""What happened to a problem and what of it everybody reads."""
