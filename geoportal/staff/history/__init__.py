"""What happened to a layer: its changesets, what they changed, how they are taken back."""
