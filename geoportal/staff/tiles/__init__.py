"""How tiles stand: their borders, ages and sizes, and what they leave out."""
