"""The bounds of counts as expressions: how many of the classified items may be in the sample of each line."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import add

import narwhals.stable.v2 as nw

from aql.scoring.bulk.engines import Frame
from aql.scoring.bulk.lots_with_plans import LotsWithPlans
from aql.scoring.bulk.observed_rows import ObservedRows

__all__ = ["are_classified", "with_bounds"]


def are_classified(lots: LotsWithPlans, rows: ObservedRows) -> bool:
    """Return whether all counts are of classified items, in lines with one stage.

    Counts of a term with its own plan are such too, as it has no other terms.
    """
    classes = set(lots.contract.class_names())
    return all(lots.is_single(at) and line.kind != "limit" for at, line in enumerate(lots.lines)) and all(
        stage < 0 and (term == "" or line not in classes) for line, term, stage in rows.counts
    )


def with_bounds(lots: LotsWithPlans, rows: ObservedRows, frame: Frame) -> Frame:
    """Add the smallest and the largest count of each line, ``g0`` and ``h0``, as `aql.scoring.possible_counts` has them.

    The frame is that of the lots with the sums of their rows, which have no defects on items.
    """
    counts = {line: nw.col(f"s{place}") for place, (line, _, _) in enumerate(rows.counts)}
    # These are columns because some engines compute an expression as often as it is used.
    places = range(len(lots.lines))
    frame = frame.with_columns(
        **{f"number{at}": counts.get(lots.lines[at].name, nw.lit(0)) for at in places},
        **{f"done{at}": lots.inspected_or_all(at) for at in places},
    )
    frame = frame.with_columns(
        **{f"end{at}": _smaller(_drawn(lots, at), nw.col(f"done{at}")) for at in places}
    )
    bounds: dict[str, nw.Expr] = {}
    above: list[int] = []
    for at, line in enumerate(lots.lines):
        number, done, end = (nw.col(f"{name}{at}") for name in ("number", "done", "end"))
        if not lots.by_items:
            bounds |= {f"g{at}": nw.when(done <= end).then(number).otherwise(nw.lit(0)), f"h{at}": number}
            continue
        most = number
        if line.kind == "class":
            if above:
                frame = frame.with_columns(**{f"hidden{at}": _hidden(lots, at, above)})
                most = number + _unless_read(lots, rows, at, nw.col(f"hidden{at}"))
            above.append(at)
        least = number - (done - end)
        bounds[f"g{at}"] = nw.when(least > 0).then(least).otherwise(nw.lit(0))
        bounds[f"h{at}"] = _smaller(most, end)
    return frame.with_columns(**bounds)


def _drawn(lots: LotsWithPlans, at: int) -> nw.Expr:
    """The size of the sample of a line."""
    return nw.col(f"done{at}") if lots.lines[at].not_allowed else lots.number(f"n{at}")


def _unless_read(lots: LotsWithPlans, rows: ObservedRows, at: int, hidden: nw.Expr) -> nw.Expr:
    """How many items may be hidden: none if readings without a defect say that nothing else was found in the class."""
    readings = _readings(lots, rows, lots.lines[at].name)
    if not readings:
        return hidden
    return nw.when(reduce(add, readings) == 0).then(hidden).otherwise(nw.lit(0))


def _readings(lots: LotsWithPlans, rows: ObservedRows, name: str) -> list[nw.Expr]:
    """How many readings there are of each term of a class."""
    terms = {term.id: term for term in lots.contract.terms}
    return [
        nw.col(f"t{place}")
        for place, term in enumerate(rows.reads)
        if "read" in rows.has and terms[term].class_ == name and not terms[term].own_line
    ]


def _hidden(lots: LotsWithPlans, at: int, above: Sequence[int]) -> nw.Expr:
    """The largest number of items of the classes `above`, outside the samples of these, that may be in that of a line.

    The items of one class and of those with a larger sample are all after the sample of that class, which bounds their
    number together.
    """
    rooms = [nw.col(f"end{at}") - _drawn(lots, one) for one in above]
    numbers = [_smaller(nw.col(f"number{one}"), nw.col(f"done{one}")) for one in above]
    own = [
        nw.when(room > 0).then(number).otherwise(nw.lit(0))
        for room, number in zip(rooms, numbers, strict=True)
    ]
    most = reduce(add, own)
    for place, room in enumerate(rooms):
        others = [
            nw.when(rooms[one] > room).then(own[one]).otherwise(nw.lit(0))
            for one in range(len(own))
            if one != place
        ]
        bound = reduce(add, others, room)
        most = nw.when((room > 0) & (bound < most)).then(bound).otherwise(most)
    return most


def _smaller(one: nw.Expr, other: nw.Expr) -> nw.Expr:
    """The smaller of two numbers, as the horizontal minimum of some engines is slow."""
    return nw.when(one < other).then(one).otherwise(other)
