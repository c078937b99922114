"""The decisions of plans of several stages, and of limits with weights, as expressions on the exact counts of many lots."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import add

import narwhals.stable.v2 as nw

from aql.scoring.bulk.engines import Frame
from aql.scoring.bulk.lots_with_plans import LotsWithPlans
from aql.scoring.bulk.observed_rows import ObservedRows

__all__ = ["decided_by_stages", "is_exact"]

_ACCEPT, _CONTINUE, _HOLD, _REJECT = range(4)
_MOST = 2**62
"""Weighted totals below it fit into the whole numbers of every engine."""

_MANY = 2**40
"""More than the largest count of a row of a log."""


def is_exact(lots: LotsWithPlans, rows: ObservedRows, at: int) -> bool:
    """Return whether the counts of a line are whole numbers once the weights are scaled to whole numbers."""
    scale, weights = _scaled(lots, rows, at)
    return max([scale, *weights]) * _MANY < _MOST


def decided_by_stages(
    lots: LotsWithPlans, rows: ObservedRows, frame: Frame, at: int, columns: Sequence[str]
) -> Frame:
    """Add the results of a line, as `aql.scoring.deciding.line_outcome` has them for exact counts.

    `columns` are those of its counts at the end of each stage, by group of weights; there are none if nothing was found.
    """
    stages = range(1, lots.stages[at] + 1)
    frame = frame.with_columns(
        **{f"d{at}_{stage}": _total(lots, rows, at, stage, columns) for stage in stages}
    )
    scale, _ = _scaled(lots, rows, at)
    inspected = lots.inspected(at)
    done = nw.when(inspected < 0).then(nw.lit(0)).otherwise(inspected)
    reached, outcome, draw = nw.lit(stages[-1]), nw.lit(_ACCEPT), nw.lit(0)
    for stage in reversed(stages):
        number, within = nw.col(f"d{at}_{stage}"), lots.number(f"within{at}_{stage}")
        rejects = number > (lots.number(f"re{at}_{stage}") - 1) * scale
        accepts = number <= lots.number(f"up{at}_{stage}") * scale
        short = done < within
        before = lots.number(f"within{at}_{stage - 1}") if stage > 1 else nw.lit(-1)
        further = done == before
        outcome = _first(
            (rejects, nw.lit(_REJECT)),
            (short & further, nw.lit(_CONTINUE)),
            (short, nw.lit(_HOLD)),
            (accepts, nw.lit(_ACCEPT)),
            otherwise=outcome,
        )
        reached = _first(
            (~rejects & short & further, nw.lit(stage - 1)),
            (rejects | short | accepts, nw.lit(stage)),
            otherwise=reached,
        )
        draw = _first((rejects, nw.lit(0)), (short, within - done), (accepts, nw.lit(0)), otherwise=draw)
    frame = frame.with_columns(
        **{f"stage_{at}": reached.cast(nw.Int64), f"outcome{at}": outcome, f"further{at}": draw}
    )
    found = _at(at, [nw.col(f"d{at}_{stage}") for stage in stages])
    found = found if scale == 1 else (found + (scale - 1)) // scale  # up to a whole number, as it is compared
    incomplete = _at(at, [nw.col(f"y{at}_{stage}") for stage in stages]) > 0
    decided = nw.col(f"outcome{at}")
    held = incomplete & ((decided == _ACCEPT) | (decided == _CONTINUE))
    results = {
        "decision": nw.when(held).then(nw.lit(_HOLD)).otherwise(decided),
        "draw": nw.when(held).then(nw.lit(0)).otherwise(nw.col(f"further{at}")),
        "n": _at(at, [lots.number(f"within{at}_{stage}") for stage in stages]),
        "ac": _at(at, [lots.number(f"ac{at}_{stage}") for stage in stages]),
        "re": _at(at, [lots.number(f"re{at}_{stage}") for stage in stages]),
        "found": found,
        "at_most": found,
    }
    return frame.with_columns(**{f"{name}_{at}": value.cast(nw.Int64) for name, value in results.items()})


def _first(*choices: tuple[nw.Expr, nw.Expr], otherwise: nw.Expr) -> nw.Expr:
    """The value of the first condition that is so."""
    found = otherwise
    for condition, value in reversed(choices):
        found = nw.when(condition).then(value).otherwise(found)
    return found


def _at(at: int, values: Sequence[nw.Expr]) -> nw.Expr:
    """The value at the stage that the line reached."""
    found = values[0]
    for stage, value in enumerate(values[1:], start=2):
        found = nw.when(nw.col(f"stage_{at}") == stage).then(value).otherwise(found)
    return found


def _scaled(lots: LotsWithPlans, rows: ObservedRows, at: int) -> tuple[int, list[int]]:
    """What weights are multiplied by to be whole numbers, and these; 1 for counts without weights."""
    weights = rows.weights.get(at, ())
    if not lots.lines[at].weights:
        return 1, [1] * len(weights)
    digits = max([0, *(-int(weight.as_tuple().exponent) for weight in weights)])
    return 10**digits, [int(weight.scaleb(digits)) for weight in weights]


def _total(lots: LotsWithPlans, rows: ObservedRows, at: int, stage: int, columns: Sequence[str]) -> nw.Expr:
    """The count of a line at the end of a stage, scaled as its weights are."""
    if lots.lines[at].kind != "limit":
        return nw.col(f"c{at}_{stage}") if f"c{at}_{stage}" in columns else nw.lit(0, nw.Int64)
    _, weights = _scaled(lots, rows, at)
    names = [f"c{at}_{group}_{stage}" for group in range(len(weights))]
    if not names or not set(names) <= {*columns}:
        return nw.lit(0, nw.Int64)
    # Where items are counted, each group has the items of its weight or a heavier one.
    lighter = [*weights[1:], 0] if lots.by_items and lots.lines[at].weights else [0] * len(weights)
    parts = [nw.col(name) * (own - less) for name, own, less in zip(names, weights, lighter, strict=True)]
    return reduce(add, parts, nw.lit(0, nw.Int64))
