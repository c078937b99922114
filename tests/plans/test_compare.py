"""Several plans compared in a tidy frame."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from aql.errors import DomainError
from aql.plans.compare import compare
from aql.plans.operating_characteristic import pa, pr
from aql.plans.plan import MultiplePlan, Plan, SinglePlan
from aql.plans.quality_levels import quality_at
from aql.plans.sample_number import asn
from aql.types import InspectionExtent

SINGLE, DOUBLE = SinglePlan(80, 5), MultiplePlan((50, 50), (2, 6), (5, 7))
PLANS: dict[str, Plan] = {"single": SINGLE, "double": DOUBLE}


@pytest.mark.parametrize("inspection", ["full", "semi", "curtailed"])
@pytest.mark.parametrize(
    "how",
    [
        {"p": [0.0, 0.01, 0.05, 1.0]},
        {"p": [0.0, 1.0, 5.0], "model": "poisson", "unit": "100 items"},
        {"p": [0.01, 0.05], "model": "hypergeometric", "lot_size": 400},
        {"nonconforming": [0, 4, 20, 400], "model": "hypergeometric", "lot_size": 400},
    ],
)
def test_every_row_is_what_the_plan_does(how: dict[str, Any], inspection: InspectionExtent) -> None:
    frame = compare(PLANS, **how, inspection=inspection)
    for name, plan in PLANS.items():
        rows = frame[frame["plan"] == name]
        np.testing.assert_array_equal(rows["pa"], pa(plan, **how))
        np.testing.assert_array_equal(rows["pr"], pr(plan, **how))
        np.testing.assert_array_equal(rows["asn"], asn(plan, **how, inspection=inspection))
        if "p" in how:
            np.testing.assert_allclose(rows["p"], how["p"], rtol=1e-15)


def test_columns_and_order() -> None:
    frame = compare([DOUBLE, SINGLE], [0.05, 0.01], names=["b", "a"])
    assert {name: str(kind) for name, kind in frame.dtypes.items()} == {
        "plan": "category",
        "p": "float64",
        "pa": "float64",
        "pr": "float64",
        "asn": "float64",
    }
    assert list(frame["plan"]) == ["b", "b", "a", "a"]
    assert list(frame["plan"].cat.categories) == ["b", "a"]
    assert list(frame["p"]) == [0.05, 0.01, 0.05, 0.01]
    assert list(frame.index) == [0, 1, 2, 3]
    means = frame.groupby("plan", observed=True)["pa"].mean()
    assert list(means.index) == ["b", "a"]


def test_a_finite_lot_has_its_numbers_too() -> None:
    frame = compare(PLANS, nonconforming=[4, 8], model="hypergeometric", lot_size=400)
    assert [str(kind) for kind in frame.dtypes] == [
        "category",
        "float64",
        "Int64",
        "float64",
        "float64",
        "float64",
    ]
    assert list(frame["nonconforming"]) == [4, 8, 4, 8]
    assert list(frame["p"]) == [0.01, 0.02, 0.01, 0.02]


def test_one_quality_and_missing_ones() -> None:
    assert len(compare(PLANS, 0.05)) == 2
    assert compare([SINGLE], [0.05, np.nan]).isna().to_numpy().tolist() == [[False] * 5, [False, *[True] * 4]]
    lot = compare([SINGLE], [0.05, np.nan], model="hypergeometric", lot_size=400)
    assert lot["nonconforming"].isna().tolist() == [False, True]
    assert compare(PLANS, []).shape == (0, 5)


def test_names() -> None:
    assert list(compare([SINGLE, DOUBLE], 0.05)["plan"]) == ["n 80, Ac 5", "n 50 + 50, Ac 2 6, Re 5 7"]
    assert list(compare(PLANS, 0.05)["plan"]) == ["single", "double"]
    assert list(compare(PLANS, 0.05, names=("x", "y"))["plan"]) == ["x", "y"]
    assert list(compare(iter([SINGLE]), 0.05, names=[7])["plan"]) == ["7"]  # type: ignore[list-item]
    # Both are 3 × 5, last Ac 2, in short.
    alike = [MultiplePlan((5, 5, 5), (0, ac, 2), (2, 3, 3)) for ac in (0, 1)]
    assert list(compare(alike, 0.05)["plan"]) == [repr(plan) for plan in alike]


# Qualities where none are given ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "how", [{}, {"model": "poisson"}, {"model": "poisson", "unit": "100 items"}, {"points": 11}]
)
def test_the_grid_ends_where_all_plans_hardly_accept(how: dict[str, Any]) -> None:
    frame = compare(PLANS, **how)
    model = {name: value for name, value in how.items() if name != "points"}
    count = how.get("points", 101)
    ends = [quality_at(plan, 0.01, **model) for plan in PLANS.values()]
    np.testing.assert_array_equal(frame["p"], [*np.linspace(0, max(ends), count)] * 2)
    last = frame.groupby("plan", observed=True)["pa"].last()
    assert last.max() == pytest.approx(0.01, rel=1e-9)
    assert list(frame["pa"].iloc[[0, count]]) == [1, 1]


@pytest.mark.parametrize("size", [60, 400, 100_000])
def test_the_grid_of_a_lot_is_whole(size: int) -> None:
    plan = SinglePlan(20, 1) if size == 60 else SINGLE
    frame = compare([plan], model="hypergeometric", lot_size=size)
    counts = frame["nonconforming"].to_numpy(dtype=int)
    assert (len(counts), counts[0]) == (min(counts[-1] + 1, 101), 0)
    assert (np.diff(counts) >= 1).all()
    assert frame["pa"].iloc[-1] < 0.01
    # One nonconforming item fewer is still accepted so often.
    assert pa(plan, nonconforming=int(counts[-1]) - 1, model="hypergeometric", lot_size=size) >= 0.01


def test_a_plan_that_cannot_reject_is_drawn_to_the_end() -> None:
    never = SinglePlan(5, 5)
    assert compare([never], points=3)["p"].tolist() == [0, 0.5, 1]
    assert compare([never], points=3)["pa"].tolist() == [1, 1, 1]
    lot = compare([never], model="hypergeometric", lot_size=10)
    assert lot["nonconforming"].tolist() == [*range(11)]
    together = compare([never, SINGLE])
    assert together["p"].max() == quality_at(SINGLE, 0.01)
    mixed = compare([never, SINGLE], model="hypergeometric", lot_size=400)
    alone = compare([SINGLE], model="hypergeometric", lot_size=400)
    assert mixed["nonconforming"].max() == alone["nonconforming"].max()


# What is refused -------------------------------------------------------------------------------------------------

NOT_PLANS = "plans must be one or more plans, in a list or a dict, got"
NAMES = "names must be 2 different names, one per plan, got"


@pytest.mark.parametrize(
    ("plans", "how", "said"),
    [
        ([], {}, f"{NOT_PLANS} []."),
        (SINGLE, {}, f"{NOT_PLANS} SinglePlan(n=80, ac=5)."),
        ({}, {}, f"{NOT_PLANS} dict_values([])."),
        ([SINGLE, "n 80"], {}, f"{NOT_PLANS} 'n 80'."),
        ("plan", {}, f"{NOT_PLANS} 'p'."),
        ([SINGLE, DOUBLE], {"names": ["one"]}, f"{NAMES} ['one']."),
        ([SINGLE, DOUBLE], {"names": ["one", "one"]}, f"{NAMES} ['one', 'one']."),
        ([SINGLE, SINGLE], {}, f"{NAMES} ['SinglePlan(n=80, ac=5)', 'SinglePlan(n=80, ac=5)']."),
        ([SINGLE], {"points": 1}, "points must be a whole number, 2 to 1000000, got 1."),
        (
            [SINGLE],
            {"points": 0, "model": "hypergeometric", "lot_size": 100},
            "points must be a whole number, 2 to 1000000, got 0.",
        ),
    ],
)
def test_what_is_not_possible_is_refused(plans: Any, how: dict[str, Any], said: str) -> None:
    with pytest.raises(DomainError) as caught:
        compare(plans, **how)
    assert str(caught.value) == said


@pytest.mark.parametrize(
    "how",
    [
        {"model": "normal"},
        {"lot_size": 100},
        {"unit": "100 items"},
        {"model": "hypergeometric"},
        {"model": "hypergeometric", "lot_size": 0},
        {"p": 0.1, "inspection": "none"},
        {"p": 2.0},
    ],
)
def test_the_model_is_checked_as_everywhere(how: dict[str, Any]) -> None:
    with pytest.raises(DomainError):
        compare([SINGLE], **how)


def test_it_is_a_frame() -> None:
    assert isinstance(compare([SINGLE]), pd.DataFrame)
