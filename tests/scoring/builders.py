"""Short ways to build contracts, headers and logs: a test states what its rule needs, and the rest has defaults."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import aql
from aql.display.breaches import Words, breach_words, lot_term_words
from aql.display.decision_lines import plan_basis
from aql.display.note_sentences import verdict_notes
from aql.scoring.breaches import Breach
from aql.scoring.line_result import LineResult
from aql.scoring.lot_terms import LotTermResult

ORDER = "PO-1"

Values = dict[str, Any]
Plan = aql.SinglePlan | aql.MultiplePlan


# Parts of a contract.


def cls(name: str = "major", **how: Any) -> Values:
    """A class; `how` is one of aql, plan, or inspect with ac."""
    return {"name": name, **how}


def single(n: int, ac: int, re: int | None = None) -> Values:
    return {"n": n, "ac": ac} | ({} if re is None else {"re": re})


def staged(n: Sequence[int], ac: Sequence[int | str], re: Sequence[int]) -> Values:
    return {"n": list(n), "ac": list(ac), "re": list(re)}


def term(name: str, class_: str | None = "major", **parts: Any) -> Values:
    """A term by its parts; without any it is looked for by eye."""
    values = {"id": name, "class": class_, "text": f"{name.capitalize()} of 5 mm or more"} | parts
    if not {"measure", "kind", "reference"} & set(parts):
        values["kind"] = "visual"
    return {key: value for key, value in values.items() if value is not None}


def measured(name: str, class_: str = "major", *, unit: str = "mm", **parts: Any) -> Values:
    """A term with limits: min, max, or nominal with plus and minus; other keys are the term's own."""
    limits = {key: parts.pop(key) for key in ("min", "max", "nominal", "plus", "minus") if key in parts}
    return term(name, class_, text=f"The {name}", measure={"unit": unit, **limits}, **parts)


def lot_term(name: str, kind: str, **parts: Any) -> Values:
    """A term that is judged once for the lot."""
    return term(name, None, kind=kind, text=f"The {name} of the lot", **parts)


def contract(
    classes: Values | Sequence[Values] = (),
    terms: Iterable[Values] = (),
    *,
    order: Values | None = None,
    **clause: Any,
) -> aql.Contract:
    """A contract; `clause` is its [inspection]."""
    listed = [classes] if isinstance(classes, dict) else list(classes)
    return aql.Contract.load(
        {
            "order": {"id": ORDER, "quantity": 1000} | (order or {}),
            "inspection": clause,
            "classes": listed or [cls(plan=single(10, 1))],
            "terms": list(terms),
        }
    )


# A header and a log.


def header(size: int = 1000, inspected: int | Values | None = None, **parts: Any) -> Values:
    """A header; keys of the lot and of the visit may stand side by side."""
    lot_keys = ("produced", "packed", "cartons", "shipped_on", "skus")
    lot = {key: parts.pop(key) for key in lot_keys if key in parts}
    visit_keys = (
        "date",
        "inspector",
        "company",
        "place",
        "reinspection_of",
        "remarks",
        "photos",
        "severity",
        "items",
        "report",
        "client",
        "factory",
        "logo",
        "instruments",
        "drawing",
    )
    visit = {key: parts.pop(key) for key in visit_keys if key in parts}
    if inspected is not None:
        visit["inspected"] = inspected
    return {"contract": ORDER, "lot": {"id": "L1", "size": size, **lot}, "inspection": visit, **parts}


def log(
    rows: Any = (), size: int = 1000, inspected: int | Values | None = None, **parts: Any
) -> aql.Inspection:
    """An inspection of a lot."""
    findings = list(rows) if isinstance(rows, tuple) else rows
    return aql.Inspection.load(header(size, inspected, **parts), findings=findings)


def seen(name: str, *items: int, count: int | None = None, note: str = "") -> list[Values]:
    """A defect of a term, once on each item."""
    more = {"count": count} if count is not None else {}
    return [{"item": item, "term": name, "note": note, **more} for item in items]


def unlisted(class_: str, *items: int) -> list[Values]:
    """A defect that no term lists, once on each item."""
    return [{"item": item, "class": class_} for item in items]


def counted(count: int, *, term: str = "", class_: str = "") -> list[Values]:
    """A number of what was found, without items."""
    return [{"term": term, "class": class_, "count": count}]


def readings(name: str, values: Iterable[Any], first: int = 1) -> list[Values]:
    """Readings of a term on consecutive items."""
    return [
        {"item": item, "term": name, "value": str(value)} for item, value in enumerate(values, start=first)
    ]


# What came of it.


def verdict(
    agreed: aql.Contract,
    rows: Any = (),
    size: int = 1000,
    inspected: int | Values | None = None,
    **parts: Any,
) -> aql.Verdict:
    return aql.score(agreed, log(rows, size, inspected, **parts))


def line(found: aql.Verdict, name: str = "major") -> LineResult:
    return {one.name: one for one in found.lines}[name]


def lot_result(found: aql.Verdict, name: str) -> LotTermResult:
    return {one.term: one for one in found.lot_terms}[name]


def decisions(found: aql.Verdict) -> dict[str, str]:
    return {one.name: one.decision for one in found.lines}


def counts(found: aql.Verdict) -> dict[str, int]:
    return {one.name: one.found for one in found.lines}


def plan_of(
    classes: Values | Sequence[Values],
    size: int,
    name: str = "major",
    terms: Iterable[Values] = (),
    **clause: Any,
) -> Plan:
    """The plan of a line on a lot, before it meets the lot."""
    return line(verdict(contract(classes, terms, **clause), (), size), name).plan


# What is said of it.


def reasons(found: aql.Verdict, name: str = "major") -> tuple[str, ...]:
    """Why a line was decided as it was."""
    return tuple(map(str, line(found, name).reasons))


def basis(one: LineResult) -> str:
    """Where the plan of a line comes from."""
    return plan_basis(one)


def notes(found: aql.Verdict) -> tuple[str, ...]:
    """What a reader must know in addition to the counts."""
    return verdict_notes(found)


def words(found: aql.Verdict, one: Breach | LotTermResult) -> Words:
    """What was agreed of a term, what was found, and how far beyond."""
    return breach_words(one, found) if isinstance(one, Breach) else lot_term_words(one, found)


def problems(error: aql.DocumentError) -> list[str]:
    """Everything that an error names, each with its place."""
    return [str(problem) for problem in error.problems]


def write(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    """Write a file exactly as the text has it."""
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path
