"""The smallest single plan for two risks: what trying every plan finds, in every model."""

from functools import partial
from itertools import product
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from aql.distributions import binomial, poisson
from aql.errors import DomainError
from aql.plans.acceptance.one_sample import more_than
from aql.plans.design import risks as design_risks
from aql.plans.design.demands import demand_of
from aql.plans.design.nearest import _better, nearest_plan
from aql.plans.design.risks import consumer_met, producer_met, quick_risks, risks
from aql.plans.design.search import _smallest_by_sample, first, smallest, smallest_sample
from aql.plans.design.single import design
from aql.plans.design.zero import zero_acceptance
from aql.plans.operating_characteristic import pa, pr
from aql.plans.plan import SinglePlan
from aql.types import Model
from tests.oracles.exhaustive_design import Task, exhaustive_design, exhaustive_nearest
from tests.profiles import exhaustive, spread

MODELS = ("binomial", "poisson", "hypergeometric")
ALPHAS, BETAS = ("0.05", "0.01", "0.2", "0.5"), ("0.1", "0.05", "0.25", "0.6")

every_model = pytest.mark.parametrize("model", MODELS)
demand_in = partial(demand_of, lot_size=None, unit="item")


def as_pair(plan: SinglePlan) -> tuple[int, int]:
    return plan.n, plan.ac


# Laws: it is what trying every plan finds ------------------------------------------------------------------------

BINOMIAL = [
    ("0", "0.05"),
    ("0.01", "0.1"),
    ("0.02", "0.15"),
    ("0.05", "0.2"),
    ("0.1", "0.25"),
    ("0.1", "1"),
    ("0.2", "0.4"),
    ("0.25", "0.5"),
    ("0.3", "0.55"),
    ("0.45", "0.8"),
    ("0.5", "0.75"),
    ("0.5", "0.9"),
    ("0.6", "0.8"),
    ("0.7", "1"),
    ("0.85", "0.95"),
]
POISSON = [
    ("0", "0.2"),
    ("0.05", "0.3"),
    ("0.2", "0.6"),
    ("0.5", "1.2"),
    ("0.9", "2"),
    ("1.1", "1.9"),
    ("2", "4"),
    ("3", "4.5"),
    ("20", "40"),
]
LOTS = [
    (1, 0, 1),
    (10, 0, 1),
    (10, 1, 2),
    (20, 1, 4),
    (40, 0, 3),
    (40, 2, 10),
    (60, 3, 12),
    (60, 20, 30),
    (60, 31, 45),
    (60, 59, 60),
]
TASKS = [
    *(Task("binomial", p, alpha, q, beta) for (p, q), alpha, beta in product(BINOMIAL, ALPHAS, BETAS)),
    *(Task("poisson", p, alpha, q, beta) for (p, q), alpha, beta in product(POISSON, ALPHAS[:3], BETAS[:2])),
    *(
        Task("hypergeometric", str(p), alpha, str(q), beta, size)
        for (size, p, q), alpha, beta in product(LOTS, ALPHAS, BETAS)
    ),
]


@pytest.mark.parametrize("task", spread(TASKS, 7), ids=lambda task: " ".join(map(str, vars(task).values())))
def test_a_grid_of_demands(task: Task) -> None:
    plan = design(**task.keywords)
    assert as_pair(plan) == exhaustive_design(task)
    if plan.n > 1:
        cap = max(2 * plan.n // 3, 1)
        assert as_pair(design(**task.keywords, max_n=cap, best=True)) == exhaustive_nearest(task, cap)


def test_a_larger_acceptance_number_may_be_worse() -> None:
    # With Ac 10 there is a plan, with Ac 11 there is none, and with Ac 12 there is one again.
    demand = demand_in((0.45, 0.05), (0.8, 0.10), model="binomial")

    def possible(c: int) -> bool:
        return any(producer_met(demand, n, c) and consumer_met(demand, n, c) for n in range(c + 1, 40))

    assert [c for c in range(14) if possible(c)] == [10, 12, 13]
    assert design(prq=(0.45, 0.05), crq=(0.8, 0.10)) == SinglePlan(16, 10)


risk = st.sampled_from(["0.001", "0.01", "0.025", "0.05", "0.1", "0.2", "0.25", "0.3", "0.5", "0.75", "0.9"])


@st.composite
def tasks(draw: st.DrawFn) -> Task:
    """Two points that small samples tell apart."""
    model = draw(st.sampled_from(MODELS))
    alpha, beta = draw(risk), draw(risk)
    if model == "hypergeometric":
        size = draw(st.integers(1, 40))
        poor = draw(st.integers(1, size))
        return Task(model, str(draw(st.integers(0, poor - 1))), alpha, str(poor), beta, size)
    poor = draw(st.integers(100, 1000 if model == "binomial" else 4000))
    good = draw(st.integers(0, poor * 3 // 4))
    assume(good == 0 or float(alpha) + float(beta) > 0.02 or poor > 2 * good)
    return Task(model, f"{good / 1000}", alpha, f"{poor / 1000}", beta)


@given(task=tasks(), share=st.floats(0, 1))
def test_any_demand(task: Task, share: float) -> None:
    plan = design(**task.keywords)
    assume(plan.n <= 120)
    assert as_pair(plan) == exhaustive_design(task)
    cap = max(int(plan.n * share), 1)
    near = design(**task.keywords, max_n=cap, best=True)
    assert as_pair(near) == (exhaustive_nearest(task, cap) if cap < plan.n else as_pair(plan))


@pytest.mark.parametrize(
    ("model", "good", "poor"),
    [
        ("binomial", (0.001, 0.05), (0.004, 0.10)),
        ("binomial", (0.01, 0.01), (0.02, 0.05)),
        exhaustive("binomial", (0.1, 0.05), (0.12, 0.10)),
        exhaustive("binomial", (0.47, 0.20), (0.5, 0.05)),
        ("binomial", (0.9, 0.05), (0.93, 0.10)),
        ("poisson", (0.002, 0.05), (0.006, 0.01)),
        exhaustive("poisson", (0.8, 0.05), (0.9, 0.10)),
        exhaustive("poisson", (30.0, 0.05), (30.6, 0.10)),
    ],
)
def test_larger_samples_one_after_the_other(
    model: Model, good: tuple[float, float], poor: tuple[float, float]
) -> None:
    # For each n in turn the smallest c for the producer; the first that also meets the consumer's point.
    def tails(n: int, c: int, quality: float) -> tuple[float, float]:
        law, args = (binomial, (n, quality)) if model == "binomial" else (poisson, (n * quality,))
        return law.cdf(c, *args), law.sf(c, *args)

    n = c = 0
    while True:
        n += 1
        while tails(n, c, good[0])[1] > good[1]:
            c += 1
        if tails(n, c, poor[0])[0] <= poor[1]:
            break
    assert design(prq=good, crq=poor, model=model) == SinglePlan(n, c)


def meets(plan: SinglePlan, task: dict[str, Any]) -> bool:
    (good, alpha), (poor, beta) = task["prq"], task["crq"]
    model = task["model"]
    return bool(pr(plan, good, model=model) <= alpha and pa(plan, poor, model=model) <= beta)


@given(
    model=st.sampled_from(["binomial", "poisson"]),
    good=st.floats(0.01, 0.5),
    apart=st.floats(1.1, 2.0),
    alpha=st.floats(1e-9, 0.4),
    beta=st.floats(1e-9, 0.4),
)
def test_the_plan_meets_both_risks_and_no_neighbour_with_fewer_items_does(
    model: Model, good: float, apart: float, alpha: float, beta: float
) -> None:
    task = {"prq": (good, alpha), "crq": (good * apart, beta), "model": model}
    plan = design(**task)  # type: ignore[arg-type]
    assert meets(plan, task)
    for c in range(max(plan.ac - 3, 0), plan.ac + 4):
        assert plan.n <= c + 1 or not meets(SinglePlan(plan.n - 1, c), task)


def test_a_risk_that_is_met_exactly_is_met() -> None:
    # (1/2)^4 = 1/16, and of ten items with one nonconforming nine miss it with probability 1/10.
    assert design(prq=(0.0, 0.05), crq=(0.5, 0.0625)) == SinglePlan(4, 0)
    lot: dict[str, Any] = {"model": "hypergeometric", "lot_size": 10, "unit": "lot"}
    assert design(prq=(0, 0.05), crq=(1, 0.1), **lot) == SinglePlan(9, 0)
    assert design(prq=(0, 0.05), crq=(1, 0.3), **lot) == SinglePlan(7, 0)


def test_of_several_acceptance_numbers_the_smallest() -> None:
    # One item, with 100 or 200 nonconformities expected: every Ac from 117 to 181 would do.
    plan = design(prq=(100, 0.05), crq=(200, 0.10), model="poisson")
    assert plan == SinglePlan(1, 117)
    also = [c for c in range(90, 210) if poisson.sf(c, 100) <= 0.05 and poisson.cdf(c, 200) <= 0.1]
    assert also == list(range(117, 182))


# How it gets there -----------------------------------------------------------------------------------------------


@given(low=st.integers(-1, 50), length=st.integers(1, 80), data=st.data())
def test_first_finds_it_from_every_guess(low: int, length: int, data: st.DataObject) -> None:
    high = low + length
    wanted = data.draw(st.integers(low + 1, high))
    guess = data.draw(st.integers(-10, 200))
    asked = []

    def test(x: int) -> bool:
        asked.append(x)
        return x >= wanted

    assert first(test, guess, low, high) == wanted
    assert all(low < x < high for x in asked)


@pytest.mark.parametrize(
    ("model", "good", "poor", "n", "c"),
    [
        ("binomial", 0.01, 0.05, 132, 3),
        ("binomial", 0.4, 0.41, 50_000, 20_400),
        ("binomial", 0.01, 0.0105, 2_000_000, 20_500),
        ("poisson", 0.01, 0.05, 132, 3),
        ("poisson", 5.0, 5.02, 30_000, 150_300),
        ("poisson", 5.0, 5.1, 30_000, 150_000),
        ("poisson", 5.0, 5.1, 30_000, 150_000 - 1),
    ],
)
def test_the_quick_risks_are_good_enough_to_decide_by(
    model: Model, good: float, poor: float, n: int, c: int
) -> None:
    demand = demand_in((good, 0.05), (poor, 0.10), model=model)
    assert quick_risks(demand, n, c) == pytest.approx(risks(demand, n, c), rel=design_risks.CLEAR / 20)


@pytest.mark.parametrize("model", ["binomial", "poisson"])
@pytest.mark.parametrize("quality", [1e-5, 0.01, 0.3])
def test_near_a_decision_the_exact_tails_decide(model: Model, quality: float) -> None:
    n = round(100 / quality)
    c = 90
    lost, taken = risks(demand_in((quality, 0.5), (quality, 0.5), model=model), n, c)
    for share, met in ((1 + 1e-9, True), (1 - 1e-9, False)):
        demand = demand_in((quality, lost * share), (quality, taken * share), model=model)
        assert (producer_met(demand, n, c), consumer_met(demand, n, c)) == (met, met)


@pytest.mark.parametrize(
    ("good", "poor", "model", "plan"),
    [
        (0.01, 0.011, "binomial", (88_840, 937)),
        (0.5, 0.505, "binomial", (85_721, 43_101)),
        (0.49784546067953395, 0.5020423073623654, "binomial", (None, None)),
        (0.1, 0.101, "binomial", (774_071, 77_841)),
        (0.0001, 0.00015, "binomial", (424_032, 53)),
        (5.0, 6.0, "poisson", (47, 260)),
        exhaustive(3.0, 3.03, "poisson", (None, None)),
        exhaustive(0.9, 0.905, "poisson", (None, None)),
        exhaustive(0.5, 0.504, "poisson", (None, None)),
        (4e-7, 1.6e-6, "poisson", (None, None)),
    ],
)
def test_the_bounds_hold_around_large_plans(
    good: float, poor: float, model: Model, plan: tuple[int | None, int | None]
) -> None:
    demand = demand_in((good, 0.05), (poor, 0.10), model=model)
    found = smallest(demand)
    assert found is not None
    assert None in plan or as_pair(found) == plan
    assert producer_met(demand, found.n, found.ac)
    assert consumer_met(demand, found.n, found.ac)
    # No acceptance number near it has a smaller sample that meets both.
    for c in range(max(found.ac - 40, 0), found.ac + 40):
        at = first(lambda n, c=c: consumer_met(demand, n, c), found.n, 0, 10**7)  # type: ignore[misc]
        assert at >= found.n or not producer_met(demand, at, c)


def test_a_decision_between_two_neighbours_of_a_large_sample() -> None:
    # One item more or less changes the producer's risk in its eighth digit.
    good, poor = 3e-7, 1.2e-6
    n = smallest_sample(demand_in((good, 0.05), (poor, 0.10), model="binomial"), 2)
    under, over = binomial.sf(2, n - 1, good), binomial.sf(2, n, good)
    assert 0 < over / under - 1 < design_risks.CLEAR
    assert design(prq=(good, over), crq=(poor, 0.10)) == SinglePlan(n, 2)
    assert design(prq=(good, (under + over) / 2), crq=(poor, 0.10)).ac == 3


# Examples with a source ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "prq", "crq", "plan"),
    [
        (
            "Minitab, acceptance sampling by attributes: AQL 1.5 %, RQL 10 %",
            (0.015, 0.05),
            (0.10, 0.10),
            (52, 2),
        ),
        ("R AccSamplingDesign", (0.01, 0.05), (0.05, 0.10), (132, 3)),
        ("R AcceptanceSampling, find.plan", (0.01, 0.02), (0.05, 0.15), (144, 4)),
    ],
)
def test_published_plans(
    source: str, prq: tuple[float, float], crq: tuple[float, float], plan: tuple[int, int]
) -> None:
    assert as_pair(design(prq=prq, crq=crq)) == plan, source


@pytest.mark.parametrize(
    ("lq", "beta", "n"),
    # The sample of "95 % confidence that less than p is nonconforming" by (1 - p)^n <= 0.05.
    [(0.01, 0.05, 299), (0.05, 0.05, 59), (0.1, 0.05, 29), (0.05, 0.10, 45), (0.5, 0.0625, 4), (1, 0.5, 1)],
)
def test_zero_acceptance(lq: float, beta: float, n: int) -> None:
    assert zero_acceptance(lq=lq, beta=beta) == SinglePlan(n, 0)


@given(size=st.integers(1, 80), data=st.data(), beta=risk)
def test_zero_acceptance_of_a_lot(size: int, data: st.DataObject, beta: str) -> None:
    bad = data.draw(st.integers(1, size))
    task = Task("hypergeometric", "0", "0.5", str(bad), beta, size)
    how: dict[str, Any] = {"model": "hypergeometric", "lot_size": size}
    plan = zero_acceptance(lq=bad, beta=float(beta), unit="lot", **how)
    assert as_pair(plan) == exhaustive_design(task)
    assert zero_acceptance(lq=bad / size, beta=float(beta), **how) == plan


# Units and lots --------------------------------------------------------------------------------------------------


def test_qualities_in_other_units_are_the_same_qualities() -> None:
    each = design(prq=(0.01, 0.05), crq=(0.05, 0.10), model="poisson")
    assert design(prq=(1, 0.05), crq=(5, 0.10), model="poisson", unit="100 items") == each
    share = design(prq=(0.01, 0.05), crq=(0.1, 0.10), model="hypergeometric", lot_size=200)
    counted = design(prq=(2, 0.05), crq=(20, 0.10), model="hypergeometric", lot_size=200, unit="lot")
    assert share == counted == SinglePlan(35, 1)


@pytest.mark.parametrize("size", [1000, 10_000, 1_000_000])
def test_a_large_lot_is_nearly_a_process(size: int) -> None:
    process = design(prq=(0.01, 0.05), crq=(0.05, 0.10))
    lot = design(prq=(0.01, 0.05), crq=(0.05, 0.10), model="hypergeometric", lot_size=size)
    assert process.n * (1 - process.n / size) <= lot.n <= process.n
    assert lot.ac == process.ac


def test_a_lot_that_can_be_told_only_in_whole_is_inspected_in_whole() -> None:
    lot: dict[str, Any] = {"model": "hypergeometric", "lot_size": 60, "unit": "lot"}
    assert design(prq=(30, 0.001), crq=(31, 0.001), **lot) == SinglePlan(60, 30)


# A cap on n ------------------------------------------------------------------------------------------------------


def test_a_cap_that_does_not_bind_changes_nothing() -> None:
    plan = design(prq=(0.01, 0.05), crq=(0.05, 0.10))
    for cap in (132, 133, 10**12):
        assert design(prq=(0.01, 0.05), crq=(0.05, 0.10), max_n=cap) == plan
        assert design(prq=(0.01, 0.05), crq=(0.05, 0.10), max_n=cap, best=True) == plan
    assert design(prq=(0.01, 0.05), crq=(0.05, 0.10), best=True) == plan


def test_the_best_of_one_item() -> None:
    # Accepting everything would score better but is not a plan.
    demand = demand_in((0.5, 1e-6), (0.9, 0.1), model="binomial")
    assert nearest_plan(demand, 1) == SinglePlan(1, 0)


def test_the_best_plan_where_no_number_of_items_would_do() -> None:
    plan = design(prq=(0.1, 0.05), crq=(0.100001, 0.1), max_n=20, best=True)
    assert as_pair(plan) == exhaustive_nearest(Task("binomial", "0.1", "0.05", "0.100001", "0.1"), 20)


# What is refused -------------------------------------------------------------------------------------------------

LOT = {"model": "hypergeometric", "lot_size": 200, "unit": "lot"}
REFUSED: list[tuple[dict[str, Any], str]] = [
    (
        {"model": "binomal"},
        'model must be "binomial", "hypergeometric" or "poisson", got \'binomal\'. Did you mean "binomial"?',
    ),
    ({"unit": "lots"}, 'unit must be "item", "100 items" or "lot", got \'lots\'. Did you mean "lot"?'),
    ({"unit": "lot"}, 'unit must be "item" with model="binomial", got \'lot\'.'),
    (
        {"unit": "100 items", "model": "hypergeometric", "lot_size": 10},
        'unit must be "item" or "lot" with model="hypergeometric", got \'100 items\'.',
    ),
    (
        {"lot_size": 100},
        'lot_size requires model="hypergeometric", got lot_size=100 with model="binomial".',
    ),
    (
        {"model": "hypergeometric"},
        "lot_size must be a whole number, 1 or more, got None.",
    ),
    *(
        ({"prq": value}, f"prq must be a pair of quality and risk, such as (0.01, 0.05), got {value!r}.")
        for value in (0.01, (0.01, 0.05, 3), None)
    ),
    *(
        ({"prq": (0.01, value)}, f"prq risk must be above 0 and below 1, got {value!r}.")
        for value in (0, 1, -0.1, float("nan"), "0.05", None, True)
    ),
    ({"prq": (0.01, 5)}, "prq risk must be above 0 and below 1, got 5. Write 0.05 for 5 %."),
    *(
        ({"crq": (value, 0.1)}, f"crq quality must be from 0 to 1, got {value!r}.")
        for value in (-0.1, float("nan"), float("inf"), "0.05", None, True)
    ),
    ({"crq": (1.5, 0.1)}, "crq quality must be from 0 to 1, got 1.5. Write 0.015 for 1.5 %."),
    *(
        (
            {"crq": (value, 0.1), "model": "poisson"},
            f"crq quality must be from 0 to 1000 nonconformities per item, got {value!r}.",
        )
        for value in (-0.1, float("nan"), "1", True)
    ),
    (
        {"crq": (1e6, 0.1), "model": "poisson", "unit": "100 items"},
        "crq quality must be from 0 to 100000 nonconformities per 100 items, got 1000000.0.",
    ),
    *(
        ({"crq": (value, 0.1), **LOT}, f"crq quality must be a whole number, 0 to 200, got {value!r}.")
        for value in (201, 2.5, -1, "2")
    ),
    *(
        ({"max_n": value}, f"max_n must be a whole number, 1 or more, got {value!r}.")
        for value in (0, -1, 2.5, "10", True)
    ),
]


@pytest.mark.parametrize(("how", "said"), REFUSED)
def test_what_is_not_possible_is_refused(how: dict[str, Any], said: str) -> None:
    usual: dict[str, Any] = {"prq": (0.0, 0.05), "crq": (1.0, 0.10)}
    assert str(refusal(**{**usual, **how})) == said


def refusal(**how: Any) -> DomainError:
    with pytest.raises(DomainError) as caught:
        design(**how)
    return caught.value


@pytest.mark.parametrize(
    ("how", "last"),
    [
        (
            {"prq": (0.05, 0.05), "crq": (0.05, 0.10)},
            "SinglePlan(n=45, ac=0) meets the consumer's risk, and the producer's risk up to quality 0.0011392.",
        ),
        (
            {"prq": (5, 0.05), "crq": (5, 0.10), "model": "poisson", "unit": "100 items"},
            "SinglePlan(n=47, ac=0) meets the consumer's risk, and the producer's risk up to quality 0.109135.",
        ),
        (
            {"prq": (0.05, 0.05), "crq": (0.05, 0.10), "model": "poisson"},
            "SinglePlan(n=47, ac=0) meets the consumer's risk, and the producer's risk up to quality 0.00109135.",
        ),
        (
            {"prq": (20, 0.40), "crq": (5, 0.10), **LOT},
            "SinglePlan(n=74, ac=0) meets the consumer's risk, and the producer's risk up to quality 1 of 200.",
        ),
    ],
)
def test_the_producer_cannot_ask_for_the_worse_quality(how: dict[str, Any], last: str) -> None:
    error = refusal(**how)
    prq, crq = (
        f"{how[name][0]} of 200" if "lot_size" in how else repr(float(how[name][0]))
        for name in ("prq", "crq")
    )
    assert str(error) == (f"prq quality must be better than crq quality, got {prq} and {crq}. {last}")
    assert error.facts["side"] == "producer"
    kept = error.facts["nearest"]
    assert str(kept) in str(error)


def test_the_quality_that_is_kept_is_the_worst_that_is() -> None:
    plan = refusal(prq=(0.05, 0.05), crq=(0.05, 0.10)).facts["nearest"]
    assert pr(plan, 0.0011392) <= 0.05 < pr(plan, 0.0011393)
    lot: dict[str, Any] = {key: value for key, value in LOT.items() if key != "unit"}
    plan = refusal(prq=(20, 0.40), crq=(5, 0.10), **LOT).facts["nearest"]
    assert pr(plan, nonconforming=1, **lot) <= 0.4 < pr(plan, nonconforming=2, **lot)


def test_the_consumer_cannot_ask_for_no_nonconforming_items() -> None:
    error = refusal(prq=(0.01, 0.05), crq=(0, 0.10))
    assert str(error) == (
        "crq quality must be above 0, got 0.0: every plan accepts lots without nonconforming items."
    )
    assert error.facts["side"] == "consumer"


def test_neither_can_be_met_with_too_few_items() -> None:
    error = refusal(prq=(0.01, 0.05), crq=(0.05, 0.10), max_n=80)
    assert str(error) == (
        "max_n must be 132 or more for Pr(0.01) <= 0.05 and Pa(0.05) <= 0.1, got 80: the smallest plan is "
        "SinglePlan(n=132, ac=3); the nearest with at most 80 items, SinglePlan(n=57, ac=1), has Pr 0.1114 and Pa "
        "0.2149, which exceeds both risks. For the nearest, use best=True."
    )
    assert error.facts == {"side": "both", "nearest": SinglePlan(57, 1), "smallest": SinglePlan(132, 3)}


@pytest.mark.parametrize(("cap", "side"), [(14, "consumer"), (16, "producer"), (8, "both")])
def test_the_side_that_is_missed_is_named(cap: int, side: str) -> None:
    error = refusal(prq=(0.1, 0.05), crq=(0.4, 0.10), max_n=cap)
    assert error.facts["side"] == side
    assert ("exceeds both risks." if side == "both" else f"exceeds the {side}'s risk.") in str(error)
    near = error.facts["nearest"]
    missed = pr(near, 0.1) > 0.05, pa(near, 0.4) > 0.10
    assert missed == {"producer": (True, False), "consumer": (False, True), "both": (True, True)}[side]


def test_qualities_may_be_too_close() -> None:
    error = refusal(prq=(0.01, 0.05), crq=(0.0100001, 0.10))
    assert str(error) == (
        "Pr(0.01) <= 0.05 and Pa(0.0100001) <= 0.1 require about 8.5e+12 items, but a sample can have at most 10000000. Use "
        "qualities that are further apart, larger risks, or max_n with best=True."
    )
    assert error.facts == {"side": "both"}
    assert refusal(prq=(100.0, 0.05), crq=(100.0001, 0.10), model="poisson").facts == {"side": "both"}


@pytest.mark.parametrize(
    ("size", "good", "poor", "said", "plan"),
    [
        (
            1250,
            0.01,
            0.05,
            (
                "prq quality must mean a whole number of items in a lot of 1250, got 0.01, which is 12.5 items. "
                'Use 12 or 13 with unit="lot"; with 13 and 62 the plan is SinglePlan(n=130, ac=3).'
            ),
            SinglePlan(130, 3),
        ),
        (
            20,
            0.01,
            0.05,
            (
                "prq quality must mean a whole number of items in a lot of 20, got 0.01, which is 0.2 items. "
                'Use 0 or 1 with unit="lot"; with 0 and 1 the plan is SinglePlan(n=18, ac=0); a lot of 20 has no two whole numbers in between.'
            ),
            SinglePlan(18, 0),
        ),
        (
            50,
            0.02,
            0.09,
            (
                "crq quality must mean a whole number of items in a lot of 50, got 0.09, which is 4.5 items. "
                'Use 4 or 5 with unit="lot"; with 1 and 4 the plan is SinglePlan(n=34, ac=1).'
            ),
            SinglePlan(34, 1),
        ),
        (
            50,
            0.09,
            0.02,
            (
                "prq quality must mean a whole number of items in a lot of 50, got 0.09, which is 4.5 items. "
                'Use 4 or 5 with unit="lot".'
            ),
            None,
        ),
    ],
)
def test_a_lot_has_whole_items(
    size: int, good: float, poor: float, said: str, plan: SinglePlan | None
) -> None:
    error = refusal(prq=(good, 0.05), crq=(poor, 0.10), model="hypergeometric", lot_size=size)
    assert str(error) == said
    assert error.facts.get("plan") == plan


def test_the_other_point_may_be_none() -> None:
    error = refusal(prq=(0.015, 0.05), crq=0.1, model="hypergeometric", lot_size=50)
    assert str(error) == (
        "prq quality must mean a whole number of items in a lot of 50, got 0.015, which is 0.75 items. Use 0 or 1 with "
        'unit="lot".'
    )


@pytest.mark.parametrize(
    ("how", "said"),
    [
        (
            {"lq": 0, "beta": 0.1},
            "lq must be above 0, got 0.0: every plan accepts lots without nonconforming items.",
        ),
        (
            {"lq": 1e-12, "beta": 0.1},
            (
                "Pa(1e-12) <= 0.1 with Ac 0 requires more than 10000000 items. "
                "Use a worse quality or a larger risk."
            ),
        ),
        ({"lq": 0.1, "beta": 2}, "beta must be above 0 and below 1, got 2. Write 0.02 for 2 %."),
        ({"lq": 2, "beta": 0.1}, "lq must be from 0 to 1, got 2. Write 0.02 for 2 %."),
    ],
)
def test_zero_acceptance_refuses(how: dict[str, Any], said: str) -> None:
    with pytest.raises(DomainError) as caught:
        zero_acceptance(**how)
    assert str(caught.value) == said
    if "lq must be above 0" in said or "1e-12" in said:
        assert caught.value.facts["side"] == "consumer"


def test_a_design_asks_zero_acceptance_for_the_consumers_side() -> None:
    assert str(refusal(prq=(1e-11, 0.05), crq=(1e-12, 0.1))).startswith(
        "Pa(1e-12) <= 0.1 with Ac 0 requires more than"
    )


def test_the_exact_tail_decides_where_the_fast_one_is_a_little_off() -> None:
    """Of this tail, scipy has only twelve digits; a limit between its value and the exact one is met, one below is not."""
    n, c, p = 279_459, 1, 1.4207416992041148e-05
    exact = more_than(c, n, p, "binomial", None)
    for off, met in ((1e-12, True), (-2e-12, False)):
        demand = demand_in((p, exact * (1 + off) / (1 + 1e-12)), (0.5, 0.1), model="binomial")
        assert producer_met(demand, n, c) == met


@pytest.mark.parametrize("best", ["yes", 1, None])
def test_best_is_an_answer(best: Any) -> None:
    with pytest.raises(DomainError, match="best must be True or False"):
        design(prq=(0.01, 0.05), crq=(0.05, 0.10), best=best)


def test_of_two_plans_that_are_equally_near_the_smaller_one_is_taken() -> None:
    small, large = (1.5, 20, 1), (1.5 * (1 - 1e-15), 21, 1)
    assert _better(small, large)[1:] == _better(large, small)[1:] == (20, 1)
    clearly = (1.5 * (1 - 1e-11), 21, 1)
    assert _better(small, clearly) == _better(clearly, small) == clearly


@pytest.mark.parametrize(
    ("prq", "crq"),
    [((0.293, 0.01), (0.469, 0.1)), ((0.08, 0.2), (0.344, 0.1)), ((0.295, 0.3), (0.747, 0.3))],
)
def test_the_search_by_samples_finds_what_the_search_by_counts_finds(prq: Any, crq: Any) -> None:
    demand = demand_in(prq, crq, model="binomial")
    assert _smallest_by_sample(demand) == smallest(demand)


@pytest.mark.parametrize(
    ("prq", "crq", "plan"),
    [
        ((0.564, 0.3), (0.992, 0.2), SinglePlan(8, 5)),
        ((0.608, 0.3), (0.829, 0.3), SinglePlan(19, 13)),
        ((0.476, 0.01), (0.899, 0.2), SinglePlan(36, 27)),
        ((0.269, 0.01), (0.491, 0.3), SinglePlan(58, 25)),
    ],
)
def test_a_smaller_acceptance_number_may_do_where_the_next_does_not(
    prq: Any, crq: Any, plan: SinglePlan
) -> None:
    """Whole samples make the risks jump up and down with the acceptance number; no smaller sample meets both."""
    demand = demand_in(prq, crq, model="poisson")
    assert smallest(demand) == plan
    assert producer_met(demand, plan.n, plan.ac)
    assert consumer_met(demand, plan.n, plan.ac)
    for n in range(1, plan.n):
        assert not any(producer_met(demand, n, c) and consumer_met(demand, n, c) for c in range(plan.ac + 2))
