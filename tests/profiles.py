"""How many random examples a test draws in each profile."""

from hypothesis import settings


def examples(number: int) -> settings:
    """Draw so many in profile `ci`, where a test draws 100 by itself, and as many times fewer or more in the others."""
    return settings(max_examples=max(1, number * settings().max_examples // 100))
