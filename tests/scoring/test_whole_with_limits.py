"""The whole inspection with limits, compared with the scores of every possible log and with plain sums."""

import math
from collections.abc import Iterator
from fractions import Fraction
from itertools import product

import pytest

import aql
from aql.contract import Contract
from aql.plans.plan import SinglePlan
from aql.scoring.whole_inspection import class_pas, whole_inspection_pa
from tests.profiles import exhaustive
from tests.scoring.builders import (
    Values,
    cls,
    contract,
    log,
    measured,
    seen,
    single,
    staged,
    term,
    unlisted,
)

F = Fraction
QUALITY = {"critical": F(1, 5), "major": F(2, 5), "drop": F(1, 3)}
DROP = term("drop", "major", sample=1, ac=1)


def limited(limits: list[Values], classes: list[Values], *terms: Values, counting: str = "items") -> Contract:
    return Contract.from_dict(contract(classes, terms, counting=counting).to_dict() | {"limits": limits})


def limit(name: str, of: list[str], n: int, ac: int) -> Values:
    return {"name": name, "of": of, "plan": single(n, ac)}


def logs(names: list[str], drawn: int, *, exclusive: bool) -> Iterator[tuple[Fraction, list[Values]]]:
    """Every way in which the items drawn can be, and how probable it is."""
    classes = [name for name in names if name != "drop"]
    for items in product(product((False, True), repeat=len(names)), repeat=drawn):
        weight, rows = F(1), list[Values]()
        for number, pattern in enumerate(items, start=1):
            found = [name for name, is_in in zip(names, pattern, strict=True) if is_in]
            if exclusive:
                apart = [name for name in found if name in classes]
                sound = 1 - sum(QUALITY[name] for name in classes)
                weight *= 0 if len(apart) > 1 else QUALITY[apart[0]] if apart else sound
            for name in names:
                if name not in classes or not exclusive:
                    weight *= QUALITY[name] if name in found else 1 - QUALITY[name]
            for name in found:
                rows += seen(name, number) if name == "drop" else unlisted(name, number)
        if weight:
            yield weight, rows


TWO = [cls("critical", plan=single(1, 0)), cls("major", plan=single(3, 2))]
BOTH = ["critical", "major"]
CASES: list[tuple[Contract, bool]] = [
    (limited([limit("total", BOTH, 3, 1)], TWO), False),
    (limited([limit("total", BOTH, 2, 1), limit("again", ["major"], 3, 1)], TWO), True),
    (limited([limit("total", BOTH, 3, 1)], TWO, counting="nonconformities"), False),
    (limited([{"name": "none", "of": BOTH, "aql": 0}], TWO), False),
    (limited([limit("total", BOTH, 3, 1)], [cls("critical", aql=0), TWO[1]]), False),
]
WITH_A_TERM: list[tuple[Contract, bool]] = [
    (limited([limit("total", [*BOTH, "drop"], 2, 1)], TWO, DROP), False),
    (limited([limit("total", ["drop"], 3, 1)], TWO, DROP), True),
    (limited([limit("total", ["major", "drop"], 3, 2)], TWO, DROP, counting="nonconformities"), False),
]


@pytest.mark.parametrize(
    ("agreed", "exclusive"), [*CASES, *(exhaustive(agreed, is_so) for agreed, is_so in WITH_A_TERM)]
)
def test_it_is_how_often_the_score_accepts(agreed: Contract, exclusive: bool) -> None:
    names = [*BOTH, *(one.id for one in agreed.terms)]
    exact, size = F(0), 3
    for weight, rows in logs(names, 3, exclusive=exclusive):
        verdict = aql.score(agreed, log(tuple(rows), size, inspected=3))
        assert verdict.decision in {"accept", "reject"}
        exact += weight * (verdict.decision == "accept")
    floats = {name: float(QUALITY[name]) for name in names}
    found = whole_inspection_pa(agreed, size, floats, exclusive=exclusive)
    assert found == pytest.approx(float(exact), rel=1e-12)


FOOD = limited(
    [limit("total", ["critical", "major", "minor"], 84, 9)],
    [
        cls("critical", plan=single(84, 0)),
        cls("major", plan=single(84, 3)),
        cls("minor", plan=single(84, 9)),
    ],
    counting="nonconformities",
)


def test_a_total_of_nonconformities_is_a_plain_sum() -> None:
    """7 CFR 42.107: of 84 items 0 critical, 3 major and 9 in all; Poisson counts, each class with its mean."""
    quality = {"critical": 0.001, "major": 0.02, "minor": 0.05}

    def chance(name: str, k: int) -> float:
        mean = 84 * quality[name]
        return math.exp(-mean) * mean**k / math.factorial(k)

    exact = sum(
        chance("critical", 0) * chance("major", a) * chance("minor", b)
        for a in range(4)
        for b in range(10)
        if a + b <= 9
    )
    assert whole_inspection_pa(FOOD, 6000, quality, model="poisson") == pytest.approx(exact, rel=1e-12)
    alone = class_pas(FOOD, 6000, quality, model="poisson")
    assert exact < alone["critical"] * alone["major"] * alone["minor"]


def test_a_limit_that_never_rejects_changes_nothing() -> None:
    parts = [cls("critical", plan=single(20, 0)), cls("major", plan=single(32, 2))]
    quality = {"critical": 0.01, "major": 0.05}
    agreed = limited([limit("total", BOTH, 10, 10)], parts)
    without = whole_inspection_pa(contract(parts), 1000, quality)
    assert whole_inspection_pa(agreed, 1000, quality) == pytest.approx(without, rel=1e-12)
    assert class_pas(agreed, 1000, quality) == class_pas(contract(parts), 1000, quality)


WEIGHED = {**limit("total", BOTH, 3, 1), "weights": {"major": "0.5"}}


@pytest.mark.parametrize(
    ("agreed", "model", "needed"),
    [
        (CASES[0][0], "hypergeometric", "a process, not a finite lot, got hypergeometric"),
        (limited([WEIGHED], TWO), "binomial", "limits without weights, got total"),
        (
            limited([limit("total", ["drop"], 3, 1)], TWO, DROP),
            "binomial",
            "members with their own qualities, got drop",
        ),
        (
            limited(
                [limit("total", BOTH, 3, 1)], [TWO[0], cls("major", plan=staged((1, 1), (0, 1), (2, 2)))]
            ),
            "binomial",
            "single samples, got major",
        ),
    ],
)
def test_what_is_not_covered_is_named(agreed: Contract, model: aql.types.Model, needed: str) -> None:
    with pytest.raises(aql.DomainError, match=rf"a contract with limits \(total\) must have {needed}"):
        whole_inspection_pa(agreed, 5, {"critical": 0.2, "major": 0.4}, model=model)


def test_acceptance_numbers_that_allow_too_many_combinations() -> None:
    parts = [cls("critical", plan=single(5000, 2500)), cls("major", plan=single(5000, 2500))]
    agreed = limited([limit("total", BOTH, 5000, 4000)], parts)
    combinations = 2501 * 2501 * 4001  # of 0 to Ac in each line
    with pytest.raises(aql.DomainError, match=f"must allow at most 4000000 combinations, got {combinations}"):
        whole_inspection_pa(agreed, 100_000, {"critical": 0.2, "major": 0.4})


def test_terms_of_cartons_and_of_shared_readings() -> None:
    """Cartons are apart from the items; two judgements of one reading are not independent."""
    carton = term("box", "major", of="cartons", sample=3, ac=0)
    agreed = contract(TWO, [carton])
    quality = {"critical": 0.0, "major": 0.0, "box": 0.1}
    found = whole_inspection_pa(agreed, 500, quality, cartons=20)
    assert found == pytest.approx(SinglePlan(3, 0).pa(0.1), rel=1e-12)
    finite = whole_inspection_pa(agreed, 500, quality, cartons=20, model="hypergeometric")
    assert finite == SinglePlan(3, 0).pa(nonconforming=2, lot_size=20, model="hypergeometric")
    with pytest.raises(aql.DomainError, match="cartons is required, because term 'box' is of cartons"):
        whole_inspection_pa(agreed, 500, quality)
    twice = contract(TWO, [measured("t1", min="1"), measured("t2", min="0", reading_of="t1", sample=3, ac=0)])
    with pytest.raises(aql.DomainError, match="qualities must not name t2, which judges the readings"):
        whole_inspection_pa(twice, 500, {"critical": 0.0, "major": 0.0, "t2": 0.1})
