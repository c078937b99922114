"""ISO 2859-1 and the editions that share its tables."""
