"""Hypothesis draws the same examples in every run, and no test is judged by the clock."""

from hypothesis import settings

settings.register_profile("aql", derandomize=True, deadline=None, max_examples=100, database=None)
settings.load_profile("aql")
