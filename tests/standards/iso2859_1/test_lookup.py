"""A lookup as a value: its attributes, its words and its display."""

import pickle
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given

import aql
from aql.plans.plan import FractionalPlan
from aql.standards.iso2859_1.lookup import FractionalLookup
from aql.strategies import lookups
from tests.pages import needs_nothing

STANDING = "ISO 2859-1:1999 was withdrawn on 22 January 2026, when ISO 2859-1:2026 replaced it"


def test_the_arrow_that_was_followed_is_kept() -> None:
    found = aql.lookup(30, aql=4.0)
    assert (found.letter, found.plan_letter, found.plan, found.table) == (
        "D",
        "E",
        aql.SinglePlan(13, 1),
        "2-A",
    )
    assert [(cell.letter, cell.mark, cell.plan) for cell in found.trace] == [
        ("D", "down", None),
        ("E", "plan", aql.SinglePlan(13, 1)),
    ]
    assert found.standard == "ISO 2859-1:1999"
    assert (found.level, found.lot_size, found.aql) == ("II", 30, "4.0")


def test_values_are_hashable_picklable_and_equal() -> None:
    found = aql.lookup(30, aql="4.0")
    assert found == aql.lookup(30, aql=4)
    assert hash(found) == hash(aql.lookup(30, aql=4))
    assert pickle.loads(pickle.dumps(found)) == found


def test_provenance_comes_with_the_lookup() -> None:
    """Rule 13: a lookup carries its table's provenance."""
    found = aql.lookup(1200, aql=2.5, severity="reduced", standard="ANSI/ASQ Z1.4")
    assert found.provenance.standard == "MIL-STD-105E"
    assert found.provenance.table == "II-C"
    assert found.provenance.file == "mil_std_105e/single_reduced.csv"
    assert found.provenance.evidence.startswith("equal in two independent transcriptions")
    assert len(found.provenance.sha256) == 64


@pytest.mark.parametrize(
    ("found", "says"),
    [
        (
            aql.lookup(30, aql=4.0),
            (
                "A lot of 30 at level II has code letter D. Table 2-A (ISO 2859-1:1999, normal, single sampling) points "
                "down at letter D, AQL 4.0, to letter E, whose own sample size is used. The plan of letter E applies: "
                "inspect 13 items, accept on 1 or fewer, reject on 2 or more. "
                f"{STANDING}; this cell is known to be unchanged there."
            ),
        ),
        (
            aql.lookup(1200, aql=0),
            (
                'A lot of 1200 at level II has code letter J. AQL 0, "not allowed", is not a column of the tables. By '
                "trade practice, the sample size is that of letter J: inspect 80 items, accept on 0, reject on 1 or more. "
                f"{STANDING}."
            ),
        ),
        (
            aql.lookup(5, aql=1.0),
            (
                "A lot of 5 at level II has code letter A. Table 2-A (ISO 2859-1:1999, normal, single sampling) points "
                "down at letter A, AQL 1.0, to letter E, whose own sample size is used. The plan of letter E applies: "
                "inspect 13 items, accept on 0, reject on 1 or more. The sample is at least as large as the lot of 5: inspect every "
                f"item; Ac and Re are unchanged. {STANDING}; this cell is known to be unchanged there."
            ),
        ),
        (
            aql.lookup(letter="E", aql=1.0, sampling="double", standard="MIL-STD-105E"),
            (
                "Code letter E was entered. Table III-A (MIL-STD-105E, normal, double sampling) prints * at letter E, "
                "AQL 1.0, to table II-A, letter E. The plan of letter E applies: inspect 13 items, accept on 0, reject on "
                "1 or more. MIL-STD-105E is in the public domain; ANSI/ASQ Z1.4 prints the same plans."
            ),
        ),
        (
            aql.lookup(30, aql=6.5, sampling="multiple", level="III"),
            (
                "A lot of 30 at level III has code letter E. Table 4-A (ISO 2859-1:1999, normal, multiple sampling) has "
                "a plan at AQL 6.5. The plan of letter E applies: draw 3 items, then 3, 3, 3, 3 more as needed; after 3, "
                "no acceptance yet, reject on 2 or more; after 6, accept on 0, reject on 3 or more; after 9, accept on 0, "
                "reject on 3 or more; after 12, accept on 1 or fewer, reject on 3 or more; after 15, accept on 3 or fewer, "
                f"reject on 4 or more. {STANDING}; this cell has not been compared with it."
            ),
        ),
        (
            aql.lookup(letter="G", aql=10, severity="reduced"),
            (
                "Code letter G was entered. Table 2-C (ISO 2859-1:1999, reduced, single sampling) has a plan at AQL 10. "
                "The plan of letter G applies: inspect 13 items, accept on 5 or fewer, reject on 6 or more. This cell has "
                f"a second reading: G, 10 of table 2-C: 4/5 (EGToolsPP). {STANDING}; this cell has not been compared "
                "with it."
            ),
        ),
        (
            aql.lookup(letter="H", aql=0.4, fractional=True),
            (
                "Code letter H was entered. Table 11-A (ISO 2859-1:1999, normal, single sampling) has a plan at AQL "
                "0.40. The plan of letter H applies: inspect 50 items, acceptance number 1/3. The table of fractional "
                f"plans is unverified: no transcription confirms it. {STANDING}; this cell has not been compared with it."
            ),
        ),
        (
            aql.lookup(letter="D", aql=15),
            (
                "Code letter D was entered. Table 2-A (ISO 2859-1:1999, normal, single sampling) has a plan at AQL 15. "
                "The plan of letter D applies: inspect 8 items, accept on 3 or fewer, reject on 4 or more. AQL 15 means "
                f"nonconformities per 100 items. {STANDING}; this cell has not been compared with it."
            ),
        ),
        (
            aql.lookup(1, aql=2.5),
            (
                "A lot of one item has no code letter. By trade practice, inspect the item and accept it if it conforms. "
                f"{STANDING}."
            ),
        ),
        (
            aql.lookup(letter="J", aql=1.5, severity="reduced", standard="MIL-STD-105E"),
            (
                "Code letter J was entered. Table II-C (MIL-STD-105E, reduced, single sampling) has a plan at AQL 1.5. "
                "The plan of letter J applies: inspect 32 items, accept on 1 or fewer, reject on 4 or more (a count "
                "between them accepts this lot and ends reduced inspection). MIL-STD-105E is in the public domain; "
                "ANSI/ASQ Z1.4 prints the same plans."
            ),
        ),
    ],
    ids=[
        *("arrow", "not allowed", "whole lot", "star", "multiple", "disputed", "fractional", "per 100 items"),
        *("one item", "gap"),
    ],
)
def test_it_explains_itself(found: aql.Lookup, says: str) -> None:
    assert found.explain() == says


def test_a_later_sample_that_reaches_the_lot_is_said() -> None:
    """Rule 10: the stage that reaches the lot is the last and decides by the final numbers."""
    found = aql.lookup(60, aql=6.5, sampling="double", level="III")
    assert found.plan == aql.MultiplePlan((13, 13), (1, 4), (3, 5))
    found = aql.lookup(20, letter="F", aql=6.5, sampling="double")
    assert found.lot_plan == aql.MultiplePlan((13, 7), (1, 4), (3, 5))
    assert found.inspect_all is False
    assert (
        "The lot of 20 is used up before the last sample: draw 13 items, then 7 more as needed;"
        in found.explain()
    )


def test_inspect_all_is_unknown_without_a_lot() -> None:
    """Rule 10: inspect_all is None where no lot size was given."""
    found = aql.lookup(letter="J", aql=2.5)
    assert found.inspect_all is None
    assert found.lot_plan == found.plan


def test_the_first_sample_decides_whether_all_is_inspected() -> None:
    """Also of a plan whose samples differ, which no table has so far."""
    plan = aql.MultiplePlan((60, 50), (2, 6), (5, 7))
    found = aql.lookup(aql=2.5, letter="J", sampling="double")
    asked = [replace(found, plan=plan, lot_size=size).inspect_all for size in (50, 60, 61, None)]
    assert asked == [True, True, False, None]


def test_disputed_cells_carry_their_second_reading() -> None:
    found = aql.lookup(letter="A", aql=10, severity="tightened")
    assert found.disputed
    assert found.trace[0].second_reading == "plan 0/1 (n=2) (one GB/T 2828.1-2012 transcription)"
    assert not aql.lookup(letter="A", aql=10).disputed
    assert aql.lookup(letter="H", aql=1.0, sampling="multiple").disputed


def test_fractional_plans_say_that_they_are_unverified() -> None:
    found = aql.lookup(letter="H", aql=0.4, fractional=True)
    assert found.plan == FractionalPlan(50, Fraction(1, 3))
    assert found.unverified
    assert not aql.lookup(letter="H", aql=0.4).unverified
    assert found.lot_plan == found.plan
    assert aql.lookup(1200, aql=0.4, fractional=True).inspect_all is False


def test_the_html_form_says_the_same_and_escapes() -> None:
    html = aql.lookup(30, aql=4.0)._repr_html_()
    assert html.startswith('<div class="aql">')
    assert "Inspect 13 items, accept on 1 or fewer, reject on 2 or more" in html
    assert "D → E" in html
    assert "<script" not in html
    assert "not allowed" in aql.lookup(1200, aql=0)._repr_html_()
    assert "inspect every item" in aql.lookup(5, aql=1.0)._repr_html_()
    assert "disputed cell" in aql.lookup(letter="G", aql=10, severity="reduced")._repr_html_()
    assert "15 per 100 items" in aql.lookup(letter="G", aql=15)._repr_html_()


def test_below_is_preferred_where_the_lot_permits() -> None:
    """Rule 12: ``*`` and ``++`` take the plan of the same cell; prefer_below takes the one below."""
    asked: dict[str, Any] = {"letter": "E", "aql": 1.0, "sampling": "double"}
    assert aql.lookup(**asked).plan == aql.SinglePlan(13, 0)
    below = aql.lookup(**asked, prefer_below=True)
    assert (below.plan_letter, below.plan) == ("H", aql.MultiplePlan((32, 32), (0, 1), (2, 2)))
    assert aql.lookup(65, **asked, prefer_below=True).plan_letter == "H"
    assert aql.lookup(64, **asked, prefer_below=True).plan == aql.SinglePlan(13, 0)
    assert aql.lookup(letter="R", aql=0.010, sampling="double", severity="tightened", prefer_below=True).plan == aql.SinglePlan(2000, 0)  # fmt: skip


@given(found=lookups(not_allowed=True, fractional=True))
def test_any_lookup_is_a_value_and_explains_itself(found: aql.Lookup | FractionalLookup) -> None:
    copy = pickle.loads(pickle.dumps(found))
    assert copy == found
    assert hash(copy) == hash(found)
    assert f"The plan of letter {found.plan_letter} applies" in found.explain() or found.practice
    assert needs_nothing(found._repr_html_())
    if isinstance(found, FractionalLookup) or found.lot_size is None:
        return
    assert found.lot_plan.total == min(found.lot_size, getattr(found.plan, "total", found.lot_size))
    assert found.inspect_all == (found.lot_plan.stages[0].n == found.lot_size)


def test_the_smallest_lot_with_a_letter_may_be_a_float() -> None:
    assert list(aql.code_letter(np.array([2.0, 8.0, 9.0]))) == ["A", "A", "B"]
    for size in (1.0, 2.5):
        with pytest.raises(aql.DomainError, match="2 or more"):
            aql.code_letter(np.array([size]))
