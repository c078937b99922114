"""The acceptance engine: computes operating characteristics of plans with any number of stages."""
