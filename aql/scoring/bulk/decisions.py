"""The decisions on many lots: each different combination of counts is decided once, by the rules for a single lot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import narwhals.stable.v2 as nw

from aql.inspection.header import InspectionHeader
from aql.scoring.bulk.classified_counts import are_classified, with_bounds
from aql.scoring.bulk.engines import Frame, distinct_rows, with_columns
from aql.scoring.bulk.given import MISSING
from aql.scoring.bulk.lot_sums import judged_terms
from aql.scoring.bulk.lots_with_plans import LotsWithPlans
from aql.scoring.bulk.observed_rows import ObservedRows
from aql.scoring.bulk.stage_decisions import decided_by_stages, is_exact
from aql.scoring.counting import recorded_of
from aql.scoring.deciding import Outcome, line_outcome
from aql.scoring.decision_line import Line
from aql.scoring.defects import Count
from aql.scoring.limits import LimitCounts
from aql.scoring.line_results import held_for_readings
from aql.scoring.observations import Observations
from aql.scoring.possible_counts import possible_counts
from aql.types import Decision

__all__ = [
    "DECISIONS",
    "columns_of_items",
    "decided_by_counts",
    "decided_by_items",
    "result_columns",
    "with_incomplete",
]

DECISIONS: tuple[Decision, ...] = ("accept", "continue", "hold", "reject")
"""The decisions; one later in the order takes precedence in the lot."""

RESULTS = ("decision", "stage", "draw", "n", "ac", "re", "found", "at_most", "inspected")
"""The results of a line, as numbers: the place of its decision, and -1 for what is missing."""

Span = tuple[int | Decimal, int | Decimal]


def result_columns(lots: LotsWithPlans) -> list[str]:
    """Return the columns with the decisions on all lines of many lots."""
    return [f"{name}_{at}" for at in range(len(lots.lines)) for name in RESULTS]


def with_incomplete(lots: LotsWithPlans, rows: ObservedRows, frame: Frame) -> Frame:
    """Add for decisions on many lots whether readings are missing or too near to a limit: ``y0_1`` is 1 or 0."""
    has = set(frame.collect_schema())
    flags: dict[str, nw.Expr] = {}
    for at in range(len(lots.lines)):
        inspected = lots.inspected(at)
        for stage, total in enumerate(lots.totals(at), start=1):
            most = nw.min_horizontal(lots.number(total), inspected)
            wanted = nw.when(inspected < 0).then(nw.lit(0)).otherwise(most)
            flag = inspected < nw.lit(MISSING)
            for term in judged_terms(lots, rows, at):
                read = f"r{term}_{at}_{stage}"
                short = (nw.col(read) if read in has else nw.lit(0)) < wanted
                for place, (_, counted, _) in enumerate(rows.counts):
                    if counted == rows.reads[term]:
                        short = short & (nw.col(f"p{place}") == 0)
                flag = flag | short
            near = f"x{at}_{stage}"
            if near in has:
                flag = flag | ((nw.col(near) > 0) & (inspected >= 0))
            flags[f"y{at}_{stage}"] = flag.cast(nw.Int64)
    return with_columns(frame, flags)


def columns_of_items(lots: LotsWithPlans, rows: ObservedRows, frame: Frame) -> list[nw.Expr]:
    """Return the columns on which decisions depend if the findings have items and every line has one stage."""
    has, places = {*frame.collect_schema()}, range(len(lots.lines))
    numbers = lots.different(f"{name}{at}" for at in places for name in ("n", "ac", "re"))
    counts = [name for at in places for name in _count_columns(lots, rows, at) if name in has]
    flags = [nw.col(f"y{at}_1").cast(nw.Int8) for at in places]
    return [*map(nw.col, (*numbers, *dict.fromkeys(lots.done), *counts)), *flags]


def decided_by_items(lots: LotsWithPlans, rows: ObservedRows, frame: Frame) -> Frame:
    """Add the decisions on lots whose findings all have items, so that each line is decided separately."""
    has = set(frame.collect_schema())
    places = range(len(lots.lines))
    found = [[name for name in _count_columns(lots, rows, at) if name in has] for at in places]
    several = [at for at in places if not lots.is_single(at)]
    tabled = [at for at in several if not is_exact(lots, rows, at)]
    for at in several:
        if at not in tabled:
            frame = decided_by_stages(lots, rows, frame, at, found[at])
    if tabled:
        frame = _decided_in_tables(lots, rows, frame, {at: found[at] for at in tabled})
    exact: dict[str, nw.Expr] = {}
    for at in places:
        exact[f"inspected_{at}"] = lots.inspected(at)
        if lots.is_single(at):
            number = nw.col(found[at][0]) if found[at] else nw.lit(0)
            exact |= _decided(lots, at, number, number)
    return with_columns(frame, {name: value.cast(nw.Int64) for name, value in exact.items()})


def _decided(lots: LotsWithPlans, at: int, least: nw.Expr, most: nw.Expr) -> dict[str, nw.Expr]:
    """The results of a line with one stage from the bounds of its count, as `aql.scoring.line_results` has them."""
    n, re, inspected = lots.number(f"n{at}"), lots.number(f"re{at}"), lots.inspected(at)
    done = nw.when(inspected < 0).then(nw.lit(0)).otherwise(inspected)
    accept, hold, reject = (nw.lit(DECISIONS.index(one)) for one in ("accept", "hold", "reject"))
    held = (most >= re) | (done < n) | (nw.col(f"y{at}_1") > 0)
    decision = nw.when(least >= re).then(reject).otherwise(nw.when(held).then(hold).otherwise(accept))
    to_draw = nw.when((done < n) & ((most < re) | (inspected < 0))).then(n - done).otherwise(nw.lit(0))
    draw = nw.when(least >= re).then(nw.lit(0)).otherwise(to_draw)
    values = (decision, nw.lit(1), draw, n, lots.number(f"ac{at}"), re, least, most)
    return {f"{name}_{at}": value for name, value in zip(RESULTS, values, strict=False)}


def _decided_in_tables(
    lots: LotsWithPlans, rows: ObservedRows, frame: Frame, found: Mapping[int, Sequence[str]]
) -> Frame:
    """Add the results of lines whose different counts are decided one by one."""
    frame = lots.engine.kept(with_columns(frame, _capped(lots, found)))
    keys = {
        at: ["key", f"b{at}_inspected", *(f"b{name}" for name in names), *_ready(lots, at)]
        for at, names in found.items()
    }
    tables = {}
    for at, names in keys.items():
        combinations = distinct_rows(frame, *names).collect().rows(named=True)
        table: dict[str, list[int]] = {name: [row[name] for row in combinations] for name in names}
        results = [_by_items(lots, rows, at, row) for row in combinations]
        for place, name in enumerate(RESULTS[:-1]):
            table[f"{name}_{at}"] = [int(one[place]) for one in results]
        tables[at] = lots.engine.frame(table)
    for at, names in keys.items():
        frame = frame.join(tables[at], on=names, how="left")
    return frame


def _count_columns(lots: LotsWithPlans, rows: ObservedRows, at: int) -> list[str]:
    """The columns with the counts of a line at the end of each stage, in a limit by group of weights."""
    groups = [f"{group}_" for group in range(len(rows.weights.get(at, ())))]
    groups = groups if lots.lines[at].kind == "limit" else [""]
    return [f"c{at}_{group}{stage}" for group in groups for stage in range(1, lots.stages[at] + 1)]


def _ready(lots: LotsWithPlans, at: int) -> list[str]:
    return [f"y{at}_{stage}" for stage in range(1, lots.stages[at] + 1)]


def _capped(lots: LotsWithPlans, found: Mapping[int, Sequence[str]]) -> dict[str, nw.Expr]:
    """The counts and the numbers inspected, cut down to the largest that can make a difference to the decision."""
    capped: dict[str, nw.Expr] = {}
    for at, names in found.items():
        line = lots.lines[at]
        most = max(stage.re for lines in lots.sets for stage in lines[at].lot_plan.stages)
        for name in names:
            count = nw.col(name)
            capped[f"b{name}"] = (
                count if line.weights else nw.when(count > most).then(nw.lit(most)).otherwise(count)
            )
        capped[f"b{at}_inspected"] = nw.min_horizontal(lots.inspected(at), lots.number(lots.totals(at)[-1]))
    return capped


def _by_items(lots: LotsWithPlans, rows: ObservedRows, at: int, row: Mapping[str, int]) -> tuple[int, ...]:
    """The results of a line whose counts are exact."""
    line = lots.sets[row["key"]][at]
    weights = rows.weights.get(at, ()) if line.kind == "limit" else ()
    spans: list[Span] = []
    for stage in range(1, len(line.lot_plan.stages) + 1):
        if line.kind != "limit":
            total: int | Decimal = int(row.get(f"bc{at}_{stage}", 0))
        else:
            numbers = [int(row.get(f"bc{at}_{group}_{stage}", 0)) for group in range(len(weights))]
            total = _weighted(weights, numbers, by_items=lots.by_items) if line.weights else sum(numbers)
        spans.append((total, total))
    return _results(lots, line, spans, row[f"b{at}_inspected"], at, row)


def _weighted(weights: Sequence[Decimal], numbers: Sequence[int], *, by_items: bool) -> Decimal:
    """The weighted total: where items are counted, `numbers` are of items of that weight or a heavier one."""
    own = [number - before for number, before in zip(numbers, (0, *numbers), strict=False)]
    each = own if by_items else numbers
    return sum((weight * number for weight, number in zip(weights, each, strict=True)), Decimal(0))


def _results(
    lots: LotsWithPlans, line: Line, spans: Sequence[Span], inspected: int, at: int, row: Mapping[str, Any]
) -> tuple[int, ...]:
    """The results of a line from its possible counts and whether its readings are complete."""
    outcome: Outcome = line_outcome(
        line, spans, None if inspected < 0 else int(inspected), by_items=lots.by_items
    )
    incomplete = bool(row[f"y{at}_{outcome.stage}"])
    decision = held_for_readings(outcome.decision, incomplete=incomplete)
    stage = line.lot_plan.stages[outcome.stage - 1]
    least, most = outcome.counts[-1]
    return (
        DECISIONS.index(decision),
        outcome.stage,
        outcome.draw if decision == outcome.decision else 0,
        outcome.within,
        -1 if stage.ac is None else stage.ac,
        stage.re,
        int(least),
        int(most),
        int(inspected),
    )


def decided_by_counts(lots: LotsWithPlans, rows: ObservedRows, frame: Frame) -> Frame:
    """Add the decisions on lots with counts and without defects on items: all lines are decided together."""
    if not are_classified(lots, rows):
        return _counts_in_table(lots, rows, frame)
    frame, exact = with_bounds(lots, rows, frame), dict[str, nw.Expr]()
    for at in range(len(lots.lines)):
        exact[f"inspected_{at}"] = lots.inspected(at)
        exact |= _decided(lots, at, nw.col(f"g{at}"), nw.col(f"h{at}"))
    return with_columns(frame, {name: value.cast(nw.Int64) for name, value in exact.items()})


def _counts_in_table(lots: LotsWithPlans, rows: ObservedRows, frame: Frame) -> Frame:
    """Add the decisions on lots whose different counts are decided one by one."""
    lines = range(len(lots.lines))
    has = set(frame.collect_schema())
    unknown = nw.min_horizontal(*lots.done) < 0
    signs: dict[str, nw.Expr] = {
        "b_size": nw.when(unknown).then(nw.col("size")).otherwise(nw.lit(0)),
        **{f"bp{place}": nw.min_horizontal(f"p{place}", nw.lit(1)) for place in range(len(rows.counts))},
        **{
            f"bt{term}": nw.min_horizontal(f"t{term}", nw.lit(1))
            for term in range(len(rows.reads))
            if f"t{term}" in has
        },
    }
    if "cartons" in has:
        signs["b_cartons"] = nw.when(unknown).then(nw.col("cartons")).otherwise(nw.lit(0))
    frame = frame.with_columns(**signs)
    keys = [
        "key",
        *signs,
        *(f"s{place}" for place in range(len(rows.counts))),
        *dict.fromkeys(lots.done),
        *(f"y{at}_{stage}" for at in lines for stage in range(1, lots.stages[at] + 1)),
    ]
    different = distinct_rows(frame, *keys).collect().rows(named=True)
    table: dict[str, list[int]] = {name: [row[name] for row in different] for name in keys}
    results = [_by_counts(lots, rows, row) for row in different]
    for place, name in enumerate(result_columns(lots)):
        table[name] = [one[place] for one in results]
    return frame.join(lots.engine.frame(table), on=keys, how="left")


def _by_counts(lots: LotsWithPlans, rows: ObservedRows, row: Mapping[str, int]) -> list[int]:
    """The results of all lines of a lot from its counts."""
    contract = lots.contract
    stated = zip(lots.lines, (row[name] for name in lots.done), strict=True)
    inspected = {line.name: int(number) for line, number in stated if number >= 0}
    size = max([int(row["b_size"]), 1, *inspected.values()])
    header = InspectionHeader.model_validate(
        {
            "contract": contract.order.id,
            "lot": {"id": "lot", "size": size},
            "inspection": {"inspected": inspected},
        }
    )
    lines = [
        replace(line, cartons=int(row["b_cartons"]))
        if line.cartons is not None and "b_cartons" in row
        else line
        for line in lots.sets[row["key"]]
    ]
    seen = Observations(
        counts=[
            Count(line, term, int(row[f"s{place}"]), "", None if stage < 0 else stage, "", "")
            for place, (line, term, stage) in enumerate(rows.counts)
            if row[f"bp{place}"]
        ]
    )
    own = {term.id: term for term in contract.terms if term.is_read}
    for place, name in enumerate(rows.reads):
        if name in own and row.get(f"bt{place}"):
            seen.with_item.add(name if own[name].own_line else own[name].class_ or "")
    recorded = [recorded_of(header, line, seen, {}) for line in lines if line.kind != "limit"]
    possible = possible_counts(recorded, by_items=lots.by_items)
    found: list[int] = []
    for at, line in enumerate(lines):
        spans: Sequence[Span]
        if line.kind == "limit":
            done = inspected.get(line.name, size)
            spans = LimitCounts(contract, line, done, [], recorded).spans()
        else:
            spans = possible[line.name]
        found += _results(lots, line, spans, inspected.get(line.name, -1), at, row)
    return found
