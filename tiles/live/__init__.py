"""What open maps are told: which tiles have changed since they last heard."""
