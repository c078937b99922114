"""Contracts, lots and logs at random, for comparisons of scoring in bulk with scoring lot by lot."""

from random import Random
from typing import Any

from hypothesis import strategies as st

import aql
from aql.contract.check import check
from aql.errors import AqlError
from tests.scoring.builders import ORDER, Values, cls, measured, single, staged, term

SIZES = (1, 2, 9, 20, 51, 90, 160, 300, 1300, 5000)
AQLS = (0, 0, "1.0", "2.5", "4.0", "6.5", 10)
TEXTS = (
    "4.9",
    "5",
    "5.0",
    "5.00000000001",
    "5.1",
    "5.2",
    "4.0000000000000001",
    "5.000000000000001",
    "NA",
    "5.10",
)


def plan(random: Random) -> Values:
    return random.choice(
        [
            single(3, 0),
            single(8, 1),
            single(13, 2, 3),
            single(5, 1, 4),
            staged((5, 5), (0, 3), (3, 4)),
            staged((3, 3, 4), ("#", 1, 2), (2, 3, 3)),
        ]
    )


def a_class(random: Random, name: str) -> Values:
    kind = random.random()
    if kind < 0.6:
        return cls(name, aql=str(random.choice(AQLS)))
    if kind < 0.95:
        return cls(name, plan=plan(random))
    return cls(name, inspect="all", ac=random.choice([0, 1]))


def own_line(random: Random) -> Values:
    return random.choice(
        [
            {},
            {},
            {"sample": 3},
            {"sample": 5, "ac": 1},
            {"aql": "4.0"},
            {"plan": plan(random)},
            {"level": "S-2"},
        ]
    )


def terms(random: Random, classes: list[str]) -> list[Values]:
    found: list[Values] = []
    for number in range(random.choice([0, 1, 2, 3, 4])):
        name, owner, kind = f"t{number}", random.choice(classes), random.random()
        if kind < 0.4:
            found.append(term(name, owner, **own_line(random)))
        elif kind < 0.75:
            more: Values = random.choice(
                [{}, {}, {"rounding": "0.1"}, {"guard": "0.1"}, {"not_applicable": True}]
            )
            found.append(measured(name, owner, min="4.9", max="5.1", **own_line(random), **more))
            if random.random() < 0.5:
                also = measured(
                    f"{name}b", random.choice(classes), max="5", reading_of=name, **own_line(random)
                )
                found.append(also)
        elif kind < 0.9:
            found.append(term(name, owner, measure={"allowed": ["Red", "blue green"]}, **own_line(random)))
        else:
            found.append(term(name, None, kind="mark", effect=random.choice(["reject", "hold", "note"])))
    return found


def limits(random: Random, classes: list[str], listed: list[Values]) -> list[Values]:
    if random.random() < 0.6:
        return []
    names = [*classes, *(one["id"] for one in listed if one.get("kind") != "mark")]
    of = random.sample(names, min(len(names), random.choice([1, 2, 3])))
    made: Values = {"name": "total", "of": of}
    if random.random() < 0.4:
        made |= {"plan": single(8, 2), "weights": {of[0]: "0.5"}}
    else:
        made |= random.choice([{"aql": "4.0"}, {"plan": plan(random)}, {"aql": 0}])
    return [made]


def a_contract(random: Random) -> aql.Contract | None:
    classes = ["critical", "major", "minor"][: random.choice([1, 2, 3])]
    listed = terms(random, classes)
    sampling = random.choice(["single", "single", "double", "multiple"])
    values = {
        "order": {"id": ORDER, "quantity": 1000, **random.choice([{}, {"shipment_date": "2026-06-01"}])},
        "inspection": {
            "sampling": sampling,
            "counting": random.choice(["items", "items", "nonconformities"]),
            "sample": random.choice(
                ["per-class", "largest", "letter" if sampling == "single" else "largest"]
            ),
            "standard": random.choice(["ISO 2859-1:1999", "MIL-STD-105E"]),
            **random.choice([{}, {}, {"packed_share": "0.8"}]),
        },
        "classes": [a_class(random, name) for name in classes],
        "terms": listed,
        "limits": limits(random, classes, listed),
    }
    try:
        made = aql.Contract.load(values)
    except AqlError:
        return None
    return None if check(made).errors else made


def a_lot(random: Random, name: str) -> Values:
    size = random.choice(SIZES)
    lot: Values = {"lot": name, "size": size}
    most = max((one for one in (3, 5, 8, 10, 13, 20, 32, 80, 125) if one <= size), default=size)
    lot["inspected"] = random.choice(
        [None, most, most, min(5, size), min(8, size), min(50, size), size if size < 400 else most]
    )
    for name_, values in {
        "packed": (None, 799, 800),
        "shipped_on": (None, "2026-05-31", "2026-06-02"),
        "severity": (None, None, "tightened", "reduced"),
    }.items():
        lot[name_] = random.choice(values)
    return lot


def rows(random: Random, contract: aql.Contract, lot: Values) -> list[Values]:
    """Rows of a log: defects, readings and counts; some contradict the contract or one another."""
    last = min(lot["inspected"] or lot["size"], 130)
    form = random.choice(["items", "items", "counts", "mixed", "nothing"])
    found: list[Values] = []
    names = [one for one in contract.terms if not one.for_the_lot]
    for one in contract.terms:
        if one.for_the_lot and random.random() < 0.7:
            found.append({"term": one.id, "value": random.choice(["yes", "yes", "no"])})
        elif one.is_read and one.reading_of is None and random.random() < 0.85:
            usual = "5" if one.tested_as == "measured" else "Red"
            odd = TEXTS if one.tested_as == "measured" else ("red", "Blue", "blue  green", "blue green")
            upto = random.choice([last, last, max(0, last - 1)])
            for item in range(1, upto + 1):
                value = random.choice(odd) if random.random() < 0.04 else usual
                found.append({"item": item, "term": one.id, "value": value})
    if form in {"items", "mixed"}:
        for _ in range(random.choice([0, 1, 2, 4, 7, 12])):
            row: Values = {"item": random.randint(1, max(1, min(last, random.choice([6, 14, 90]))))}
            visual = [one for one in names if not one.is_read]
            if visual and random.random() < 0.5:
                row["term"] = random.choice(visual).id
            else:
                row["class"] = random.choice(contract.class_names())
            more: list[Values] = [{}, {}, {}, {"count": 2}, {"value": "OK"}, {"value": "NG"}]
            found.append(row | random.choice(more))
    if form in {"counts", "mixed"}:
        stage = random.choice([None, None, 1])
        for _ in range(random.choice([1, 1, 2, 3])):
            counted: Values = {"count": random.choice([0, 1, 1, 2, 3, 5])}
            if names and random.random() < 0.5:
                counted["term"] = random.choice(names).id
            else:
                counted["class"] = random.choice(contract.class_names())
            if stage:
                counted["stage"] = random.choice([1, 1, 2])
            found.append(counted)
    if random.random() < 0.05:
        found.append({"item": 1, "term": "no-such-term"})
    return [{"lot": lot["lot"], **row} for row in found]


Case = tuple[aql.Contract, list[Values], list[Values]]
"""A contract, lots and the rows of their logs."""


def lots_of_every_kind(seed: int) -> Case:
    """A contract with lines of any kind, and lots with logs of any form."""
    random = Random(seed)
    contract = a_contract(random)
    while contract is None:
        contract = a_contract(random)
    lots = [a_lot(random, f"L{number}") for number in range(8)]
    return contract, lots, [row for lot in lots for row in rows(random, contract, lot)]


def lots_with_counts(seed: int) -> Case:
    """A contract with single plans, and lots of which mostly counts are known."""
    random = Random(seed)
    plans = [single(random.choice([2, 3, 5, 8, 13]), random.choice([0, 1, 2])) for _ in range(4)]
    names = ["critical", "major", "minor", "other"][: random.choice([1, 2, 3, 4])]
    classes = [
        cls(name, aql=0) if random.random() < 0.2 else cls(name, plan=one)
        for name, one in zip(names, plans, strict=False)
    ]
    own: list[Values] = [{}, {"sample": 3}]
    listed = [term("dent", random.choice(names), **random.choice(own))]
    if random.random() < 0.4:
        listed.append(measured("width", random.choice(names), max="5", **random.choice(own)))
    counting = random.choice(["items", "items", "nonconformities"])
    contract = aql.Contract.load(
        {
            "order": {"id": ORDER, "quantity": 1000},
            "inspection": {"counting": counting},
            "classes": classes,
            "terms": listed,
        }
    )
    lots = [a_lot(random, f"L{number}") for number in range(8)]
    log: list[Values] = []
    for lot in lots:
        last = min(lot["inspected"] or lot["size"], 20)
        for one in listed[1:]:
            upto = random.choice([0, 0, last, last, last - 1])
            log += [
                {"lot": lot["lot"], "item": k, "term": one["id"], "value": "5"} for k in range(1, upto + 1)
            ]
        for name in names:
            if random.random() < 0.7:
                log.append({"lot": lot["lot"], "class": name, "count": random.choice([0, 1, 1, 2, 3, 6])})
        if random.random() < 0.4 and listed[0].get("sample"):
            log.append({"lot": lot["lot"], "term": "dent", "count": random.choice([0, 1, 2])})
    if random.random() < 0.2:
        log.append({"lot": "L0", "item": 1, "term": "dent"})
    return contract, lots, log


def seeds() -> st.SearchStrategy[int]:
    """Seeds of the cases above. A case itself would be too long for the report of a failure."""
    return st.integers(0, 2**32)


FINDINGS: dict[str, type] = {
    "lot": str,
    "item": int,
    "term": str,
    "class": str,
    "value": str,
    "count": int,
    "stage": int,
}
LOTS: dict[str, type] = {
    "lot": str,
    "size": int,
    "inspected": int,
    "packed": int,
    "shipped_on": str,
    "severity": str,
}


def header_of(lot: Values) -> dict[str, Any]:
    """The header of a lot."""
    given = {name: value for name, value in lot.items() if value is not None}
    visit = {name: given.pop(name) for name in ("inspected", "severity") if name in given}
    return {"contract": ORDER, "lot": {"id": given.pop("lot"), **given}, "inspection": visit}
