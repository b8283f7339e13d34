"""Lists that values of a field come from; packages above add theirs by `register_code_list`."""
