"""What a category asks, promises and how long it gives: questions, terms, dates, working days."""
