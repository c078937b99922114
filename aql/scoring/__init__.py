"""What an inspection means: the score of a lot and its verdict."""
