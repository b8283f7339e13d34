"""What people do with a problem by forms: offered, filled in, kept, sent."""
