"""How many random examples a test draws in each profile, and which cases run only in the exhaustive part."""

from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import settings


def examples(number: int) -> settings:
    """Draw this number of examples in profile `ci`, whose default is 100, and proportionally many in the others."""
    return settings(max_examples=max(1, number * settings().max_examples // 100))


def spread(cases: Iterable[Any], every: int) -> list[Any]:
    """Return the cases of a parametrized test, all but each `every`-th marked as taking long together."""
    return [case if i % every == 0 else exhaustive(case) for i, case in enumerate(cases)]


def exhaustive(*values: Any) -> Any:
    """Mark a case of a parametrized test that takes long."""
    return pytest.param(*values, marks=pytest.mark.exhaustive)
