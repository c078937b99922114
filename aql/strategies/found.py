"""What an inspector writes down: the items found in a decision line, and the rows of the log that say so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from hypothesis import strategies as st

from aql.contract.contract import Contract
from aql.contract.measures import Colour, Measured
from aql.contract.terms import Term
from aql.scoring.decision_lines import Line
from aql.strategies.readings import conforming, nonconforming
from aql.strategies.routes import UNLIMITED, Route, counts_on, routes_to
from aql.types import Decision

__all__ = ["Found", "Row", "line_terms", "log_of", "rooms", "unread_routes", "written_with_comma"]

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Found:
    """What was found in a line.

    Attributes
    ----------
    line : Line
        The line.
    decision : str
        Its decision.
    inspected : int
        Items inspected for it. [items]
    rows : list of dict
        Rows of the log.
    items : frozenset of int
        Items that count in it; empty where the log gives a count alone.
    """

    line: Line
    decision: Decision
    inspected: int
    rows: list[Row] = field(default_factory=list)
    items: frozenset[int] = frozenset()

    @classmethod
    def drawn(
        cls,
        draw: st.DrawFn,
        contract: Contract,
        line: Line,
        decision: Decision,
        route: Route,
        taken: frozenset[int],
    ) -> Found:
        """Draw what is found on a route to the decision, on items that no other class has taken."""
        stages = line.lot_plan.stages
        inspected = route.inspected
        if decision == "hold" and not route.unread:
            inspected = draw(st.integers(route.inspected, stages[route.stage - 1].total - 1))
        counts = draw(counts_on(route))
        terms = list(line_terms(contract, line))
        read = [term for term in terms if term.is_read]
        times = _times(draw, contract, line, counts, taken)
        reporter = (
            draw(st.sampled_from(terms[:1] if line.kind == "term" else [*terms, None])) if times else None
        )
        # A term that is read may be given by its count too, and then needs no readings.
        whole = len(stages) == 1 and decision in {"accept", "reject"}
        if draw(_RARELY) and whole and (not read or line.kind == "term"):
            name = terms[0].id if line.kind == "term" else ""
            most = UNLIMITED if contract.inspection.counting == "nonconformities" else stages[0].total
            return cls(line, decision, inspected, [_counted(line, name, min(sum(counts), most))])
        rows = _readings(draw, line, route, read, inspected, reporter, times)
        rows += _defects(line, reporter, times)
        return cls(line, decision, inspected, rows, frozenset(times))


_RARELY = st.integers(0, 3).map(lambda number: number == 3)


def line_terms(contract: Contract, line: Line) -> Iterator[Term]:
    """Return the terms that are judged in a line."""
    for term in contract.terms:
        own = term.own_line and not term.for_the_lot
        if (line.kind == "term" and own and term.id == line.name) or (
            line.kind == "class" and not own and not term.for_the_lot and term.class_ == line.name
        ):
            yield term


def unread_routes(contract: Contract, line: Line) -> list[Route]:
    """The ways on which nothing is found, and one reading of the sample is missing."""
    if not any(term.is_read for term in line_terms(contract, line)):
        return []
    nothing = [0] * len(line.lot_plan.stages)
    return [replace(route, unread=True) for route in routes_to("accept", line.lot_plan, nothing)]


def rooms(contract: Contract, line: Line, taken: frozenset[int]) -> list[int]:
    """How much can be found in each stage of a line."""
    if not _once_an_item(contract, line):
        return [UNLIMITED] * len(line.lot_plan.stages)
    return [len(_free(stage.total - stage.n, stage.total, taken)) for stage in line.lot_plan.stages]


def _once_an_item(contract: Contract, line: Line) -> bool:
    """Whether an item counts once at most: where items are counted, and where a reading is all there is."""
    if contract.inspection.counting == "items":
        return True
    return line.kind == "term" and any(term.is_read for term in line_terms(contract, line))


def _free(after: int, last: int, taken: frozenset[int]) -> Sequence[int]:
    if not taken:
        return range(after + 1, last + 1)
    return [item for item in range(after + 1, last + 1) if item not in taken]


def _times(
    draw: st.DrawFn, contract: Contract, line: Line, counts: Sequence[int], taken: frozenset[int]
) -> dict[int, int]:
    """How often something was found on each item: a run of items from a drawn place on, in every stage."""
    times: dict[int, int] = {}
    once = _once_an_item(contract, line)
    for stage, count in zip(line.lot_plan.stages, counts, strict=False):
        if not count:
            continue
        free = _free(stage.total - stage.n, stage.total, taken if once else frozenset())
        number = count if once else draw(st.integers(1, min(count, len(free))))
        start = draw(st.integers(0, len(free) - 1))
        items = [free[(start + place) % len(free)] for place in range(number)]
        times |= dict.fromkeys(items, 1)
        times[items[0]] += count - number
    return times


def _readings(
    draw: st.DrawFn,
    line: Line,
    route: Route,
    read: Sequence[Term],
    inspected: int,
    reporter: Term | None,
    times: dict[int, int],
) -> list[Row]:
    """A reading of every term that is read on every item of the sample, as far as it was inspected."""
    rows: list[Row] = []
    last = min(line.lot_plan.stages[route.stage - 1].total, inspected)
    missing = draw(st.sampled_from(read)) if route.unread else None
    gap = draw(st.integers(1, last)) if route.unread else None
    for term in read:
        good = draw(st.lists(st.sampled_from(conforming(term)), min_size=1, max_size=3))
        bad = draw(st.sampled_from(nonconforming(term))) if term is reporter else ""
        unit = getattr(term.measure, "unit", None)
        more = {"unit": unit} if unit and draw(st.booleans()) else {}
        for item in range(1, last + 1):
            if term is missing and item == gap:
                continue
            value = bad if term is reporter and item in times else good[item % len(good)]
            rows.append({"item": item, "term": term.id, "value": value} | more)
    return rows


def _defects(line: Line, reporter: Term | None, times: dict[int, int]) -> Iterator[Row]:
    """The rows of what is found by eye, and of what a reading cannot say more than once."""
    for item in sorted(times):
        number = times[item]
        if reporter is not None and reporter.is_read:
            if number == 1:
                continue
            number -= 1
        seen = reporter is not None and not reporter.is_read
        row: Row = {"item": item}
        row |= {"term": reporter.id} if seen and reporter is not None else {"class": line.class_name}
        yield row | ({"count": number} if number > 1 else {}) | ({} if seen else {"note": "not listed"})


def _counted(line: Line, term: str, number: int) -> Row:
    return ({"term": term} if term else {"class": line.class_name}) | {"count": number}


def log_of(draw: st.DrawFn, lot_size: int, found: Sequence[Found]) -> tuple[dict[str, Any], list[Row]]:
    """Put the lines together: how many items were inspected, and the rows of the log.

    Parameters
    ----------
    draw : callable
        Draws from a strategy.
    lot_size : int
        Items in the lot. [items]
    found : sequence of Found
        What was found in every line.

    Returns
    -------
    dict, list of dict
        Keys of ``[inspection]``, and rows.
    """
    numbers = {one.line.name: one.inspected for one in found}
    rows = [row for one in found for row in one.rows]
    # Drawn whatever the decision is, or a log that decides nothing would be the simplest.
    by_line, extra, outside = draw(st.booleans()), draw(_EXTRA), draw(_RARELY)
    # One number for all lines where every line has at least what it needs.
    decided = all(one.decision in {"accept", "reject"} for one in found)
    if len(set(numbers.values())) > 1 and (by_line or not decided):
        return {"inspected": numbers}, rows
    largest = max(numbers.values())
    if decided:
        largest = min(largest + extra, lot_size)
        rows += _outside(found, largest) if outside else []
    return {"inspected": largest}, rows


_EXTRA = st.just(0) | st.integers(0, 200)


def _outside(found: Sequence[Found], inspected: int) -> list[Row]:
    """A finding on an item that the sample of its class does not hold."""
    for one in found:
        line, last = one.line, one.line.lot_plan.total
        by_item = one.items or all("item" in row for row in one.rows)
        if line.kind == "class" and not line.not_allowed and by_item and last < inspected:
            return [{"item": inspected, "class": line.name, "note": "outside"}]
    return []


def written_with_comma(contract: Contract, rows: Sequence[Row]) -> list[Row]:
    """Return the rows with decimal commas, where a reading is a number."""
    numeric = {term.id for term in contract.terms if isinstance(term.measure, Measured | Colour)}
    return [
        row | {"value": row["value"].replace(".", ",")}
        if row.get("term") in numeric and "value" in row
        else row
        for row in rows
    ]
