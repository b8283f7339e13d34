"""What letters may be about; each subject is a package of its own."""
