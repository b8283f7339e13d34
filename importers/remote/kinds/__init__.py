"""What may stand at an address; each kind is a module and a line in the registry."""
