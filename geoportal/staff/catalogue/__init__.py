"""The list of layers, and what a layer is: its page, passport, making and end."""
