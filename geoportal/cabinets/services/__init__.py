"""What working places write themselves: the prepared words of an organisation."""
