"""What asv measures: the everyday calls of the public face."""
