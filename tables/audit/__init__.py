"""Checks of the tables against themselves; run by the tests and a page of the documentation, not in the wheel."""
