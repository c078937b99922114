"""Design of the smallest plan for given risks."""
