"""The rows of each lot summed up: what counts in each stage, which readings there are, and what was counted."""

from __future__ import annotations

from collections.abc import Mapping

import narwhals.stable.v2 as nw

from aql.scoring.bulk.engines import Frame, distinct_rows, with_columns
from aql.scoring.bulk.lots_with_plans import LotsWithPlans
from aql.scoring.bulk.observed_rows import ObservedRows
from aql.scoring.line_results import judged_in

__all__ = ["Sums", "judged_terms", "lot_sums", "row_sums", "with_sums"]

Sums = Mapping[str, nw.Expr]
"""What is summed over the rows of a lot, by column. Of a column that begins with m or a, the largest is taken."""

POWERS = 50
"""Readings of a term on items up to this one are summed as powers of 2, which tells whether an item has two."""


def lot_sums(lots: LotsWithPlans, rows: ObservedRows, sums: Sums, *, every_row: bool) -> Frame:
    """Return one row per lot in which these are summed up, of each lot with rows or with rows that `row_sums` counts."""
    if not sums:
        return distinct_rows(rows.frame, "lot")
    frame = rows.frame if every_row else rows.frame.filter(rows.where_any(*_marks_of_sums(lots, rows)))
    joined = _with_ends(lots, frame, _ends_of_readings(lots, rows))
    return (
        joined.select("lot", **sums)
        .group_by("lot")
        .agg(*(nw.col(name).max() if name[0] in "ma" else nw.col(name).sum() for name in sums))
    )


def with_sums(lots: LotsWithPlans, rows: ObservedRows, sums: Sums, summed: Frame) -> Frame:
    """Return the lots with the sums of their rows, 0 for a lot without any.

    Columns, with the place of a line or a term and a stage: ``c0_1`` findings with items that count in the line up to the
    end of the stage (in a limit ``c2_0_1``, by group of weights), ``r1_0_1`` readings of a term on these items, ``x0_1``
    those too near to a limit, ``t0`` readings of the term on any item, ``s0`` and ``p0`` the sum and the number of the
    rows that count something, ``a0`` the answer to the lot term, ``defects`` and ``counted`` how many rows are such.
    """
    frame = lots.frame
    if sums:
        frame = frame.join(summed.select("lot", *sums), on="lot", how="left")
    missing = list(sums)
    if any(any(rows.marks[name]) for name in _grouped_marks(lots, rows)):
        counts = _items_of_lines(lots, rows) if lots.by_items else _nonconformities_of_lines(lots, rows)
        frame = frame.join(counts, on="lot", how="left")
        missing += [name for name in counts.collect_schema() if name != "lot"]
    return with_columns(frame, {name: nw.col(name).fill_null(0).cast(nw.Int64) for name in missing})


def judged_terms(lots: LotsWithPlans, rows: ObservedRows, at: int) -> list[int]:
    """Return the places of the terms whose readings are summed up by lot for a line."""
    terms = {term.id: term for term in lots.contract.terms}
    return [place for place, name in enumerate(rows.reads) if judged_in(terms[name], lots.lines[at])]


def _counted_by_row(lots: LotsWithPlans, rows: ObservedRows) -> list[int]:
    """The places of lines in which no item has two rows with a defect, because all are readings of one term.

    Their rows are counted without being grouped by item.
    """
    return [
        at
        for at, line in enumerate(lots.lines)
        if lots.by_items and line.name in rows.reads and _only_read(rows, at, line.name)
    ]


def _only_read(rows: ObservedRows, at: int, term: str) -> bool:
    """Whether all rows with a defect in a line are readings of the term."""
    read = rows.marks[f"r{rows.reads.index(term)}"]
    return all(is_read for is_read, defects in zip(read, rows.marks[f"k{at}"], strict=True) if defects)


def _grouped(lots: LotsWithPlans, rows: ObservedRows) -> list[int]:
    """The places of the other lines."""
    by_row = _counted_by_row(lots, rows)
    return [at for at in range(len(lots.lines)) if at not in by_row]


def _grouped_marks(lots: LotsWithPlans, rows: ObservedRows) -> list[str]:
    """The marks of rows with a defect in the other lines."""
    groups = {at: len(rows.weights[at]) for at in _grouped(lots, rows) if lots.lines[at].kind == "limit"}
    names = (
        [f"l{at}_{one}" for one in range(groups[at])] if at in groups else [f"k{at}"]
        for at in _grouped(lots, rows)
    )
    return [name for each in names for name in each]


def _ends_of_readings(lots: LotsWithPlans, rows: ObservedRows) -> list[str]:
    """The columns of the ends of stages that readings are compared with."""
    if not {"read", "near"} & rows.has:
        return []
    places = [at for at in range(len(lots.lines)) if judged_terms(lots, rows, at)]
    names = {name for at in places for name in lots.totals(at)}
    with_ends = places if "near" in rows.has else _counted_by_row(lots, rows)
    return lots.different(sorted(names | {name for at in with_ends for name in lots.ends(at)}))


def _with_ends(lots: LotsWithPlans, frame: Frame, ends: list[str]) -> Frame:
    """The rows with the ends of the stages of their lots."""
    return frame.join(lots.frame.select("lot", *ends), on="lot", how="left") if ends else frame


def _marks_of_sums(lots: LotsWithPlans, rows: ObservedRows) -> list[str]:
    """The marks of the rows that are summed up by `row_sums`."""
    names = [f"k{at}" for at in _counted_by_row(lots, rows)]
    names += [f"x{at}" for at in range(len(lots.lines)) if "near" in rows.has]
    names += [f"r{term}" for term in range(len(rows.reads)) if "read" in rows.has]
    names += [f"a{place}" for place in range(len(rows.answers))]
    return [*names, "counts", "defect"] if rows.counts else names


def row_sums(lots: LotsWithPlans, rows: ObservedRows) -> dict[str, nw.Expr]:
    """Return the sums over all rows of a lot that its verdict depends on."""
    sums: dict[str, nw.Expr] = {}
    if "defect" in rows.has and rows.counts:
        sums["defects"] = rows.number("defect")
    for at in range(len(lots.lines)):
        terms, by_row = judged_terms(lots, rows, at), at in _counted_by_row(lots, rows)
        for stage, (end, total) in enumerate(zip(lots.ends(at), lots.totals(at), strict=True), start=1):
            if "read" in rows.has:
                for term in terms:
                    inside = nw.col("item") <= lots.number(total)
                    sums[f"r{term}_{at}_{stage}"] = rows.number(f"r{term}", within=inside)
            if by_row and any(rows.marks[f"k{at}"]):
                defect = rows.where_any(f"k{at}") & (nw.col("item") <= lots.number(end))
                sums[f"c{at}_{stage}"] = defect.cast(nw.Int8)
            if terms and "near" in rows.has:
                sums[f"x{at}_{stage}"] = rows.number(f"x{at}", within=nw.col("item") <= lots.number(end))
    if rows.counts:
        sums["counted"] = (~rows.where("counts", 0)).cast(nw.Int64)
        for place in range(len(rows.counts)):
            here = rows.where("counts", place + 1)
            sums[f"s{place}"] = _where(here, nw.col("count"))
            sums[f"p{place}"] = here.cast(nw.Int64)
        if "read" in rows.has:
            sums |= {f"t{term}": rows.number(f"r{term}") for term in range(len(rows.reads))}
    return sums | {f"a{place}": rows.number(f"a{place}") for place in range(len(rows.answers))}


def _where(condition: nw.Expr, value: nw.Expr) -> nw.Expr:
    return nw.when(condition).then(value).otherwise(nw.lit(0))


def _nonconformities_of_lines(lots: LotsWithPlans, rows: ObservedRows) -> Frame:
    """Nonconformities by line and stage: each counts in its own line, as often as it was found."""
    times = nw.col("count") if "count" in rows.frame.collect_schema() else nw.lit(1)
    times = nw.when(times > 0).then(times).otherwise(nw.lit(1))
    sums: dict[str, nw.Expr] = {}
    for at, line in enumerate(lots.lines):
        for stage, end in enumerate(lots.ends(at), start=1):
            inside = nw.col("item") <= lots.number(end)
            for group in range(len(rows.weights[at])) if line.kind == "limit" else ():
                sums[f"c{at}_{group}_{stage}"] = rows.number(f"l{at}_{group}", within=inside) * times
            if line.kind != "limit":
                sums[f"c{at}_{stage}"] = rows.number(f"k{at}", within=inside) * times
    frame = rows.frame.filter(rows.where("defect"))
    return _summed(_with_ends(lots, frame, _all_ends(lots, rows)), sums)


def _items_of_lines(lots: LotsWithPlans, rows: ObservedRows) -> Frame:
    """Nonconforming items by line and stage: each counts once, in the most serious class whose sample contains it."""
    marks = _grouped_marks(lots, rows)
    rows = rows.with_few(marks)
    frame = rows.frame.filter(rows.where_any(*marks))
    frame = frame.select("lot", "item", **{name: rows.number(name) for name in marks})
    frame = frame.group_by("lot", "item").agg(*(nw.col(name).max() for name in marks))
    frame = _with_ends(lots, frame, _all_ends(lots, rows))
    free = nw.col("item") == nw.col("item")
    sums: dict[str, nw.Expr] = {}
    for at in _grouped(lots, rows):
        line, ends = lots.lines[at], lots.ends(at)
        for stage, end in enumerate(ends, start=1):
            inside = nw.col("item") <= lots.number(end)
            if line.kind == "limit":
                for group in range(len(rows.weights[at])):
                    sums[f"c{at}_{group}_{stage}"] = _where(inside, nw.col(f"l{at}_{group}"))
            else:
                hit = inside & (nw.col(f"k{at}") > 0)
                sums[f"c{at}_{stage}"] = ((hit & free) if line.kind == "class" else hit).cast(nw.Int8)
        if line.kind == "class":
            free = free & ~((nw.col(f"k{at}") > 0) & (nw.col("item") <= lots.number(ends[-1])))
    return _summed(frame, sums)


def _all_ends(lots: LotsWithPlans, rows: ObservedRows) -> list[str]:
    return lots.different(end for at in _grouped(lots, rows) for end in lots.ends(at))


def _summed(frame: Frame, sums: Sums) -> Frame:
    return frame.select("lot", **sums).group_by("lot").agg(*(nw.col(name).sum() for name in sums))
