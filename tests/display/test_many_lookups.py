"""The plans of many lots as HTML: all of ten, and of more the first eight, the last two and how many are between."""

from typing import Any

import pytest

import aql
from tests.pages import Page


def rows(many: Any) -> list[list[str]]:
    """The cells of the rows below the head."""
    page = Page(many._repr_html_())
    cells = [one.text for one in page.all("td")]
    width = len(page.all("th"))
    return [cells[at : at + width] for at in range(0, len(cells), width)]


@pytest.mark.parametrize("count", [1, 9, 10, 11, 12, 30])
def test_at_most_ten_lots_are_shown(count: int) -> None:
    sizes = list(range(100, 100 + count))
    found = rows(aql.lookup_many(sizes, aql=2.5))
    shown = [row[0] for row in found]
    if count <= 10:
        assert shown == [str(size) for size in sizes]
    else:
        assert shown == [*map(str, sizes[:8]), "…", *map(str, sizes[-2:])]
        assert found[8][-1] == f"{count - 10} more"


def test_a_row_has_the_plan_of_its_lot() -> None:
    found = rows(aql.lookup_many([30, 1200, 5], aql=[4.0, 2.5, 1.0]))
    assert [row[:7] for row in found] == [
        ["30", "II", "4.0", "D → E", "13", "1", "2"],
        ["1200", "II", "2.5", "J", "80", "5", "6"],
        ["5", "II", "1.0", "A → E", "13", "0", "1"],
    ]
    assert [row[7] for row in found] == ["", "", "inspect every item"]


def test_the_title_counts_the_lots() -> None:
    assert (
        "1 lot, ISO 2859-1:1999, normal inspection" in Page(aql.lookup_many([30], aql=4)._repr_html_()).text
    )
    two = aql.lookup_many([30, 60], aql=4, severity="tightened")
    assert "2 lots, ISO 2859-1:1999, tightened inspection" in Page(two._repr_html_()).text
    notes = [one.text for one in Page(two._repr_html_()).all("p")]
    assert notes == [two.note] * bool(two.note)
