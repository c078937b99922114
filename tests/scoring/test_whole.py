"""The whole inspection, compared with an item-by-item walk in fractions and with the scores of every possible log."""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations, product
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

import aql
from aql.errors import DomainError
from aql.plans.operating_characteristic import pa
from aql.scoring.whole_inspection import class_pas, whole_inspection_pa
from aql.strategies import single_plans
from aql.strategies._internal.stated_plans import stated
from aql.types import Model
from tests.oracles.exact_probability import plan_of
from tests.oracles.naive_scoring import Plan, cut_to_lot
from tests.profiles import examples
from tests.scoring.builders import Values, cls, contract, log, single, staged, term, unlisted

AnyPlan = aql.SinglePlan | aql.MultiplePlan
Pattern = tuple[int, ...]
"""For one item: 1 for every class in which it is nonconforming, the most serious first."""

F = Fraction
NAMES = ("critical", "major", "minor")


def classes(*plans: Values) -> list[Values]:
    return [cls(name, plan=plan) for name, plan in zip(NAMES, plans, strict=False)]


# From item to item ------------------------------------------------------------------------------------------------


def item_by_item(
    plans: Sequence[Plan],
    qualities: Sequence[Fraction],
    *,
    exclusive: bool,
    lot_size: int | None = None,
) -> Fraction:
    """Probability that every class accepts; with a lot size, of a lot that holds that many of each class.

    Rule 4, item after item: it counts in the most serious of its classes whose sample contains it.
    """
    number = len(plans)
    every = [pattern for pattern in product((0, 1), repeat=number) if not exclusive or sum(pattern) <= 1]
    bad = [quality * (lot_size or 0) for quality in qualities]

    def chance(pattern: Pattern, seen: Pattern, before: int) -> Fraction:
        shares = list(qualities)
        if lot_size is not None:
            shares = [(bad[c] - seen[c]) / (lot_size - before) for c in range(number)]
        if exclusive:
            return shares[pattern.index(1)] if any(pattern) else 1 - sum(shares, start=F(0))
        all_of_it = F(1)
        for share, is_in in zip(shares, pattern, strict=True):
            all_of_it *= share if is_in else 1 - share
        return all_of_it

    # Items seen of each class, counts, and whether the class has accepted.
    states: dict[tuple[Pattern, Pattern, Pattern], Fraction] = {((0,) * number,) * 3: F(1)}
    for item in range(1, max(sum(plan.n) for plan in plans) + 1):
        after: dict[tuple[Pattern, Pattern, Pattern], Fraction] = {}
        for (seen, counts, done), weight in states.items():
            for pattern in every:
                share = weight * chance(pattern, seen, item - 1)
                new_counts, new_done = list(counts), list(done)
                for c, plan in enumerate(plans):
                    if pattern[c] and item <= sum(plan.n):
                        new_counts[c] += 1
                        break
                rejected = False
                for c, plan in enumerate(plans):
                    for stage in range(len(plan.n)):
                        if item == sum(plan.n[: stage + 1]) and not new_done[c]:
                            last, ac = stage == len(plan.n) - 1, plan.ac[stage]
                            rejected |= new_counts[c] >= plan.re[stage]
                            new_done[c] = int(last or (ac is not None and new_counts[c] <= ac))
                if share and not rejected:
                    now = tuple(a + b for a, b in zip(seen, pattern, strict=True))
                    key = (now if lot_size is not None else seen, tuple(new_counts), tuple(new_done))
                    after[key] = after.get(key, F(0)) + share
        states = after
    return sum(states.values(), start=F(0))


CASES: list[tuple[str, list[Values]]] = [
    ("one class", classes(single(6, 1))),
    ("one size", classes(single(6, 0), single(6, 1), single(6, 2))),
    ("rising sizes", classes(single(3, 0), single(5, 1), single(8, 2))),
    ("falling sizes", classes(single(8, 0), single(5, 1), single(3, 1))),
    ("a gap between Ac and Re", classes(single(4, 0, 2), single(7, 1, 3))),
    ("a sample that reaches the lot", classes(single(4, 1), single(20, 3))),
    ("the least serious in stages", classes(single(5, 1), staged((3, 3), (0, 2), (2, 3)))),
    (
        "all in stages",
        classes(
            staged((2, 2), (0, 1), (2, 2)),
            staged((3, 3), (0, 2), (3, 3)),
            staged((2, 2, 2), ("#", 1, 3), (2, 3, 4)),
        ),
    ),
    ("the most serious in stages", classes(staged((2, 3), (1, 2), (3, 3)), single(7, 1))),
]
every_case = pytest.mark.parametrize("case", [parts for _, parts in CASES], ids=[name for name, _ in CASES])

QUALITIES = [
    (F(1, 10), F(1, 5), F(3, 10)),
    (F(0), F(1, 2), F(1, 2)),
    (F(1, 10), F(0), F(0)),
    (F(1, 5), F(1, 10), F(7, 10)),
]


def naive(agreed: aql.Contract, lot_size: int) -> list[Plan]:
    return [
        cut_to_lot(Plan(*plan_of(one.plan.plan())), lot_size)
        for one in agreed.classes
        if one.plan is not None
    ]


@every_case
@pytest.mark.parametrize("exclusive", [False, True])
@pytest.mark.parametrize("model", ["binomial", "hypergeometric"])
def test_it_is_the_walk_from_item_to_item(case: list[Values], exclusive: bool, model: Model) -> None:
    agreed, size = contract(case), 10
    plans = naive(agreed, size)
    in_stages = any(len(plan.n) > 1 for plan in plans[:-1])
    for quality in QUALITIES:
        given_ = dict(zip(NAMES, map(float, quality[: len(plans)]), strict=False))
        if model == "hypergeometric" and not exclusive and in_stages:
            continue
        exact = item_by_item(
            plans,
            quality[: len(plans)],
            exclusive=exclusive,
            lot_size=size if model == "hypergeometric" else None,
        )
        found = whole_inspection_pa(agreed, size, given_, exclusive=exclusive, model=model)
        assert found == pytest.approx(float(exact), rel=1e-12, abs=1e-16)


@pytest.mark.parametrize(
    ("sample", "plans"),
    [
        ("per-class", (Plan((13,), (0,), (1,)), Plan((5,), (0,), (1,)), Plan((13,), (1,), (2,)))),
        ("largest", (Plan((20,), (0,), (1,)), Plan((20,), (1,), (2,)), Plan((20,), (2,), (3,)))),
        ("letter", (Plan((8,), (0,), (1,)), Plan((8,), (0,), (1,)), Plan((8,), (1,), (2,)))),
    ],
)
@pytest.mark.parametrize("exclusive", [False, True])
def test_the_three_conventions_for_samples(sample: str, plans: Sequence[Plan], exclusive: bool) -> None:
    # Lot of 30, level II: letter D; the plans are those of docs/explanation/samples.md. AQL 0 counts on every item
    # inspected, so on 13 of the classes' samples 8, 5 and 13.
    agreed = contract([cls("critical", aql=0), cls("major", aql=2.5), cls("minor", aql=4.0)], sample=sample)
    quality = dict(zip(NAMES, (F(1, 100), F(1, 20), F(1, 10)), strict=True))
    exact = item_by_item(plans, list(quality.values()), exclusive=exclusive)
    floats = {name: float(one) for name, one in quality.items()}
    assert whole_inspection_pa(agreed, 30, floats, exclusive=exclusive) == pytest.approx(
        float(exact), rel=1e-12
    )
    lot = dict(zip(NAMES, (F(1, 30), F(1, 15), F(1, 10)), strict=True))
    exact = item_by_item(plans, list(lot.values()), exclusive=True, lot_size=30)
    floats = {name: float(one) for name, one in lot.items()}
    found = whole_inspection_pa(agreed, 30, floats, exclusive=True, model="hypergeometric")
    assert found == pytest.approx(float(exact), rel=1e-12)


# Every log, scored ------------------------------------------------------------------------------------------------


def logs(
    qualities: Mapping[str, Fraction], drawn: int, *, exclusive: bool, lot_size: int | None
) -> Iterator[tuple[Fraction, list[Values]]]:
    """Every way in which the first items of a drawing can be, and how probable it is."""
    names = list(qualities)
    if lot_size is None:
        every = [one for one in product((0, 1), repeat=len(names)) if not exclusive or sum(one) <= 1]
        for items in product(every, repeat=drawn):
            weight = F(1)
            for pattern in items:
                if exclusive:
                    weight *= (
                        qualities[names[pattern.index(1)]] if any(pattern) else 1 - sum(qualities.values())
                    )
                else:
                    for name, is_in in zip(names, pattern, strict=True):
                        weight *= qualities[name] if is_in else 1 - qualities[name]
            rows = [
                row
                for number, pattern in enumerate(items, start=1)
                for name, is_in in zip(names, pattern, strict=True)
                if is_in
                for row in unlisted(name, number)
            ]
            yield weight, rows
        return
    places = [
        list(combinations(range(1, lot_size + 1), int(share * lot_size))) for share in qualities.values()
    ]
    ways = [one for one in product(*places) if not exclusive or len(set().union(*one)) == sum(map(len, one))]
    for one in ways:
        rows = [
            row
            for name, items in zip(names, one, strict=True)
            for item in items
            if item <= drawn
            for row in unlisted(name, item)
        ]
        yield F(1, len(ways)), rows


def scored(
    agreed: aql.Contract,
    size: int,
    drawn: int,
    qualities: Mapping[str, Fraction],
    *,
    exclusive: bool,
    finite: bool,
) -> Fraction:
    """Probability that the score accepts, over every log."""
    total = F(0)
    known: dict[str, bool] = {}
    for weight, rows in logs(qualities, drawn, exclusive=exclusive, lot_size=size if finite else None):
        if repr(rows) not in known:
            verdict = aql.score(agreed, log(tuple(rows), size, inspected=drawn))
            assert verdict.decision in {"accept", "reject"}
            known[repr(rows)] = verdict.decision == "accept"
        total += weight * known[repr(rows)]
    return total


@pytest.mark.parametrize("finite", [False, True])
@pytest.mark.parametrize("exclusive", [False, True])
@pytest.mark.parametrize(
    "parts",
    [
        classes(single(1, 0), single(3, 1)),
        classes(single(3, 1), single(2, 0)),
        classes(single(2, 0), staged((1, 2), (0, 1), (2, 2))),
        [cls("critical", aql=0), cls("minor", plan=single(3, 1))],
    ],
)
def test_it_is_how_often_the_score_accepts(parts: list[Values], exclusive: bool, finite: bool) -> None:
    size = 5
    quality = dict(zip([one["name"] for one in parts], (F(1, 5), F(2, 5)), strict=True))
    agreed = contract(parts)
    floats = {name: float(one) for name, one in quality.items()}
    exact = scored(agreed, size, 3, quality, exclusive=exclusive, finite=finite)
    model: Model = "hypergeometric" if finite else "binomial"
    found = whole_inspection_pa(agreed, size, floats, exclusive=exclusive, model=model)
    assert found == pytest.approx(float(exact), rel=1e-12)


@pytest.mark.parametrize("finite", [False, True])
def test_it_is_how_often_the_score_accepts_nonconformities(finite: bool) -> None:
    # At most one of a class on an item, each counted in its own class.
    agreed = contract(classes(single(2, 0), single(3, 1)), counting="nonconformities")
    quality = {"critical": F(1, 5), "major": F(2, 5)}
    exact = scored(agreed, 5, 3, quality, exclusive=False, finite=finite)
    model: Model = "hypergeometric" if finite else "binomial"
    found = whole_inspection_pa(agreed, 5, {name: float(one) for name, one in quality.items()}, model=model)
    assert found == pytest.approx(float(exact), rel=1e-12)


# Laws -------------------------------------------------------------------------------------------------------------

shares = st.fractions(0, F(3, 10), max_denominator=200).map(float)
singles = single_plans(max_n=60, max_ac=4, gaps=False).map(stated)


@examples(60)
@given(plans=st.lists(singles, min_size=3, max_size=3), qualities=st.lists(shares, min_size=3, max_size=3))
def test_overlapping_classes_pass_more_often_than_apart_and_exclusive_ones_less(
    plans: list[Values], qualities: list[float]
) -> None:
    # An item that counts once takes from the lesser classes; counts of exclusive classes push each other down.
    agreed, quality = contract(classes(*plans)), dict(zip(NAMES, qualities, strict=True))
    apart = math.prod(class_pas(agreed, 1000, quality).values())
    overlapping = whole_inspection_pa(agreed, 1000, quality)
    exclusive = whole_inspection_pa(agreed, 1000, quality, exclusive=True)
    assert exclusive <= apart * (1 + 1e-11)
    assert apart <= overlapping * (1 + 1e-11)
    assert overlapping <= min(class_pas(agreed, 1000, {**quality, "major": 0, "minor": 0}).values()) * (
        1 + 1e-11
    )


@given(plan=singles, quality=shares)
def test_one_class_is_its_plan(plan: Values, quality: float) -> None:
    agreed = contract(classes(plan))
    alone = pa(aql.SinglePlan(plan["n"], plan["ac"]), quality)
    for exclusive in (False, True):
        assert whole_inspection_pa(agreed, 1000, {"critical": quality}, exclusive=exclusive) == pytest.approx(
            alone, rel=1e-12
        )
    assert class_pas(agreed, 1000, {"critical": quality}) == {"critical": alone}


def test_a_large_lot_is_as_its_process() -> None:
    agreed = contract([cls("critical", aql=0), cls("major", aql=2.5), cls("minor", aql=4.0)])
    quality = {"critical": 0.0004, "major": 0.025, "minor": 0.05}
    for exclusive in (False, True):
        process = whole_inspection_pa(agreed, 100_000, quality, exclusive=exclusive)
        lot = whole_inspection_pa(agreed, 100_000, quality, exclusive=exclusive, model="hypergeometric")
        assert lot == pytest.approx(process, rel=2e-3)
        assert lot != process


@pytest.mark.parametrize("model", ["binomial", "poisson", "hypergeometric"])
def test_nonconformities_count_each_in_their_class(model: Model) -> None:
    agreed = contract(
        [cls("critical", aql=0), cls("major", aql=2.5), cls("minor", aql=15)], counting="nonconformities"
    )
    quality = {"critical": 0.001, "major": 0.025, "minor": 0.2}
    apart = class_pas(agreed, 1000, quality, model=model)
    lot: dict[str, Any] = {"model": model} | ({"lot_size": 1000} if model == "hypergeometric" else {})
    assert apart["critical"] == pa(aql.SinglePlan(80, 0), 0.001, **lot)
    assert apart["major"] == pa(aql.SinglePlan(80, 5), 0.025, **lot)
    assert apart["minor"] == pa(aql.SinglePlan(80, 21), 0.2, **lot)
    assert whole_inspection_pa(agreed, 1000, quality, model=model) == pytest.approx(
        math.prod(apart.values()), rel=1e-15
    )


def test_aql_0_counts_on_the_largest_sample_of_a_class() -> None:
    agreed = contract([cls("critical", aql=0), cls("minor", plan=staged((60, 60), (3, 6), (7, 7)))])
    found = class_pas(agreed, 1000, {"critical": 0.01, "minor": 0})
    assert found["critical"] == pytest.approx(0.99**120, rel=1e-12)


def test_terms_with_a_line_of_their_own_multiply() -> None:
    own = term("strength", "major", sample=8)
    agreed = contract(classes(single(20, 1), single(20, 2)), [own, term("colour", "major")])
    quality = {"critical": 0.01, "major": 0.05}
    without = whole_inspection_pa(agreed, 500, quality)
    both = whole_inspection_pa(agreed, 500, {**quality, "strength": 0.02})
    assert both == pytest.approx(without * 0.98**8, rel=1e-12)
    lot = whole_inspection_pa(agreed, 500, {**quality, "strength": 0.02}, model="hypergeometric")
    apart = whole_inspection_pa(agreed, 500, quality, model="hypergeometric")
    eight = pa(aql.SinglePlan(8, 0), 0.02, model="hypergeometric", lot_size=500)
    assert lot == pytest.approx(apart * eight, rel=1e-12)
    assert class_pas(agreed, 500, {**quality, "strength": 0.5}) == class_pas(agreed, 500, quality)


def test_edges() -> None:
    agreed = contract(classes(single(5, 0), single(8, 1)))
    assert whole_inspection_pa(agreed, 100, {"critical": 0, "major": 0}) == 1
    assert whole_inspection_pa(agreed, 100, {"critical": 1, "major": 0}) == 0
    # Every item of the first sample is taken by the worse class, so nothing is left for the other one there.
    lenient = contract(classes(single(5, 5), single(5, 0)))
    assert whole_inspection_pa(lenient, 100, {"critical": 1, "major": 1}) == 1
    for exclusive in (False, True):
        assert math.isnan(
            whole_inspection_pa(agreed, 100, {"critical": math.nan, "major": 0}, exclusive=exclusive)
        )
    with_term = contract(classes(single(5, 0)), [term("strength", "critical", sample=8)])
    assert math.isnan(whole_inspection_pa(with_term, 100, {"critical": 0, "strength": math.nan}))
    none = aql.Contract.load({"order": {"id": "PO-1"}})
    assert whole_inspection_pa(none, 100, {}) == 1


# What is refused --------------------------------------------------------------------------------------------------

TWO = contract(classes(single(5, 0), single(8, 1)), [term("strength", "major", sample=8)])
COUNTED = contract(classes(single(5, 0), single(8, 1)), counting="nonconformities")
IN_STAGES = contract(classes(staged((3, 3), (0, 2), (2, 3)), single(8, 1)))
GOOD = {"critical": 0.0, "major": 0.1}


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: whole_inspection_pa(TWO, 100, {"critical": 0}),
            (
                "qualities must name every class, critical and major, and may name strength; major is missing. "
                "Use 0 for a class without nonconforming items."
            ),
        ),
        (
            lambda: whole_inspection_pa(COUNTED, 100, {**GOOD, "colour": 0.1}),
            "qualities must name every class, critical and major; got colour.",
        ),
        (
            lambda: whole_inspection_pa(TWO, 100, GOOD, model="poisson"),
            'model must be "binomial" or "hypergeometric" for a contract that counts items, got \'poisson\'.',
        ),
        (
            lambda: whole_inspection_pa(COUNTED, 100, GOOD, exclusive=True),
            ("exclusive must be False for a contract that counts nonconformities, got True."),
        ),
        (
            lambda: whole_inspection_pa(TWO, 100, {"critical": 0.6, "major": 0.5}, exclusive=True),
            (
                "the qualities of exclusive classes must add up to at most 1, got 1.1. "
                "Count every item only in its most serious class."
            ),
        ),
        pytest.param(
            lambda: whole_inspection_pa(
                TWO, 100, {"critical": 0.6, "major": 0.5}, exclusive=True, model="hypergeometric"
            ),
            (
                "the qualities of exclusive classes must add up to at most 1, got 1.1. "
                "Count every item only in its most serious class."
            ),
            id="exclusive classes in a lot",
        ),
        (
            lambda: whole_inspection_pa(IN_STAGES, 100, GOOD, model="hypergeometric"),
            (
                "in a finite lot whose classes overlap, every class except the least serious must have a single plan. "
                'Use exclusive=True or model="binomial".'
            ),
        ),
        (
            lambda: whole_inspection_pa(TWO, 100, {"critical": 0, "major": [0.1, 0.2]}),  # type: ignore[dict-item]
            "the quality of major must be one number, got an array.",
        ),
        (
            lambda: whole_inspection_pa(TWO, 100, {"critical": 0, "major": 1.5}),
            "p must be from 0 to 1, got 1.5. Write 0.015 for 1.5 %.",
        ),
        (
            lambda: whole_inspection_pa(TWO, 100, {"critical": 0.005, "major": 0}, model="hypergeometric"),
            (
                "p must mean a whole number of items in a lot of 100, got 0.005, which is 0.5 items. "
                "Use nonconforming=0 or nonconforming=1."
            ),
        ),
        (
            lambda: whole_inspection_pa(TWO, 0, GOOD),
            "lot_size must be a whole number, 1 or more, got 0.",
        ),
        (
            lambda: class_pas(TWO, 100, GOOD, model=cast(Model, "normal")),
            'model must be "binomial", "hypergeometric" or "poisson", got \'normal\'.',
        ),
    ],
)
def test_what_is_refused_says_what_is_allowed(call: Callable[[], object], message: str) -> None:
    with pytest.raises(DomainError) as caught:
        call()
    assert str(caught.value) == message
