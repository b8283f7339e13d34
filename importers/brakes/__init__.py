"""What stops an import until somebody has answered for it."""
