"""Plans for given risks."""
