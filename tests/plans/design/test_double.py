"""Double plans with the smallest average sample number, compared with trying every plan."""

from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from aql.errors import DomainError
from aql.plans.design.demands import demand_of
from aql.plans.design.double import design_double
from aql.plans.design.single import design
from aql.plans.design.stages import candidates
from aql.plans.operating_characteristic import pa, pr
from aql.plans.plan import MultiplePlan, SinglePlan
from aql.plans.sample_number import asn
from tests.oracles.exhaustive_design import Task, exhaustive_double
from tests.profiles import examples

LOT: dict[str, Any] = {"model": "hypergeometric", "lot_size": 200, "unit": "lot"}


def found(task: Task, **how: Any) -> MultiplePlan | None:
    """The plan by the package; None where it says that there is none."""
    try:
        return design_double(**task.keywords, **how)
    except DomainError as error:
        if not str(error).startswith("no double plan"):
            raise
        return None


def agree(task: Task, *, times: int, at: str, free: bool) -> None:
    where = {"prq": task.prq, "crq": task.crq}.get(at, at)
    number: Any = at if at in {"prq", "crq"} else int(at) if task.lot_size else float(at)
    plan = found(task, ratio=times, at=number, first_re="any" if free else "last")
    wanted = exhaustive_double(task, times=times, where=where, free=free)
    assert (plan and (plan.n, plan.ac, plan.re)) == (wanted and wanted[1:])


# Laws: it is what trying every plan finds ------------------------------------------------------------------------


@pytest.mark.parametrize("free", [False, True])
@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize(
    ("task", "at"),
    [
        (Task("binomial", "0.1", "0.05", "0.4", "0.1"), "prq"),
        (Task("binomial", "0.1", "0.05", "0.4", "0.1"), "crq"),
        (Task("binomial", "0.1", "0.05", "0.4", "0.1"), "0.25"),
        (Task("binomial", "0", "0.05", "0.3", "0.05"), "prq"),
        (Task("binomial", "0.45", "0.05", "0.8", "0.1"), "prq"),
        (Task("binomial", "0.2", "0.01", "0.7", "0.01"), "prq"),
        (Task("binomial", "0.3", "0.1", "1", "0.1"), "crq"),
        (
            Task("binomial", "0.5", "0.2", "0.95", "0.2"),
            "prq",
        ),  # samples smaller than the counts that are tried
        (Task("poisson", "0.5", "0.05", "4", "0.1"), "prq"),
        (Task("poisson", "0.5", "0.05", "4", "0.1"), "crq"),
        (Task("poisson", "2", "0.05", "6", "0.1"), "prq"),
        (Task("hypergeometric", "1", "0.05", "6", "0.1", 20), "prq"),
        (Task("hypergeometric", "2", "0.05", "8", "0.1", 24), "crq"),
        (Task("hypergeometric", "2", "0.05", "8", "0.1", 24), "5"),
        (Task("hypergeometric", "0", "0.05", "3", "0.1", 15), "prq"),
        (Task("hypergeometric", "0", "0.05", "1", "0.1", 12), "prq"),
        (Task("hypergeometric", "5", "0.01", "6", "0.01", 12), "prq"),
    ],
    ids=str,
)
def test_a_grid_of_demands(task: Task, at: str, times: int, free: bool) -> None:
    agree(task, times=times, at=at, free=free)


risk = st.sampled_from(["0.01", "0.05", "0.1", "0.25", "0.5"])


@examples(50)
@given(
    model=st.sampled_from(["binomial", "poisson", "hypergeometric"]),
    alpha=risk,
    beta=risk,
    times=st.integers(1, 3),
    at=st.sampled_from(["prq", "crq"]),
    free=st.booleans(),
    data=st.data(),
)
def test_any_demand(
    model: str, alpha: str, beta: str, times: int, at: str, free: bool, data: st.DataObject
) -> None:
    if model == "hypergeometric":
        size = data.draw(st.integers(2, 24))
        poor = data.draw(st.integers(1, size))
        task = Task(model, str(data.draw(st.integers(0, poor - 1))), alpha, str(poor), beta, size)
    else:
        tenths = data.draw(st.integers(3, 10 if model == "binomial" else 30))
        task = Task(model, f"{data.draw(st.integers(0, tenths // 3)) / 10}", alpha, f"{tenths / 10}", beta)
    # Counts of the Poisson law have no end, so trying every plan takes far longer there.
    assume(design(**task.keywords).n <= (6 if model == "poisson" else 10))
    agree(task, times=times, at=at, free=free)


@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize("first_re", ["last", "any"])
@pytest.mark.parametrize(
    "task",
    [
        {"prq": (0.01, 0.05), "crq": (0.05, 0.10)},
        {"prq": (0.015, 0.05), "crq": (0.10, 0.10)},
        {"prq": (0.01, 0.02), "crq": (0.03, 0.05), "at": "crq"},
        {"prq": (0.01, 0.05), "crq": (0.05, 0.10), "model": "poisson"},
        {"prq": (1, 0.05), "crq": (5, 0.10), "model": "poisson", "unit": "100 items"},
        {"prq": (2, 0.05), "crq": (20, 0.10), **LOT},
    ],
)
def test_it_meets_both_risks_with_fewer_items_than_the_single_plan(
    task: dict[str, Any], first_re: Any, times: int
) -> None:
    plan = design_double(**task, ratio=times, first_re=first_re)
    both: dict[str, Any] = {name: value for name, value in task.items() if name != "at"}
    single = design(**both)
    (good, alpha), (poor, beta) = task["prq"], task["crq"]
    how: dict[str, Any] = {name: task[name] for name in ("model", "lot_size") if name in task}
    name = "nonconforming" if "lot_size" in task else "p"
    scale = 100 if task.get("unit") == "100 items" else 1
    at_good: dict[str, Any] = {name: good / scale, **how}
    at_poor: dict[str, Any] = {name: poor / scale, **how}
    assert pr(plan, **at_good) <= alpha
    assert pa(plan, **at_poor) <= beta
    if task.get("at") != "crq":
        assert asn(plan, **at_good) < single.n < plan.total
    assert plan.n[1] == times * plan.n[0]
    assert plan.re[1] == plan.final_ac + 1
    assert first_re == "any" or plan.re[0] == plan.re[1]


@pytest.mark.parametrize(
    "task", [{"prq": (0.01, 0.05), "crq": (0.05, 0.10)}, {"prq": (2, 0.05), "crq": (20, 0.10), **LOT}]
)
@pytest.mark.parametrize("times", [1, 2])
def test_an_earlier_rejection_never_takes_more_items(task: dict[str, Any], times: int) -> None:
    name = "nonconforming" if "lot_size" in task else "p"
    how = {key: task[key] for key in ("model", "lot_size") if key in task} | {name: task["prq"][0]}
    late = design_double(**task, ratio=times)
    early = design_double(**task, ratio=times, first_re="any")
    assert asn(early, **how) <= asn(late, **how) * (1 + 1e-12)


def test_units_are_the_same_qualities() -> None:
    each = design_double(prq=(0.01, 0.05), crq=(0.05, 0.10), model="poisson", at=0.02)
    counted = design_double(prq=(1, 0.05), crq=(5, 0.10), model="poisson", unit="100 items", at=2)
    assert each == counted
    share = design_double(prq=(0.01, 0.05), crq=(0.1, 0.10), model="hypergeometric", lot_size=200)
    assert (
        share == design_double(prq=(2, 0.05), crq=(20, 0.10), **LOT) == MultiplePlan((23, 23), (0, 1), (2, 2))
    )


@pytest.mark.parametrize("free", [False, True])
def test_the_listed_numbers_are_those_of_the_plan(free: bool) -> None:
    demand = demand_of((0.01, 0.05), (0.05, 0.10), model="binomial", lot_size=None, unit="item")
    listed = candidates(demand, 95, 1, 0.01, top=30, free=free, below=200.0)
    assert listed == sorted(listed) != []
    for one in listed:
        plan = MultiplePlan((95, 95), (one.ac1, one.ac2), (one.re1, one.ac2 + 1))
        assert one.size == pytest.approx(asn(plan, 0.01), rel=1e-9)
        assert one.sure
        assert pr(plan, 0.01) <= 0.05
        assert pa(plan, 0.05) <= 0.10


def test_a_risk_that_is_met_exactly_is_met() -> None:
    # The plan found for a risk is also found for the risk that it has, and not for a little less.
    plan = design_double(prq=(0.01, 0.05), crq=(0.05, 0.10))
    alpha, beta = pr(plan, 0.01), pa(plan, 0.05)
    assert design_double(prq=(0.01, alpha), crq=(0.05, beta)) == plan
    for less in ((alpha * (1 - 1e-9), beta), (alpha, beta * (1 - 1e-9))):
        assert design_double(prq=(0.01, less[0]), crq=(0.05, less[1])) != plan


# What is refused -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({"first_re": "early"}, 'first_re must be "last" or "any", got \'early\'.'),
        ({"ratio": 0}, "ratio must be a whole number, 1 to 20, got 0."),
        ({"ratio": 1.5}, "ratio must be a whole number, 1 to 20, got 1.5."),
        ({"at": "aql"}, 'at must be "prq" or "crq", got \'aql\'.'),
        ({"at": [0.1]}, "at must be from 0 to 1, got [0.1]."),
        (
            {"crq": (0, 0.10)},
            "crq quality must be above 0, got 0.0: every plan accepts lots without nonconforming items.",
        ),
    ],
)
def test_what_is_not_possible_is_refused(how: dict[str, Any], said: str) -> None:
    with pytest.raises(DomainError) as caught:
        design_double(**{"prq": (0.01, 0.05), "crq": (0.05, 0.10), **how})
    assert str(caught.value) == said


def test_a_free_rejection_number_is_twice_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    how: dict[str, Any] = {"prq": (0.1, 0.05), "crq": (0.4, 0.1)}
    single = design(**how)
    work = single.n * (2**0.7 + single.ac**2 * 2 / 3500)
    for most, allowed in ((0.99 * work, set()), (1.01 * work, {"last"}), (2.01 * work, {"last", "any"})):
        monkeypatch.setattr("aql.plans.design.double._MOST_WORK", most)
        for first_re in ("last", "any"):
            if first_re in allowed:
                design_double(**how, first_re=first_re)
            else:
                with pytest.raises(DomainError, match="the search would take"):
                    design_double(**how, first_re=first_re)


@pytest.mark.parametrize("first_re", ["last", "any"])
def test_a_lot_may_be_too_small_for_a_double_plan(first_re: Any) -> None:
    how: dict[str, Any] = {"model": "hypergeometric", "lot_size": 12, "unit": "lot", "first_re": first_re}
    with pytest.raises(DomainError) as caught:
        design_double(prq=(0, 0.05), crq=(1, 0.10), **how)
    assert str(caught.value) == (
        "no double plan with a second sample 1 times the first meets Pr(0 of 12) <= 0.05 and Pa(1 of 12) <= 0.1 in a lot "
        "of 12. Use SinglePlan(n=11, ac=0), the smallest single plan that does, or another ratio."
    )
    assert caught.value.facts == {"nearest": SinglePlan(11, 0)}
