"""Personal data in what people write: found, noted, withheld."""
