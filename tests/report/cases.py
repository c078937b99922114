"""Contracts and inspections that together use every part of a report."""

from collections.abc import Callable
from typing import Any

import aql
from aql.report.page import report_html
from tests.pages import Page
from tests.scoring.builders import (
    cls,
    contract,
    counted,
    log,
    lot_term,
    measured,
    readings,
    seen,
    single,
    staged,
    term,
    unlisted,
)

Case = tuple[aql.Contract, aql.Inspection]


def tablet() -> Case:
    return aql.examples.tablet_order()


def juice() -> Case:
    agreed, inspections = aql.examples.orange_juice()
    return agreed, inspections[0]


def double() -> Case:
    """A double plan that is not decided after its first sample."""
    agreed = contract(
        [cls("critical", aql=0), cls("major", aql=2.5)],
        [term("thread"), term("burr", "critical")],
        sampling="double",
    )
    return agreed, log(seen("thread", 3, 12, 44), 1200, {"critical": 80, "major": 50})


def hold() -> Case:
    """Readings are missing, one lies beyond the guard, and nobody looked at the mark."""
    agreed = contract(
        cls(plan=single(5, 1)),
        [measured("width", min="10", max="20", rounding="0.1", guard="0.5"), lot_term("mark", "mark")],
        packed_share=0.8,
    )
    return agreed, log(readings("width", ["12.04", "19.2", "19.9"]), 900, 5)


def fabric() -> Case:
    """Nonconformities, a gap between Ac and Re, a stated double plan, findings outside their sample."""
    agreed = contract(
        [
            cls("major", aql=10),
            cls("minor", aql=40),
            cls("own", plan=staged([20, 20], [1, 4], [4, 5])),
        ],
        [term("hole"), term("slub", "minor"), term("knot", "own")],
        counting="nonconformities",
        standard="MIL-STD-105E",
        severity="reduced",
    )
    rows = [
        *seen("hole", 2, count=6, note="moth"),
        *seen("slub", 7, count=8),
        *seen("slub", 50, count=2, note="late"),
        *seen("knot", 3, 30),
    ]
    return agreed, log(rows, 400, 60)


def counts() -> Case:
    """A log of counts only, of a lot that is inspected whole."""
    classes = [cls(name, inspect="all", ac=3) for name in ("major", "minor")]
    agreed = contract(classes, [term("leak"), measured("fill", max="5")])
    rows = [*counted(2, term="leak"), *counted(1, term="fill"), *counted(1, class_="minor")]
    return agreed, log(rows, 100, 100)


def trade() -> Case:
    """The sample of one letter with the numbers of another, a disputed cell, an unlisted defect."""
    agreed = contract(
        [cls("major", aql=2.5), cls("minor", aql=4.0)],
        [lot_term("count", "quantity", effect="note"), lot_term("day", "shipment-date")],
        order={"shipment_date": "2026-12-01"},
        sample="letter",
    )
    rows = unlisted("minor", 4)
    return agreed, log(rows, 30, 8, date="2026-12-03", produced=900, packed=850)


def disputed() -> Case:
    """A cell with a second reading, on reduced inspection."""
    agreed = contract(cls(aql=2.5), [term("thread")], severity="reduced")
    return agreed, log([], 3000, 50)


def bare() -> Case:
    """As little as a verdict can rest on."""
    agreed = aql.Contract.load({"order": {"id": "PO-1"}, "classes": [cls(plan=single(5, 0))]})
    return agreed, log([], 1000, 5)


CASES: dict[str, Callable[[], Case]] = {
    one.__name__: one for one in (tablet, juice, double, hold, fabric, counts, trade, disputed, bare)
}


def page(case: Case) -> str:
    """The report of a case, from what is left of its verdict in JSON, and the inspection for its photographs."""
    verdict = aql.Verdict.from_json(aql.score(*case).to_json())
    return report_html(verdict, inspection=case[1])


def page_of(
    agreed: aql.Contract, rows: Any = (), size: int = 1000, inspected: Any = None, **parts: Any
) -> Page:
    """The report of a contract and a log, read."""
    return Page(page((agreed, log(rows, size, inspected, **parts))))
