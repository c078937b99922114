"""Probabilities of acceptance and rejection are right to twelve digits, down to 1e-290, for every plan and model.

The reference is computed for exactly the float passed, with 400 digits or in exact fractions.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cache
from math import inf, nan, nextafter, sqrt, ulp
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import aql
from aql import strategies
from aql.errors import DomainError
from aql.plans.operating_characteristic import pa, pr
from aql.plans.outgoing_quality import aoq
from aql.plans.plan import MultiplePlan, SinglePlan
from aql.plans.sample_number import asn
from aql.plans.stage_probabilities import stage_probabilities
from aql.plans.total_inspection import ati
from aql.types import Model, Standard
from tests.oracles import exact_probability as exact
from tests.oracles.naive_tables import LETTERS, SAMPLINGS, SEVERITIES, rows
from tests.profiles import exhaustive

AnyPlan = SinglePlan | MultiplePlan

WITHIN = 1e-12
LEAST = 1e-290
INFINITE = ("binomial", "poisson")
MODELS = (*INFINITE, "hypergeometric")
every_model = pytest.mark.parametrize("model", MODELS)
infinite_model = pytest.mark.parametrize("model", INFINITE)


# Comparing -----------------------------------------------------------------------------------------------------


def close(got: float, wanted: Any) -> bool:
    """Right to twelve digits; below 1e-290, as small as it should be; 0 and 1 exactly where they are exact."""
    if wanted in (0, 1):
        return bool(got == wanted)
    if wanted < LEAST:
        return 0 <= got < 1.1 * LEAST
    return exact.relative_error(got, wanted) <= WITHIN


def law_of(model: Model, quality: float, lot_size: int | None) -> exact.Law:
    if lot_size is not None:
        return exact.hypergeometric(lot_size, int(quality), exact=lot_size <= 300)
    return exact.binomial(quality) if model == "binomial" else exact.poisson(quality)


def ask(plan: AnyPlan, model: Model, qualities: Any, lot_size: int | None) -> tuple[Any, Any]:
    if lot_size is not None:
        how: dict[str, Any] = {"model": model, "lot_size": lot_size, "nonconforming": qualities}
        return pa(plan, **how), pr(plan, **how)
    return pa(plan, qualities, model=model), pr(plan, qualities, model=model)


def check(plan: AnyPlan, model: Model, qualities: Iterable[float], lot_size: int | None = None) -> None:
    """Compare every quality, given as an array and alone, with the reference."""
    points = list(qualities)
    accepted, rejected = ask(plan, model, np.array(points, dtype=float), lot_size)
    read = exact.plan_of(plan, lot_size)
    for place, quality in enumerate(points):
        through = exact.walk(read, law_of(model, quality, lot_size))
        alone = ask(plan, model, quality, lot_size)
        pairs = ((accepted[place], alone[0], through.accepted), (rejected[place], alone[1], through.rejected))
        for in_array, by_itself, parts in pairs:
            wanted = sum(parts)
            where = f"{plan!r}, {model}, lot {lot_size}, quality {quality!r}: {float(wanted)!r}"
            assert close(in_array, wanted), f"{where}, in an array {in_array!r}"
            assert close(by_itself, wanted), f"{where}, alone {by_itself!r}"
        if min(accepted[place], rejected[place]) > np.finfo(float).tiny:
            assert abs(accepted[place] + rejected[place] - 1) <= 2 * ulp(1.0)


def at(plan: AnyPlan, model: Model, stage: int, deviations: float) -> float:
    """A quality at which a stage's rejection number is that many standard deviations from the mean."""
    one = plan.stages[stage % len(plan.stages)]
    edge = one.re - 0.5
    mean = edge + deviations * sqrt(edge + deviations**2 / 4) + deviations**2 / 2
    quality = max(mean, 1e-9) / one.total
    return min(quality, 1.0) if model != "poisson" else quality


# Grids ---------------------------------------------------------------------------------------------------------

FAR = (-30, -12, -4, -1.5, -0.4, 0, 0.3, 1, 2.5, 7, 20, 34)

SINGLE = [
    *((1, 0), (2, 0), (2, 1), (5, 0), (13, 1), (20, 1), (52, 3), (80, 5), (80, 79), (125, 21), (315, 21)),
    *((200, 100), (277, 160), (361, 180), (500, 44), (800, 14), (1250, 0), (1300, 62), (1400, 60)),
    *((2000, 21), (3150, 0), (5000, 4999), (10_000, 500), (8594, 4276), (49_675, 211), (100_000, 0)),
    *((100_000, 59), (100_000, 60), (100_000, 300), (100_000, 5000)),
]
# Only nonconformities: an acceptance number at or above the sample size.
ABOVE = [
    (1, 1),
    (1, 29),
    (1, 300),
    (1, 4999),
    (2, 30),
    (3, 44),
    (23, 4399),
    (100, 1000),
    (654, 4809),
    (5000, 5000),
]


def marked(pairs: list[tuple[int, int]]) -> list[Any]:
    """The reference adds up Ac + 1 terms, which takes long where there are thousands."""
    return [exhaustive(n, ac) if ac > 1000 else (n, ac) for n, ac in pairs]


@infinite_model
@pytest.mark.parametrize(("n", "ac"), marked(SINGLE))
def test_single_plans_of_a_process(n: int, ac: int, model: Model) -> None:
    plan = SinglePlan(n, ac)
    check(plan, model, {at(plan, model, 0, z) for z in FAR})


@pytest.mark.parametrize(("n", "ac"), marked(ABOVE))
def test_single_plans_of_nonconformities(n: int, ac: int) -> None:
    plan = SinglePlan(n, ac)
    check(plan, "poisson", {at(plan, "poisson", 0, z) for z in FAR})
    check(plan, "binomial", [0.0, 1e-300, 0.3, 1.0])


@pytest.mark.parametrize(("n", "ac"), [pair for pair in SINGLE if pair[0] <= 10_000 and pair[1] <= 500])
@pytest.mark.parametrize("times", [1.01, 1.7, 40, 5000])
def test_single_plans_of_a_lot(n: int, ac: int, times: float) -> None:
    lot_size = min(round(n * times), 10**7)
    plan = SinglePlan(n, ac)
    found = {round(at(plan, "binomial", 0, z) * lot_size) for z in FAR}
    check(plan, "hypergeometric", sorted({0, 1, ac, ac + 1, lot_size - 1, lot_size} | found), lot_size)


@pytest.mark.parametrize(
    ("n", "ac", "lot_size", "bad"), [(8594, 4276, 8680, 4290), (8594, 4276, 400_000, 190_000)]
)
def test_large_samples_of_lots(n: int, ac: int, lot_size: int, bad: int) -> None:
    check(SinglePlan(n, ac), "hypergeometric", [bad], lot_size)


@pytest.mark.exhaustive
def test_a_very_large_sample_of_a_very_large_lot() -> None:
    check(SinglePlan(100_000, 5000), "hypergeometric", [430_000], 10**7)


@infinite_model
@pytest.mark.parametrize(("n", "ac"), [(1, 0), (13, 1), (315, 21), (100_000, 300)])
def test_the_smallest_and_largest_qualities(n: int, ac: int, model: Model) -> None:
    tiny = [5e-324, 1e-310, 2.3e-308, 1e-295, 1e-280, 1e-140, 1e-30, 1e-17]
    large = [0.5, 0.9, 0.999, 1 - 1e-9, nextafter(1, 0)] if model == "binomial" else [1.0, 30.0, 1e6, 1e300]
    check(SinglePlan(n, ac), model, [*tiny, *large])


# The standards -------------------------------------------------------------------------------------------------


@cache
def staged_plans(standard: Standard) -> tuple[AnyPlan, ...]:
    """Every different plan of several stages that looking up a cell gives."""
    folder = {"ISO 2859-1:1999": "iso_2859_1_1999", "MIL-STD-105E": "mil_std_105e"}[standard]
    found: dict[AnyPlan, None] = {}
    for sampling in SAMPLINGS[1:]:
        for severity in SEVERITIES:
            for row in rows(folder, f"{sampling}_{severity}"):
                if row["cell"] == "plan" and row["letter"] in LETTERS:
                    kind: dict[str, Any] = {
                        "letter": row["letter"],
                        "severity": severity,
                        "sampling": sampling,
                    }
                    plan = aql.lookup(aql=row["aql"], standard=standard, **kind).plan
                    assert isinstance(plan, MultiplePlan)
                    found[plan] = None
    return tuple(found)


@pytest.mark.exhaustive
@infinite_model
@pytest.mark.parametrize("standard", ["ISO 2859-1:1999", exhaustive("MIL-STD-105E")])
def test_double_and_multiple_plans_of_the_standards(standard: str, model: Model) -> None:
    plans = staged_plans(standard)
    assert len(plans) > 150
    for turn, plan in enumerate(plans):
        # Not every offset with every plan: the reference needs its time.
        check(plan, model, [at(plan, model, -1, z) for z in FAR[turn % 6 :: 6]])


@pytest.mark.parametrize("standard", ["ISO 2859-1:1999", exhaustive("MIL-STD-105E")])
def test_double_and_multiple_plans_of_the_standards_on_lots(standard: str) -> None:
    for turn, plan in enumerate(staged_plans(standard)[::5]):
        lot_size = (plan.total * 3 // 4, plan.total, plan.total + 1, plan.total * 3, 10**6)[turn % 5] + 1
        found = [round(at(plan, "binomial", -1, z) * lot_size) for z in FAR[turn % 4 :: 4]]
        check(plan, "hypergeometric", found, lot_size)


# Plans that nobody has thought of ------------------------------------------------------------------------------


@st.composite
def plans(draw: st.DrawFn, *, large: tuple[int, ...] = (500, 2000, 14_000)) -> AnyPlan:
    """One to seven stages, tiny and large ones, gaps, closed stages, and Ac far above what can be found."""
    number = draw(st.integers(1, 7))
    size = st.one_of(st.integers(1, 3), st.integers(1, 150), st.sampled_from(large))
    n = draw(st.lists(size, min_size=number, max_size=number))
    step = st.one_of(st.just(0), st.integers(0, 3), st.integers(0, 20))
    ac, re, ready, least = [], [], draw(step), 1
    for _ in range(number):
        least = max(least, ready + 1) + draw(step)
        ac.append(ready)
        re.append(least)
        ready += draw(step)
    if number == 1:
        return SinglePlan(n[0], ac[0], re[0])
    closed = draw(st.integers(0, number - 1))
    return MultiplePlan(n, [*[None] * closed, *ac[closed:]], re)


offsets = st.floats(-35, 35)


@infinite_model
@given(plan=plans(), stage=st.integers(0, 6), near=offsets, power=st.floats(-300, 0))
def test_any_plan_of_a_process(plan: AnyPlan, stage: int, near: float, power: float, model: Model) -> None:
    check(plan, model, [at(plan, model, stage, near), 10**power])


@given(
    plan=plans(large=(300, 1000)),
    stage=st.integers(0, 6),
    near=offsets,
    lot_size=st.integers(1, 4000),
    scale=st.integers(0, 3),
)
def test_any_plan_of_a_lot(plan: AnyPlan, stage: int, near: float, lot_size: int, scale: int) -> None:
    size = lot_size * 13**scale
    found = round(at(plan, "hypergeometric", stage, near) * size)
    check(plan, "hypergeometric", [found], size)


# Stages, items inspected, outgoing quality -----------------------------------------------------------------------


def small_plans() -> st.SearchStrategy[AnyPlan]:
    """Plans of up to four stages for which item by item is not too long."""
    return strategies.plans(max_stages=4, max_n=25, max_step=3)


@every_model
@given(plan=small_plans(), quality=st.floats(0, 1), lot_size=st.integers(1, 90))
def test_every_stage_and_the_items_inspected(
    plan: AnyPlan, quality: float, lot_size: int, model: Model
) -> None:
    size = lot_size if model == "hypergeometric" else None
    point = round(quality * lot_size) if size is not None else quality
    how: dict[str, Any] = {"model": model}
    how |= {"p": point} if size is None else {"nonconforming": point, "lot_size": size}
    read, law = exact.plan_of(plan, size), law_of(model, point, size)
    wanted, found = exact.walk(read, law), stage_probabilities(plan, **how)
    for got, parts in (
        (found.reach, wanted.reached),
        (found.accept, wanted.accepted),
        (found.reject, wanted.rejected),
    ):
        assert got == pytest.approx([float(part) for part in parts], rel=0, abs=WITHIN)
    for inspection in ("full", "semi", "curtailed"):
        items = asn(plan, inspection=inspection, **how)
        assert exact.relative_error(items, exact.asn(read, law, inspection)) <= WITHIN, inspection


@given(plan=small_plans(), lot_size=st.integers(1, 60), part=st.floats(0, 1))
def test_outgoing_quality_of_a_lot_is_what_is_left_in_it(plan: AnyPlan, lot_size: int, part: float) -> None:
    bad = round(part * lot_size)
    left = exact.delivered(exact.plan_of(plan, lot_size), lot_size, bad)
    found = aoq(plan, nonconforming=bad, lot_size=lot_size, model="hypergeometric")
    assert found == pytest.approx(float(left), rel=1e-11, abs=WITHIN)


@infinite_model
@given(plan=small_plans(), quality=st.floats(0, 1), lot_size=st.integers(1, 90))
def test_outgoing_quality_of_a_process(plan: AnyPlan, quality: float, lot_size: int, model: Model) -> None:
    read = exact.plan_of(plan, lot_size)
    accepted = exact.walk(read, law_of(model, quality, None)).accepted
    drawn = np.cumsum(read.n).tolist()
    passed = float(
        sum(share * (lot_size - end) for share, end in zip(accepted, drawn, strict=True)) / lot_size
    )
    how: dict[str, Any] = {"model": model, "lot_size": lot_size}
    assert aoq(plan, quality, **how) == pytest.approx(quality * passed, rel=1e-11, abs=WITHIN)
    inspected = lot_size * (1 - passed)
    assert ati(plan, quality, **how) == pytest.approx(inspected, rel=1e-11)
    removed = quality * passed * lot_size / (lot_size - quality * inspected) if quality * passed else 0.0
    assert aoq(plan, quality, found="removed", **how) == pytest.approx(removed, rel=1e-11, abs=WITHIN)


# Points that were once wrong, or are the worst known -----------------------------------------------------------

HARD: list[tuple[AnyPlan, str, float]] = [
    # A late stage whose mean is far above its rejection number.
    (MultiplePlan((10, 100_000), (1, 4), (3, 5)), "binomial", 0.15),
    (MultiplePlan((4, 17_029), (2, 2), (5, 5)), "poisson", 0.0084),
    # The count at which a stage accepts is out of reach, or far off what is found.
    (MultiplePlan((12_066, 1), (0, 94), (3, 96)), "poisson", 0.00131),
    (MultiplePlan((1413, 1413), (None, 200), (1, 201)), "binomial", 0.29),
    (
        MultiplePlan((8275,) * 6, (None, 766, 766, 767, 768, 768), (1, 769, 771, 771, 773, 773)),
        "binomial",
        0.0141,
    ),
    (MultiplePlan((1, 1), (None, 359), (1, 361)), "poisson", 194.01871928595224),
    (
        MultiplePlan((4,) * 7, (None, 106, 158, 208, 258, 311, 363), (1, 109, 161, 210, 264, 312, 384)),
        "poisson",
        4.15,
    ),
    (MultiplePlan((62, 21_429, 18_977), (21, 21, 21), (42, 62, 63)), "poisson", 0.000672),
    # Large logarithms of factorials that all but cancel.
    (SinglePlan(1400, 60), "binomial", 60 / 1400),
    (SinglePlan(654, 4809), "poisson", 8.145040022410184),
    (SinglePlan(23, 4399), "poisson", 189.22807790091207),
    (SinglePlan(1, 4999), "poisson", 5099.0),
]


@pytest.mark.parametrize(("plan", "model", "quality"), HARD)
def test_hard_points(plan: AnyPlan, model: Model, quality: float) -> None:
    check(plan, model, [quality])


HARD_LOTS: list[tuple[AnyPlan, int, int]] = [
    (MultiplePlan((10, 16_453, 5), (0, 3, 3), (3, 5, 15)), 242_162, 45),
    (MultiplePlan((1413, 1413), (None, 200), (1, 201)), 9_620_945, 665_663),
    (MultiplePlan((3, 3003), (1, 4010), (3, 4011)), 154_342, 154_339),
    (MultiplePlan((3, 134, 62, 3993, 578), (0, 1, 2, 3, 4), (23, 23, 23, 23, 24)), 61_455, 213),
    (SinglePlan(11_641, 4999), 79_918, 46_164),
]


@pytest.mark.parametrize(("plan", "lot_size", "nonconforming"), HARD_LOTS)
def test_hard_lots(plan: AnyPlan, lot_size: int, nonconforming: int) -> None:
    check(plan, "hypergeometric", [nonconforming], lot_size)


# What is exact -------------------------------------------------------------------------------------------------


@every_model
@given(plan=plans())
def test_nothing_wrong_is_always_accepted(plan: AnyPlan, model: Model) -> None:
    lot_size = 1000 if model == "hypergeometric" else None
    assert ask(plan, model, 0, lot_size) == (1.0, 0.0)
    accepted, rejected = ask(plan, model, np.zeros(3), lot_size)
    assert (accepted == 1).all()
    assert (rejected == 0).all()


@given(plan=plans())
def test_nothing_right_is_decided_by_the_plan_alone(plan: AnyPlan) -> None:
    accepts = float(exact.pa(exact.plan_of(plan), exact.binomial(1.0)))
    assert accepts in {0.0, 1.0}
    for quality in (1, 1.0, np.array([1.0])):
        assert (pa(plan, quality), pr(plan, quality)) == (accepts, 1 - accepts)


@every_model
@given(plan=plans())
def test_nan_passes_through(plan: AnyPlan, model: Model) -> None:
    lot_size = 500 if model == "hypergeometric" else None
    assert all(np.isnan(ask(plan, model, nan, lot_size)))
    for found in ask(plan, model, np.array([0.0, nan, 1.0, nan]), lot_size):
        assert np.isnan(found).tolist() == [False, True, False, True]


@given(lot_size=st.integers(1, 60), plan=plans())
def test_certainty_in_a_lot_is_exact(lot_size: int, plan: AnyPlan) -> None:
    read = exact.plan_of(plan, lot_size)
    bad = np.arange(lot_size + 1)
    accepted, rejected = ask(plan, "hypergeometric", bad, lot_size)
    for count in bad.tolist():
        wanted = exact.pa(read, exact.hypergeometric(lot_size, count))
        assert close(accepted[count], wanted)
        assert close(rejected[count], 1 - wanted)


# Shapes --------------------------------------------------------------------------------------------------------

PLANS = (SinglePlan(80, 5), SinglePlan(1, 3), MultiplePlan((32, 32), (None, 4), (5, 5)))
every_plan = pytest.mark.parametrize("plan", PLANS)


@every_model
@every_plan
@pytest.mark.parametrize("shape", [(0,), (0, 3), (1,), (5,), (2, 3), (2, 1, 3), (20_000,)])
def test_the_shape_stays(plan: AnyPlan, model: Model, shape: tuple[int, ...]) -> None:
    lot_size = 200 if model == "hypergeometric" else None
    qualities = np.arange(np.prod(shape), dtype=float).reshape(shape) % 201
    qualities = qualities if lot_size is not None else qualities / 200
    for found in ask(plan, model, qualities, lot_size):
        assert found.shape == shape
        assert found.dtype == np.float64
    alone = [ask(plan, model, one, lot_size)[0] for one in qualities.ravel()[:30]]
    together = ask(plan, model, qualities, lot_size)[0].ravel()[:30]
    assert together == pytest.approx(alone, rel=WITHIN)


@every_model
@every_plan
def test_a_number_gives_a_number(plan: AnyPlan, model: Model) -> None:
    lot_size = 200 if model == "hypergeometric" else None
    for one in (1, 1.0, np.float64(1), np.array(1.0), np.int64(1)):
        assert [type(found) for found in ask(plan, model, one, lot_size)] == [float, float]


@every_plan
def test_how_an_array_lies_in_memory_makes_no_difference(plan: AnyPlan) -> None:
    qualities = np.linspace(0, 1, 600).reshape(20, 30)
    for view in (qualities.T, qualities[::-2, ::3], qualities.tolist(), np.asfortranarray(qualities)):
        assert (pa(plan, view) == pa(plan, np.array(view, order="C"))).all()
    assert pa(plan, qualities.astype(np.float32)) == pytest.approx(
        pa(plan, qualities.astype(np.float32).astype(float)), rel=0, abs=0
    )


def test_what_was_given_is_left_as_it_was() -> None:
    qualities = np.linspace(0, 1, 7)
    qualities.setflags(write=False)
    pa(PLANS[2], qualities)
    pr(PLANS[2], qualities, model="poisson")
    assert (qualities == np.linspace(0, 1, 7)).all()


# A fraction of a lot -------------------------------------------------------------------------------------------


@given(lot_size=st.integers(1, 10**7), part=st.integers(0, 10**7))
def test_a_fraction_of_a_lot_stands_for_its_number(lot_size: int, part: int) -> None:
    count = part % (lot_size + 1)
    plan = SinglePlan(20, 1)
    by_number = pa(plan, nonconforming=count, model="hypergeometric", lot_size=lot_size)
    assert pa(plan, count / lot_size, model="hypergeometric", lot_size=lot_size) == by_number


@given(lot_size=st.integers(2, 10**6), part=st.integers(0, 10**6), ulps=st.integers(-3, 3))
def test_three_ulp_off_a_whole_number_is_that_number(lot_size: int, part: int, ulps: int) -> None:
    count = 1 + part % (lot_size - 1)
    p = (count + ulps * ulp(count) / 2) / lot_size
    assume(abs(p * lot_size - count) <= 3 * ulp(count))
    plan = SinglePlan(20, 1)
    by_number = pa(plan, nonconforming=count, model="hypergeometric", lot_size=lot_size)
    assert pa(plan, p, model="hypergeometric", lot_size=lot_size) == by_number


@given(lot_size=st.integers(2, 10**6), part=st.integers(0, 10**6), off=st.sampled_from([-40, -10, 10, 40]))
def test_ten_ulp_off_a_whole_number_is_refused(lot_size: int, part: int, off: int) -> None:
    count = 1 + part % (lot_size - 1)
    p = (count + off * ulp(count)) / lot_size
    with pytest.raises(DomainError) as caught:
        pa(SinglePlan(20, 1), p, model="hypergeometric", lot_size=lot_size)
    assert caught.value.facts["nearest"] == ((count - 1, count) if off < 0 else (count, count + 1))


@pytest.mark.parametrize(("p", "lot_size", "near"), [(1e-17, 10, (0, 1)), (1e-300, 10**6, (0, 1))])
def test_a_fraction_of_an_item_is_refused_however_small(
    p: float, lot_size: int, near: tuple[int, int]
) -> None:
    with pytest.raises(DomainError) as caught:
        pa(SinglePlan(20, 1), p, model="hypergeometric", lot_size=lot_size)
    assert caught.value.facts["nearest"] == near


# What is refused -----------------------------------------------------------------------------------------------

HYPER = {"model": "hypergeometric", "lot_size": 120}

FRACTION, RATE = "p must be from 0 to 1, got", "p must be 0 or more and finite, got"
NUMBER = "p must be a number or an array of numbers, got"
LOT = "lot_size must be a whole number, 1 or more, got"
IN_120 = "nonconforming must be a whole number from 0 to 120, got"
WHOLE = "p must mean a whole number of items in a lot of 120, got"
EITHER = 'pass either p or nonconforming with model="hypergeometric", got'

REFUSED: list[tuple[Any, dict[str, Any], str]] = [
    (-0.1, {}, f"{FRACTION} -0.1."),
    (1.5, {}, f"{FRACTION} 1.5. Write 0.015 for 1.5 %."),
    (inf, {}, f"{FRACTION} inf."),
    (-inf, {}, f"{FRACTION} -inf."),
    ([0.1, nan, -2.0, 3.0], {}, f"{FRACTION} -2."),
    (2, HYPER, f"{FRACTION} 2. Write 0.02 for 2 %."),
    (-0.1, {"model": "poisson"}, f"{RATE} -0.1."),
    (inf, {"model": "poisson"}, f"{RATE} inf."),
    ("0.1", {}, f"{NUMBER} '0.1'."),
    (None, {}, f"{NUMBER} None."),
    (True, {}, f"{NUMBER} True."),
    (0.1j, {}, f"{NUMBER} 0.1j."),
    (Decimal("0.1"), {}, f"{NUMBER} Decimal('0.1')."),
    ([[0.1], [0.2, 0.3]], {}, f"{NUMBER} [[0.1], [0.2, 0.3]]."),
    (
        0.1,
        {"model": "normal"},
        'model must be "binomial", "hypergeometric" or "poisson", got \'normal\'.',
    ),
    (0.1, {"unit": "100 items"}, 'unit must be "item" with model="binomial", got \'100 items\'.'),
    (0.1, {"unit": "dozen", "model": "poisson"}, 'unit must be "item" or "100 items", got \'dozen\'.'),
    (
        0.1,
        {"lot_size": 120},
        'lot_size requires model="hypergeometric", got lot_size=120 with model="binomial".',
    ),
    (
        0.1,
        {"nonconforming": 3, "model": "poisson"},
        'nonconforming requires model="hypergeometric", got nonconforming=3 with model="poisson".',
    ),
    (0.1, {"model": "hypergeometric"}, f"{LOT} None."),
    (0.1, {"model": "hypergeometric", "lot_size": 0}, f"{LOT} 0."),
    (0.1, {"model": "hypergeometric", "lot_size": 12.5}, f"{LOT} 12.5."),
    (0.1, {"model": "hypergeometric", "lot_size": True}, f"{LOT} True."),
    (0.1, {"nonconforming": 3, **HYPER}, f"{EITHER} both."),
    (None, HYPER, f"{EITHER} neither."),
    (None, {"nonconforming": 121, **HYPER}, f"{IN_120} 121."),
    (None, {"nonconforming": -1, **HYPER}, f"{IN_120} -1."),
    (None, {"nonconforming": [3, 3.5], **HYPER}, f"{IN_120} 3.5."),
    (0.1875, HYPER, f"{WHOLE} 0.1875, which is 22.5 items. Use nonconforming=22 or nonconforming=23."),
    ([0.25, 0.01], HYPER, f"{WHOLE} 0.01, which is 1.2 items. Use nonconforming=1 or nonconforming=2."),
]


@pytest.mark.parametrize("ask_for", [pa, pr])
@pytest.mark.parametrize(("p", "how", "message"), REFUSED)
def test_what_is_refused(ask_for: Any, p: Any, how: dict[str, Any], message: str) -> None:
    with pytest.raises(DomainError) as caught:
        ask_for(SinglePlan(20, 1), p, **how)
    assert str(caught.value) == message


def test_the_unit_of_nonconformities() -> None:
    plan = SinglePlan(125, 7)
    rates: Sequence[float] = [0.0, 2.5, 6.5, 250.0]
    per_item = pa(plan, [rate / 100 for rate in rates], model="poisson")
    assert (pa(plan, rates, model="poisson", unit="100 items") == per_item).all()
