"""Rule 6 against every inspection that fits a log: the bounds of a count hold them all, and are reached."""

import itertools
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import pytest

import aql
from tests.profiles import exhaustive
from tests.scoring.builders import Values, cls, contract, log, single, term

FORMS = ("items", "classified", "tallies")
TERMS = ("dent", "crack", "scratch")
"""Two terms of class major and one of class minor; an item is a subset of them."""
KINDS = [frozenset(kind) for size in range(4) for kind in itertools.combinations(TERMS, size)]
CLASS_OF = {"dent": "major", "crack": "major", "scratch": "minor"}


class Case(NamedTuple):
    """Number inspected, the sample of either class, and how each class is recorded."""

    inspected: int
    samples: tuple[int, int]
    forms: tuple[str, str]


Item = frozenset[str]


def classes_of(item: Item) -> set[str]:
    return {CLASS_OF[name] for name in item}


def rows_of(items: Sequence[Item], forms: Sequence[str]) -> list[Values]:
    """The log of the items drawn, as the forms have it."""
    rows: list[Values] = []
    for name, form in zip(("major", "minor"), forms, strict=True):
        terms = [one for one in TERMS if CLASS_OF[one] == name]
        if form == "items":
            rows += [
                {"item": number, "term": one}
                for number, item in enumerate(items, start=1)
                for one in terms
                if one in item
            ]
        elif form == "tallies":
            rows += [{"term": one, "count": sum(one in item for item in items)} for one in terms]
        else:
            most_serious = [min(classes_of(item), default="") for item in items]
            rows.append({"class": name, "count": most_serious.count(name)})
    return rows


def counts_of(items: Sequence[Item], samples: Sequence[int]) -> tuple[int, int]:
    """Rule 4: an item counts once, in the most serious class whose sample holds it."""
    major = sum("major" in classes_of(item) for item in items[: samples[0]])
    minor = 0
    for number, item in enumerate(items, start=1):
        taken = "major" in classes_of(item) and number <= samples[0]
        minor += "minor" in classes_of(item) and number <= samples[1] and not taken
    return major, minor


def cases(most: int) -> Iterator[Case]:
    for inspected in range(1, most + 1):
        for samples in itertools.product(range(1, most + 1), range(1, most + 1)):
            for forms in itertools.product(FORMS, FORMS):
                yield Case(inspected, samples, forms)


@pytest.mark.parametrize("most", [2, exhaustive(3)])
def test_every_inspection_that_fits_a_log_is_within_the_bounds_of_its_counts(most: int) -> None:
    """Both are reached in the most serious class and for classified items, unless classified items of the other class narrow tallies."""
    for case in cases(most):
        fitting: dict[str, tuple[list[Values], list[tuple[int, int]]]] = {}
        for items in itertools.product(KINDS, repeat=case.inspected):
            rows = rows_of(items, case.forms)
            _, numbers = fitting.setdefault(str(rows), (rows, []))
            numbers.append(counts_of(items, case.samples))
        agreed = contract(
            [cls(name, plan=single(n, 0)) for name, n in zip(("major", "minor"), case.samples, strict=True)],
            [term(name, class_) for name, class_ in CLASS_OF.items()],
        )
        for rows, numbers in fitting.values():
            lines = aql.score(agreed, log(rows, 10, case.inspected)).lines
            for line, found in zip(lines, zip(*numbers, strict=True), strict=True):
                assert line.found <= min(found), (case, rows)
                assert line.at_most >= max(found), (case, rows)
                alone = line.name == "major" and case.forms != ("tallies", "classified")
                if alone or case.forms == ("classified", "classified"):
                    assert (line.found, line.at_most) == (min(found), max(found)), (case, rows)
