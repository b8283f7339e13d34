"""What a file says and how it fits a layer: types, keys, fields."""
