"""Lookups compared cell by cell with tables that others have transcribed.

Two sources that do not depend on the project's tables: a transcription of GB/T 2828.1-2012, which is identical with
ISO 2859-1:1999, and a machine reading of a retyped MIL-STD-105E. Where they differ, `golden/differences.csv` says why.
"""

from typing import cast

import pytest

import aql
from aql.types import Level, Severity, Standard
from tests.oracles.transcriptions import differences, listed, transcription

GB_T: Standard = "ISO 2859-1:1999"
LEGIBLE: Standard = "MIL-STD-105E"


def entered(cell: str, standard: Standard) -> aql.Lookup:
    severity, letter, column = cell.split()
    return aql.lookup(aql=column, letter=letter, severity=cast(Severity, severity), standard=standard)


def single(found: aql.Lookup) -> str:
    """Sample size, Ac and Re as a transcription has them."""
    plan = found.plan
    assert isinstance(plan, aql.SinglePlan)
    return f"{plan.n} {plan.ac} {plan.re}"


def with_letter(cell: str) -> str:
    """The plan and its letter; row S is reached by an arrow only."""
    if " S " in cell:
        with pytest.raises(aql.AqlError):
            entered(cell, GB_T)
        return ""
    found = entered(cell, GB_T)
    return f"{found.plan_letter} {single(found)}"


def test_single_plans_of_gb_t_2828_1() -> None:
    name = "gbt_2828_1_single.csv"
    cells = transcription(name, 3)
    assert len(cells) == 1274
    assert differences(cells, with_letter) == listed(name)


def test_single_plans_of_the_legible_copy_of_mil_std_105e() -> None:
    name = "mil_std_105e_legible_single.csv"
    cells = transcription(name, 3)
    assert len(cells) == 1248
    found = differences(cells, lambda cell: single(entered(cell, LEGIBLE)))
    assert len(found) == 54
    assert found == listed(name)


@pytest.mark.parametrize(
    ("name", "standard"),
    [("gbt_2828_1_code_letters.csv", GB_T), ("mil_std_105e_legible_code_letters.csv", LEGIBLE)],
)
def test_code_letters_at_both_ends_of_every_band(name: str, standard: Standard) -> None:
    def letter(cell: str) -> str:
        first, last, level = cell.split()
        sizes = (int(first), 10**9 if last == "over" else int(last))
        at = cast(Level, level)
        return "/".join(sorted({aql.code_letter(size, level=at, standard=standard) for size in sizes}))

    cells = transcription(name, 3)
    assert len(cells) == 105
    assert differences(cells, letter) == listed(name)


def test_the_plan_of_row_s_is_the_one_that_gb_t_prints() -> None:
    printed = listed("gbt_2828_1_single.csv")["tightened S 0.025"].there
    assert with_letter("tightened Q 0.025") == with_letter("tightened R 0.025") == printed


def test_the_other_reading_of_gb_t_is_the_disputed_cell() -> None:
    found = entered("tightened A 10", GB_T)
    assert found.disputed
    assert found.trace[0].second_reading == "plan 0/1 (n=2) (one GB/T 2828.1-2012 transcription)"


def test_a_misprint_of_the_legible_copy_is_one_printed_pair() -> None:
    """The 54 cells are four plans, and each has the numbers that GB/T 2828.1 prints."""
    cells = listed("mil_std_105e_legible_single.csv")
    plans = {(entered(cell, LEGIBLE).plan_letter, cell.split()[2]) for cell in cells}
    assert plans == {("E", "250"), ("D", "400"), ("C", "650"), ("B", "1000")}
    gb_t = transcription("gbt_2828_1_single.csv", 3)
    assert all(gb_t[cell].split(" ", 1)[1] == both.here for cell, both in cells.items())
