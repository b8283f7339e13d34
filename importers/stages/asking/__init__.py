"""What is asked about a file: each question with what is proposed, why, and rows that show it."""
