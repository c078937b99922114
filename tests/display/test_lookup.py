"""The way of a lookup in words: a plan at once, an arrow to another letter, or into another table."""

from typing import Any

import pytest

import aql


@pytest.mark.parametrize(
    ("how", "way"),
    [
        ({"letter": "G", "aql": 15}, "has a plan at AQL 15."),
        (
            {"lot_size": 5, "aql": 1.0},
            "points down at letter A, AQL 1.0, to letter E, whose own sample size is used.",
        ),
        (
            {"letter": "B", "aql": 6.5, "sampling": "double"},
            "points up at letter B, AQL 6.5, to table 2-A, letter A.",
        ),
        (
            {"letter": "Q", "aql": 0.01, "sampling": "multiple"},
            "prints * at letter Q, AQL 0.010, to table 2-A, letter Q.",
        ),
    ],
)
def test_the_way_to_the_plan_is_said(how: dict[str, Any], way: str) -> None:
    found = aql.lookup(**how)
    table = found.trace[0].table
    assert f"Table {table} (ISO 2859-1:1999, normal, {how.get('sampling', 'single')} sampling) {way}" in (
        found.explain()
    )
