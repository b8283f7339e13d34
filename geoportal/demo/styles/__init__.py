"""How the demo layers are drawn, on a light and on a dark ground."""
