"""Many lots at once: each lot has the plan that its own lookup gives, and the result is a value."""

import pickle
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import aql
from aql.markup import as_text
from aql.types import LEVELS, Level

AQLS = ("0", "0.010", "0.65", "2.5", "10", "1000")
LOT = st.tuples(
    st.sampled_from([1, 2, 8, 9, 281, 3201, 600_000]), st.sampled_from(AQLS), st.sampled_from(LEVELS)
)


@given(
    lots=st.lists(LOT, min_size=1, max_size=4), standard=st.sampled_from(["ISO 2859-1:1999", "MIL-STD-105E"])
)
def test_each_lot_has_the_plan_of_its_own_lookup(lots: list[tuple[int, str, Level]], standard: Any) -> None:
    sizes, aqls, levels = zip(*lots, strict=True)
    many = aql.lookup_many(sizes, aql=aqls, level=levels, standard=standard)
    alone = [aql.lookup(size, aql=one, level=level, standard=standard) for size, one, level in lots]
    assert many.letter.tolist() == [one.letter for one in alone]
    assert many.plan_letter.tolist() == [one.plan_letter for one in alone]
    plans = [one.plan for one in alone if isinstance(one.plan, aql.SinglePlan)]
    assert many.n.tolist() == [plan.n for plan in plans]
    assert many.ac.tolist() == [plan.ac for plan in plans]
    assert many.re.tolist() == [plan.re for plan in plans]
    assert many.inspect_all.tolist() == [one.inspect_all for one in alone]
    assert many.practice.tolist() == [one.practice for one in alone]
    assert np.array_equal(many.aql, aqls)
    assert np.array_equal(many.level, levels)


def test_a_lot_of_one_item_does_not_stop_the_others() -> None:
    """Rule 10: n 1, Ac 0, Re 1, no letter, marked as practice; `code_letter` raises."""
    many = aql.lookup_many([7, 1, 325], aql=2.5)
    assert many.letter.tolist() == ["A", None, "H"]
    assert [many.n[1], many.ac[1], many.re[1], many.practice.tolist()] == [1, 0, 1, [False, True, False]]
    with pytest.raises(aql.DomainError, match=r"lot_sizes\[1\] must be a whole number, 2 or more, got 1"):
        aql.code_letter([7, 1, 325])
    with pytest.raises(aql.DomainError, match=r"got 1\. A lot of one item has no code letter"):
        aql.code_letter(1)


def test_a_series_keeps_its_index() -> None:
    lots = pd.DataFrame({"size": [30, 1200], "aql": [4.0, 0.65], "level": ["II", "S-1"]}, index=["x", "y"])
    frame = aql.lookup_many(lots["size"], aql=lots["aql"], level=lots["level"]).to_frame()
    assert frame.index.tolist() == ["x", "y"]
    assert frame["n"].tolist() == [13, 20]
    of_polars = aql.lookup_many(pl.Series("size", [30, 1200]), aql=pl.Series("aql", [4.0, 0.65]))
    assert of_polars.to_frame()["n"].tolist() == [13, 80]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"aql": [2.5]}, "aql must be one value or have the shape of lot_sizes, (2,), got (1,)."),
        ({"aql": 2.5, "level": [["II", "I"]]}, "level must be one value or have the shape of lot_sizes, (2,), got (1, 2)."),
        ({"aql": pd.Series([2.5, 4.0], index=[1, 0])}, "aql must have the same index as lot_sizes."),
        ({"aql": [2.5, 1.2]}, "aql[1]: AQL 1.2 is not a column of ISO 2859-1:1999; the nearest are 1.0 and 1.5. For another plan, build SinglePlan(n=..., ac=...)."),
        ({"aql": [2.5, None]}, "aql[1]: aql must be a number such as 2.5, got None."),
        ({"aql": np.array([2.5, {}], dtype=object)}, "aql[1]: aql must be a number such as 2.5, got {}."),
        ({"aql": 2.5, "level": ["ii", "II"]}, 'level[0]: level must be "S-1", "S-2", "S-3", "S-4", "I", "II" or "III", got \'ii\'. Did you mean "II"?'),
        ({"aql": 2.5, "standard": "ISO 2859-1:2026"}, "The table of code letters of ISO 2859-1:2026 has not been checked; of ISO 2859-1:2026 only the single sampling plans for AQL 0.010 to 6.5 have been compared with the 1999 tables, and agree. Look up a checked part by letter, or use \"ISO 2859-1:1999\"."),
    ],
)  # fmt: skip
def test_an_argument_that_does_not_fit(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(aql.DomainError) as caught:
        aql.lookup_many(pd.Series([30, 1200]), **arguments)
    assert str(caught.value) == message


def test_it_is_a_value() -> None:
    def many(**how: Any) -> Any:
        return aql.lookup_many(pd.Series([30, 1200, 1]), **({"aql": [2.5, 4.0, 0]} | how))

    first, again = many(), pickle.loads(pickle.dumps(many()))
    assert first == again == many(aql=["2.5", "4.0", "0"])
    assert hash(first) == hash(again)
    others = [
        many(aql=2.5),
        many(level=["II"] * 3),
        many(severity="tightened"),
        aql.lookup_many([30, 1200, 1], aql=[2.5, 4.0, 0]),
    ]
    assert all(first != other for other in [*others, "text"])
    for found in (first, again):
        with pytest.raises(ValueError, match="read-only"):
            found.n[0] = 1


def test_no_lots_have_no_plans() -> None:
    assert aql.lookup_many([], aql=2.5).n.dtype == np.int64
    assert aql.lookup_many([], aql=[], level=[]).to_frame().empty


def test_it_shows_itself_in_a_few_lines() -> None:
    many = aql.lookup_many([1, 2, 30, *range(100, 1100)], aql=2.5)
    assert as_text(many._repr_html_()).splitlines() == [
        "1003 lots, ISO 2859-1:1999, normal inspection",
        "",
        "lot   level  AQL  letter  n   Ac  Re",
        "────────────────────────────────────────────────────────",
        "1     II     2.5          1   0   1   inspect every item",
        "2     II     2.5  A → C   5   0   1   inspect every item",
        "30    II     2.5  D → C   5   0   1",
        "100   II     2.5  F       20  1   2",
        "101   II     2.5  F       20  1   2",
        "102   II     2.5  F       20  1   2",
        "103   II     2.5  F       20  1   2",
        "104   II     2.5  F       20  1   2",
        "…                                     993 more",
        "1098  II     2.5  J       80  5   6",
        "1099  II     2.5  J       80  5   6",
    ]
    assert repr(aql.lookup_many([30], aql=[4.0], level=["II"])) == (
        "<ManyLookups ISO 2859-1:1999, 1 lot, a level per lot, an AQL per lot, normal>"
    )
    assert "4.0" in as_text(aql.lookup_many([30], aql=[4.0], level=["II"])._repr_html_())


@pytest.mark.parametrize("size", [1, 30, np.int64(1200), np.array(40_000)])
def test_one_lot_may_come_without_a_list(size: Any) -> None:
    one, same = aql.lookup_many(size, aql=2.5), aql.lookup_many([int(size)], aql=2.5)
    assert (one.n.shape, one.letter.shape) == ((), ())
    assert one.to_frame().equals(same.to_frame())
    assert as_text(one._repr_html_()) == as_text(same._repr_html_())
    assert aql.lookup_many(size, aql=2.5) == one
    assert str(aql.lookup_many(size, aql=np.array(4.0)).aql) == "4.0"
