"""What was found: the log, the samples, the scoring of one lot and its verdict."""
