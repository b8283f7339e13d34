"""Opening hours: from the words of people to whether it is open now."""
