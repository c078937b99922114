"""Logs that the strategies write by choices of a fixed sequence; run as a module, it writes the file of them again.

python -m tests.strategies.drawn_logs
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import aql
from aql.strategies._internal import inspections as strategy
from aql.strategies._internal.choices import Choices
from aql.strategies._internal.lot_term_answers import LotTermAnswer, lot_term_answers
from aql.types import DECISIONS
from tests.scoring.builders import cls, contract, lot_term, measured, single, staged, term

WRITTEN = Path(__file__).parents[1] / "golden" / "drawn_logs.txt"
LIMITED = {"limits": [{"name": "total", "of": ["major", "minor"], "plan": {"n": 10, "ac": 1}}]}
DATED = {"id": "PO-1", "quantity": 40, "shipment_date": "2026-12-15"}


def agreed(*args: Any, **how: Any) -> dict[str, Any]:
    """The document of a contract, with a quantity and a date."""
    return contract(*args, **how).to_dict() | {"order": DATED}


CONTRACTS: dict[str, dict[str, Any]] = {
    "one class": agreed(cls(aql=2.5), [term("dent")]),
    "classes and kinds": agreed(
        [cls("critical", aql=0), cls("major", plan=single(5, 1)), cls("minor", plan=single(8, 2, 5))],
        [
            term("dent"),
            measured("width", "minor", unit="mm", min="1.5", max="2.5", guard="0.1", rounding="0.1"),
            term("switch", measure={"answer": "yes"}, not_applicable=True),
            term("size", "minor", measure={"allowed": ["S", "M"]}),
            term("code", class_=None, measure={"equals": "400"}, sample=2, ac=1),
        ],
    ),
    "nonconformities": agreed(
        [cls("major", plan=single(4, 2)), cls("minor", plan=single(3, 5))],
        [term("dent"), measured("width", "minor", max="10")],
        counting="nonconformities",
    ),
    "stages": agreed(
        [
            cls("major", plan=staged((5, 5, 5), ("#", 1, 3), (3, 4, 4))),
            cls("minor", plan=staged((4, 4), (0, 3), (3, 4))),
        ],
        [term("dent"), measured("width", "minor", min="1")],
    ),
    "the lot": agreed(
        cls(plan=single(3, 0)),
        [
            term("dent"),
            lot_term("made", "quantity", measure={"unit": "items", "min": "38.5"}),
            lot_term("packed", "packed-share", measure={"min": "0.8"}, effect="hold"),
            lot_term("day", "shipment-date"),
            lot_term("mark", "mark", measure={"equals": "THIS SIDE UP"}, effect="note"),
            lot_term("seal", "reference", reference={"seal": "S-1"}),
        ],
    ),
    "never met": agreed(
        cls(plan=single(3, 0)),
        [lot_term("made", "quantity", measure={"unit": "items", "min": "0.2", "max": "0.8"})],
        packed_share=0.5,
    ),
    "cartons": agreed(
        cls(plan=single(6, 1)),
        [term("dent"), term("drop", measure={"answer": "yes"}, of="cartons", sample=2, ac=1)],
    ),
    "limits": agreed(
        [cls("major", plan=single(5, 1)), cls("minor", plan=single(8, 2))],
        [
            term("dent"),
            measured("net", "minor", unit="g", min="200", not_applicable=True),
            measured("least", unit="g", min="190", reading_of="net"),
        ],
    )
    | LIMITED,
}
SIZES = (2, 25, 40)
SEEDS = 4


@dataclass(frozen=True, slots=True)
class Fixed(Choices):
    """Choices by a sequence of random numbers."""

    random: Random = field(default_factory=Random)

    def whole(self, low: int, high: int) -> int:
        """A whole number, any alike."""
        return low + int(self.random.random() * (high - low + 1))


def of_contract(name: str) -> Iterator[str]:
    """The logs for a contract: of every decision and lot size, the simplest one and others, or why there is none."""
    agreed = aql.Contract.load(CONTRACTS[name])
    for number, question in enumerate(lot_term_answers(agreed), start=1):
        yield f"{name}, question {number} about the lot"
        yield from (f"  {decision}: {answer(one)}" for decision, kept in question.items() for one in kept)
    for decision in DECISIONS:
        for size in SIZES:
            case = strategy._on_lot(agreed, size)
            causes = case.causes(decision)
            said = [one.name if hasattr(one, "name") else "an answer" for one in causes]
            yield f"{name}, {decision} of a lot of {size} by {', '.join(said) or 'nothing'}"
            for seed in range(SEEDS if causes else 0):
                choices = Fixed(random=Random(f"{name}/{decision}/{size}/{seed}")) if seed else Choices()
                cause = choices.one_of(causes)
                yield f"  {log(strategy._inspection(choices, case, decision, cause))}"


def answer(one: LotTermAnswer) -> str:
    stated = [f"{key}={value}" for key, value in (one.lot | one.visit).items()]
    return ", ".join([*stated, *map(row, one.rows)]) or "not stated"


def log(inspection: aql.Inspection) -> str:
    given = inspection.to_dict()
    rows: Any = given.pop("log", [])
    header = json.dumps(given, ensure_ascii=False).removeprefix('{"schema": "aql.inspection/1", ')
    return f"{header[:-1]} {'; '.join(row(one) for one in rows)}"


def row(cells: dict[str, Any]) -> str:
    return " ".join(f"{key}={value}" for key, value in cells.items())


if __name__ == "__main__":
    WRITTEN.write_text("\n".join(line for name in CONTRACTS for line in of_contract(name)) + "\n", "utf-8")
