"""What the invented community keeps account of: layers with their fields and objects."""
