"""What a pack says, written part by part; `apply_pack` in the module above puts them in order."""
