"""Limits against every inspection that fits a log of several stages, whose `stage` column makes their counts exact."""

import itertools
from collections.abc import Iterator, Sequence
from decimal import Decimal

import pytest

import aql
from aql.contract import Contract
from aql.scoring import LineResult
from tests.profiles import exhaustive
from tests.scoring.builders import ORDER, Values, cls, line, log, single, staged, term, verdict

CLASS_OF = {"dent": "major", "crack": "major", "scratch": "minor"}
KINDS = [frozenset(kind) for size in range(4) for kind in itertools.combinations(CLASS_OF, size)]
INSPECTED = 3

Item = frozenset[str]


def two_stages(first: int) -> Values:
    return staged((first, INSPECTED - first), (0, 1), (8, 9))


def agreed(first: int, counting: str) -> Contract:
    """Classes whose first sample is `first` items, and limits on 1 and on 2 items, or from these on."""
    limits: list[Values] = []
    for of in (["major"], ["major", "minor"], ["crack", "scratch"]):
        for own in (1, 2):
            weights = {name: "0.25" for name in ("dent", "scratch") if {name, CLASS_OF[name]} & set(of)}
            weighed = {"plan": single(own, 5), "weights": weights}
            limits += ({"of": of, **one} for one in ({"plan": two_stages(own)}, weighed))
    return Contract.load(
        {
            "order": {"id": ORDER, "quantity": 10},
            "inspection": {"counting": counting},
            "classes": [cls(name, plan=two_stages(first)) for name in ("major", "minor")],
            "terms": [term(name, class_) for name, class_ in CLASS_OF.items()],
            "limits": [{"name": f"limit-{place}", **one} for place, one in enumerate(limits)],
        }
    )


def rows_of(items: Sequence[Item], forms: Sequence[str], first: int, counting: str) -> Iterator[Values]:
    """The counts of each stage."""
    for stage, drawn in enumerate((items[:first], items[first:]), start=1):
        for name, form in zip(("major", "minor"), forms, strict=True):
            terms = [one for one in CLASS_OF if CLASS_OF[one] == name]
            tallies = {one: sum(one in item for item in drawn) for one in terms}
            if form == "tallies":
                yield from ({"term": one, "count": number, "stage": stage} for one, number in tallies.items())
                continue
            once = sum(min((CLASS_OF[one] for one in item), default="") == name for item in drawn)
            number = once if counting == "items" else sum(tallies.values())
            yield {"class": name, "count": number, "stage": stage}


def count_of(items: Sequence[Item], limit: LineResult, counting: str) -> Decimal:
    """Rule 2, item by item."""
    weights, total = dict(limit.weights), Decimal(0)
    for item in items:
        found = [weights.get(name, Decimal(1)) for name in item if {name, CLASS_OF[name]} & set(limit.of)]
        total += max(found, default=Decimal(0)) if counting == "items" else sum(found)
    return total


FORMS = list(itertools.product(("tallies", "classified"), repeat=2))
CASES = list(itertools.product((2, 1), ("items", "nonconformities"), FORMS))


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    ("first", "counting", "forms"),
    [case if place in {0, 3, 12} else exhaustive(*case) for place, case in enumerate(CASES)],
)
def test_every_inspection_that_fits_a_log_is_within_the_bounds_of_a_limit(
    first: int, counting: str, forms: tuple[str, str]
) -> None:
    """They are reached by items classified, and by the tallies of one class, where they have no weights."""
    contract = agreed(first, counting)
    fitting: dict[str, tuple[list[Values], list[tuple[Item, ...]]]] = {}
    for items in itertools.product(KINDS, repeat=INSPECTED):
        rows = list(rows_of(items, forms, first, counting))
        fitting.setdefault(str(rows), (rows, []))[1].append(items)
    for rows, every in fitting.values():
        for one in aql.score(contract, log(rows, 10, INSPECTED)).limits:
            bounds: Sequence[tuple[Decimal | int, Decimal | int]] = one.by_stage
            bounds = (one.weighted,) if one.weighted else bounds
            for stage, (least, most) in zip(one.lot_plan.stages, bounds, strict=False):
                counts = {count_of(items[: stage.total], one, counting) for items in every}
                assert least <= min(counts), (one, rows)
                assert most >= max(counts), (one, rows)
                # An item has a defect of a term once here, so nonconformities on part of a stage are too few.
                whole = stage.total in {first, INSPECTED}
                alone = one.of == ("major",) and forms[1] == "tallies" and whole
                classified = set(forms) == {"classified"} and (whole or counting == "items")
                if one.of[0] == "major" and not one.weights and (alone or classified):
                    assert (least, most) == (min(counts), max(counts)), (one, rows)


def test_the_stage_of_counts_decides_a_limit() -> None:
    """Of 2 + 2 in 50 + 50 items, 2 are in the first sample, which accepts on 2; without the stage it may be 0 to 4."""
    plan = staged((50, 50), (2, 6), (5, 7))
    contract = Contract.load(
        {
            "order": {"id": ORDER, "quantity": 1000},
            "classes": [cls("major", plan=plan)],
            "limits": [{"name": "total", "of": ["major"], "plan": plan}],
        }
    )
    rows: list[Values] = [{"class": "major", "count": 2, "stage": stage} for stage in (1, 2)]
    found = verdict(contract, rows, inspected=100)
    assert (line(found, "total").decision, line(found, "total").by_stage) == ("accept", ((2, 2),))
    held = line(verdict(contract, [{"class": "major", "count": 5}], inspected=100), "total")
    assert (held.decision, held.undecided) == ("hold", True)
