"""The invented town as shapes in metres: pure, repeatable, without a database."""
