"""The library repeats lookups that others have published.

The rows come with the library (`aql.examples.worked_lookups`) and name their sources. Normal single plans and code letters are the same in
every edition here, so each row is looked up in every edition that takes a lot size.
"""

import pytest

import aql
from aql.examples import WorkedLookup, worked_lookups
from aql.types import Standard

ROWS = worked_lookups()

every_edition = pytest.mark.parametrize("standard", ["ISO 2859-1:1999", "ANSI/ASQ Z1.4", "MIL-STD-105E"])


def name(row: WorkedLookup) -> str:
    return f"{row.source}: {row.lot_size}, {row.level}, {row.aql or 'letter'}"


def test_every_row_has_a_source() -> None:
    assert all(row.source for row in ROWS)
    assert len(ROWS) >= 20


@every_edition
@pytest.mark.parametrize("row", [row for row in ROWS if row.letter], ids=name)
def test_code_letter(row: WorkedLookup, standard: Standard) -> None:
    assert aql.code_letter(row.lot_size, level=row.level, standard=standard) == row.letter


@every_edition
@pytest.mark.parametrize("row", [row for row in ROWS if row.aql], ids=name)
def test_plan(row: WorkedLookup, standard: Standard) -> None:
    found = aql.lookup(row.lot_size, aql=row.aql, level=row.level, standard=standard)
    assert isinstance(found.plan, aql.SinglePlan)
    assert row.letter in {"", found.letter}
    assert row.plan_letter in {"", found.plan_letter}
    assert (found.plan.n, found.plan.ac) == (row.n, row.ac)
    assert row.re in {None, found.plan.re}
    assert found.practice == row.practice
