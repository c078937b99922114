"""The numbers behind the plots: each frame has the values of the plan's functions, over a range worth drawing."""

from typing import Any, cast

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aql import AqlError, MultiplePlan, SinglePlan, lookup
from aql.plans import operating_characteristic as operating
from aql.plans import outgoing_quality as outgoing
from aql.plans import posterior, sample_number, total_inspection
from aql.plans.plan import Plan
from aql.plot import comparisons, curves
from aql.plot.quality_columns import limit_of, quality_column
from aql.strategies import single_plans
from aql.types import Model, Severity, Unit

PLAN = SinglePlan(80, 2)
DOUBLE = MultiplePlan((50, 50), (2, 6), (5, 7))
PLANS = single_plans(max_n=400, max_ac=12, gaps=False) | st.just(DOUBLE)
PA = "probability_of_acceptance"


def message(call: Any, *args: Any, **how: Any) -> str:
    with pytest.raises(AqlError) as caught:
        call(*args, **how)
    return str(caught.value)


# The range ------------------------------------------------------------------------------------------------------


@given(plan=PLANS, model=st.sampled_from(["binomial", "poisson"]))
def test_a_curve_begins_at_quality_zero_and_ends_where_it_is_down(plan: Plan, model: Model) -> None:
    frame = curves.oc_curve(plan, model=model)
    quality, accepted = frame[quality_column(frame)], frame[PA]
    assert quality.is_monotonic_increasing
    assert quality.iloc[0] == 0
    assert accepted.iloc[0] == 1
    assert accepted.is_monotonic_decreasing
    assert accepted.iloc[-1] <= 0.01 * (1 + 1e-9) or (
        model == "binomial" and accepted.iloc[-1] == 1 and quality.iloc[-1] == 1
    )
    assert len(frame) == 201


@given(plan=PLANS, lot_size=st.integers(1, 3000))
def test_a_finite_lot_is_drawn_at_whole_items(plan: Plan, lot_size: int) -> None:
    frame = curves.oc_curve(plan, model="hypergeometric", lot_size=lot_size)
    bad = frame["nonconforming_items"]
    assert bad.dtype.kind == "i"
    assert bad.is_unique
    assert (bad.min(), bad.max() <= lot_size) == (0, True)
    assert len(frame) <= 201
    np.testing.assert_array_equal(frame["fraction_nonconforming"], bad / lot_size)
    np.testing.assert_array_equal(
        frame[PA], operating.pa(plan, nonconforming=bad.to_numpy(), model="hypergeometric", lot_size=lot_size)
    )


@pytest.mark.parametrize(
    ("model", "unit", "lot_size", "columns"),
    [
        ("binomial", "item", None, ["fraction_nonconforming"]),
        ("poisson", "item", None, ["nonconformities_per_item"]),
        ("poisson", "100 items", None, ["nonconformities_per_100_items"]),
        ("hypergeometric", "item", 500, ["nonconforming_items", "fraction_nonconforming"]),
    ],
)
def test_the_columns_name_the_unit(
    model: Model, unit: Unit, lot_size: int | None, columns: list[str]
) -> None:
    law: dict[str, Any] = {"model": model, "unit": unit, "lot_size": lot_size}
    assert [*curves.oc_curve(PLAN, **law)] == [*columns, PA]
    assert [*curves.asn_curve(PLAN, **law)] == [*columns, "average_sample_number_items"]
    assert [*curves.oc_marks(PLAN, **law)] == ["mark", columns[-1], PA, "risk"]
    law["lot_size"] = 500
    assert [*curves.aoq_curve(PLAN, **law)] == [*columns, f"outgoing_{columns[-1]}"]
    assert [*curves.ati_curve(PLAN, **law)] == [*columns, "average_total_inspection_items"]
    assert [*comparisons.oc_curves([PLAN], **{**law, "lot_size": lot_size})] == ["plan", *columns, PA]


@pytest.mark.parametrize("p", [0.1, [0.1], [[0.1, 0.2]], [0.1, float("nan")]], ids=str)
def test_qualities_that_make_no_curve(p: Any) -> None:
    assert message(curves.oc_curve, PLAN, p) == (f"p must be a sequence of two or more qualities, got {p!r}.")


def test_what_is_no_plan() -> None:
    expected = (
        "plan must be a SinglePlan or a MultiplePlan, got 5. "
        "Build one, for example SinglePlan(n=80, ac=2), or look one up: lookup(1200, aql=2.5).plan."
    )
    plan: Any = 5
    for call in (curves.oc_curve, curves.oc_marks, curves.aoq_curve, curves.asn_curve):
        assert message(call, plan) == expected
    assert message(curves.ati_curve, plan, lot_size=100) == expected
    assert message(comparisons.type_curves, plan, lot_size=100) == expected
    assert message(comparisons.oc_curves, [PLAN, plan]) == (
        "plans must be one or more plans, in a list or a dict, got 5."
    )


# The values -----------------------------------------------------------------------------------------------------

QUALITIES = [0.0, 0.004, 0.03, 0.3]


@pytest.mark.parametrize("plan", [PLAN, DOUBLE])
@pytest.mark.parametrize("unit", ["item", "100 items"])
def test_values_are_those_of_the_plan_in_the_unit_asked_for(plan: Plan, unit: Unit) -> None:
    times = 100 if unit == "100 items" else 1
    p = np.array(QUALITIES) * times
    how: dict[str, Any] = {"model": "poisson", "unit": unit}
    near: Any = {"rtol": 1e-12}
    np.testing.assert_allclose(curves.oc_curve(plan, p, **how)[PA], operating.pa(plan, p, **how), **near)
    np.testing.assert_allclose(
        curves.asn_curve(plan, p, inspection="semi", **how).iloc[:, -1],
        sample_number.asn(plan, QUALITIES, inspection="semi", model="poisson"),
        **near,
    )
    np.testing.assert_allclose(
        curves.ati_curve(plan, p, lot_size=900, **how).iloc[:, -1],
        total_inspection.ati(plan, QUALITIES, lot_size=900, model="poisson"),
        **near,
    )
    np.testing.assert_allclose(
        curves.aoq_curve(plan, p, lot_size=900, found="removed", **how).iloc[:, -1],
        outgoing.aoq(plan, QUALITIES, lot_size=900, found="removed", model="poisson") * times,
        **near,
    )


@pytest.mark.parametrize("unit", ["item", "100 items"])
def test_the_limit_is_the_top_of_the_outgoing_quality(unit: Unit) -> None:
    frame = curves.aoq_curve(PLAN, lot_size=900, model="poisson", unit=unit)
    limit = outgoing.aoql(PLAN, lot_size=900, model="poisson")
    times = 100 if unit == "100 items" else 1
    top = frame.iloc[frame.iloc[:, -1].argmax()]
    assert tuple(top) == pytest.approx((limit.at * times, limit.value * times), rel=1e-9)


def test_the_limit_of_a_finite_lot_is_among_its_points() -> None:
    frame = curves.aoq_curve(PLAN, lot_size=5000, model="hypergeometric")
    limit = outgoing.aoql(PLAN, lot_size=5000, model="hypergeometric")
    top = frame.iloc[frame.iloc[:, -1].argmax()]
    assert (top["fraction_nonconforming"], top.iloc[-1]) == (limit.at, limit.value)


def test_a_plan_that_rejects_nothing_has_no_limit() -> None:
    assert message(curves.aoq_curve, SinglePlan(2, 3)) == (
        "plan must reject some lots to have an AOQL, got SinglePlan(n=2, ac=3)."
    )


# The marks ------------------------------------------------------------------------------------------------------


@given(plan=PLANS, alpha=st.floats(0.001, 0.3), beta=st.floats(0.001, 0.3))
def test_the_risks_at_the_marks_are_those_asked_for(plan: Plan, alpha: float, beta: float) -> None:
    marks = curves.oc_marks(plan, alpha=alpha, beta=beta).set_index("mark")
    if operating.pa(plan, 1.0) == 1:
        assert marks.empty
    else:
        assert list(marks.index) == ["PRQ", "CRQ"]
        assert list(marks["risk"]) == pytest.approx([alpha, beta], rel=1e-6)


def test_with_an_aql_the_producers_risk_is_that_at_the_aql() -> None:
    marks = curves.oc_marks(PLAN, aql=1.5, model="poisson", unit="100 items")
    assert list(marks["mark"]) == ["AQL", "CRQ"]
    assert marks["nonconformities_per_100_items"].iloc[0] == 1.5
    assert marks["risk"].iloc[0] == pytest.approx(operating.pr(PLAN, 0.015, model="poisson"))
    assert curves.oc_marks(SinglePlan(2, 3), aql=0.01)["risk"].tolist() == [0.0]


def test_marks_can_be_left_out() -> None:
    assert list(curves.oc_marks(PLAN, alpha=None)["mark"]) == ["CRQ"]
    assert list(curves.oc_marks(PLAN, beta=None)["mark"]) == ["PRQ"]
    assert curves.oc_marks(PLAN, alpha=None, beta=None).empty


def test_the_marks_of_a_finite_lot_are_whole_items() -> None:
    marks = curves.oc_marks(SinglePlan(20, 1), aql=0.05, model="hypergeometric", lot_size=120)
    counts = marks["fraction_nonconforming"] * 120
    np.testing.assert_allclose(counts, counts.round())


@pytest.mark.parametrize("risk", [0.0, 1.0, -0.1, float("nan"), 5, "5 %"], ids=str)
def test_a_risk_lies_between_0_and_1(risk: Any) -> None:
    hint = " Write 0.05 for 5 %." if risk == 5 else ""
    expected = f"must be above 0 and below 1, got {risk!r}.{hint}"
    assert message(curves.oc_marks, PLAN, alpha=risk) == f"alpha {expected}"
    assert message(curves.oc_marks, PLAN, beta=risk) == f"beta {expected}"


def test_an_aql_in_percent_is_refused() -> None:
    assert (
        message(curves.oc_marks, PLAN, aql=2.5) == "aql must be from 0 to 1, got 2.5. Write 0.025 for 2.5 %."
    )
    assert message(limit_of, True, "binomial") == "aql must be from 0 to 1, got True."
    assert message(limit_of, -1, "poisson") == "aql must be 0 or more and finite, got -1."
    assert message(limit_of, "1", "poisson") == "aql must be a number or an array of numbers, got '1'."
    assert message(limit_of, float("inf"), "poisson") == "aql must be 0 or more and finite, got inf."
    assert limit_of(2, "poisson") == 2
    assert (limit_of(0, "poisson"), limit_of(0, "binomial"), limit_of(1, "binomial")) == (0, 0, 1)


# Several curves -------------------------------------------------------------------------------------------------


def test_each_of_several_curves_has_its_own_steps() -> None:
    frame = comparisons.oc_curves({"steep": SinglePlan(1250, 3), "flat": SinglePlan(2, 0)})
    steep = frame[frame["plan"] == "steep"]
    assert (steep[PA].between(0.01, 0.99)).sum() > 100
    assert (
        steep["fraction_nonconforming"].tolist()
        == frame[frame["plan"] == "flat"]["fraction_nonconforming"].tolist()
    )


def test_plans_are_named_by_their_numbers_unless_two_would_share_a_name() -> None:
    one, other = (MultiplePlan((5, 5, 5), (0, 1, 2), (2, last, 3)) for last in (2, 3))
    assert comparisons.oc_curves([PLAN])["plan"].unique().tolist() == ["n 80, Ac 2"]
    named = comparisons.oc_curves([PLAN, one, other])["plan"].unique().tolist()
    assert named == ["n 80, Ac 2", repr(one), repr(other)]
    assert message(comparisons.oc_curves, [PLAN, PLAN]).startswith(
        "names must be 2 different names, one per plan, got"
    )
    needed = "plans must be one or more plans, in a list or a dict, got"
    assert message(comparisons.oc_curves, []) == f"{needed} []."
    assert message(comparisons.oc_curves, PLAN) == f"{needed} SinglePlan(n=80, ac=2)."


def test_both_types_lie_on_their_own_law() -> None:
    frame = comparisons.type_curves(DOUBLE, lot_size=60)
    lot, process = (frame[frame["type"] == one] for one in "AB")
    bad = (lot["fraction_nonconforming"] * 60).round()
    np.testing.assert_array_equal(bad, np.arange(len(lot)))
    whole: dict[str, Any] = {"model": "hypergeometric", "lot_size": 60}
    np.testing.assert_array_equal(lot[PA], operating.pa(DOUBLE, nonconforming=bad.astype(int), **whole))
    carried_out = MultiplePlan((50, 10), (2, 6), (5, 7))
    np.testing.assert_array_equal(
        process[PA], operating.pa(carried_out, process["fraction_nonconforming"].to_numpy())
    )


@pytest.mark.parametrize(
    ("p", "items"),
    [
        ([0.0, 1.0], range(21)),
        ([0.05, 0.15], range(1, 4)),
        ([0.051, 0.149], range(2, 3)),
        ([0.1 + 1e-12, 0.3 - 1e-12], range(2, 7)),
    ],
    ids=str,
)
def test_type_a_has_a_point_for_every_whole_item_between_the_qualities_of_the_process(
    p: list[float], items: range
) -> None:
    frame = comparisons.type_curves(SinglePlan(5, 1), p, lot_size=20)
    assert frame.index.tolist() == list(range(len(frame)))
    lot, process = (frame[frame["type"] == one] for one in "AB")
    assert lot["fraction_nonconforming"].tolist() == [bad / 20 for bad in items]
    assert process["fraction_nonconforming"].tolist() == p


def test_type_a_has_as_many_points_as_can_be_told_apart() -> None:
    frame = comparisons.type_curves(PLAN, lot_size=100_000, points=30)
    lot = frame[frame["type"] == "A"]
    assert len(lot) == 30
    np.testing.assert_allclose(
        lot["fraction_nonconforming"] * 1e5, (lot["fraction_nonconforming"] * 1e5).round()
    )


@pytest.mark.parametrize("aql", ["2.5", "40"])
def test_severities_are_those_of_the_lookup(aql: str) -> None:
    frame = comparisons.severity_curves(letter="H", aql=aql)
    column = quality_column(frame)
    assert column == ("fraction_nonconforming" if aql == "2.5" else "nonconformities_per_100_items")
    law: dict[str, Any] = {} if aql == "2.5" else {"model": "poisson", "unit": "100 items"}
    assert frame["severity"].unique().tolist() == ["normal", "tightened", "reduced"]
    for severity, part in frame.groupby("severity"):
        plan = lookup(letter="H", aql=aql, severity=cast(Severity, severity)).plan
        assert isinstance(plan, SinglePlan)
        np.testing.assert_allclose(part[PA], plan.pa(part[column].to_numpy(), **law), rtol=1e-12)


def test_aql_0_has_no_severities() -> None:
    assert message(comparisons.severity_curves, 1200, aql=0) == (
        "aql must be above 0 to have severities, got 0. Plot its plan with plot.oc."
    )


# The posterior --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("d", "n", "size"), [(5, 80, 1200), (0, 13, 30), (1, 30, 30), (7, 200, 100_000)])
def test_the_posterior_is_that_of_the_lot(d: int, n: int, size: int) -> None:
    known = posterior(d, n, size)
    frame = curves.posterior_distribution(known)
    bad = frame["nonconforming_items"].to_numpy()
    assert len(frame) <= 401
    np.testing.assert_array_equal(frame["probability"], known.pmf(bad))
    np.testing.assert_array_equal(frame["probability_at_most"], known.cdf(bad))
    np.testing.assert_array_equal(frame["fraction_nonconforming"], bad / size)
    assert known.cdf(bad[-1]) - known.cdf(bad[0]) + known.pmf(bad[0]) >= 0.9998 - 1e-12


def test_what_is_no_posterior() -> None:
    known: Any = pd.NA
    assert message(curves.posterior_distribution, known) == (
        "known must be a LotPosterior, got <NA>. "
        "Build one, for example with aql.plans.posterior(d=5, n=80, lot_size=1200)."
    )


@pytest.mark.parametrize("points", [1, 0, 2.5])
def test_a_curve_has_two_points_or_more(points: Any) -> None:
    told = f"points must be a whole number, 2 to 1000000, got {points}."
    known = posterior(5, 80, 1200)
    assert message(curves.posterior_distribution, known, points=points) == told
    assert message(comparisons.type_curves, PLAN, lot_size=500, points=points) == told
    assert len(curves.posterior_distribution(known, points=2)) == 2
    assert (comparisons.type_curves(PLAN, lot_size=500, points=2)["type"] == "A").sum() == 2
