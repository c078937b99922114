"""What the profiles change: how many random examples a test draws, and which cases run in the exhaustive part only."""

from typing import Any

import pytest
from hypothesis import settings


def examples(number: int) -> settings:
    """Draw so many in profile `ci`, where a test draws 100 by itself, and as many times fewer or more in the others."""
    return settings(max_examples=max(1, number * settings().max_examples // 100))


def exhaustive(*values: Any) -> Any:
    """A case of a parametrized test that takes long."""
    return pytest.param(*values, marks=pytest.mark.exhaustive)
