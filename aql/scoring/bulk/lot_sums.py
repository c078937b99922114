"""The rows of each lot summed up: what counts in each stage, which readings there are, and what was counted."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from aql.scoring.bulk.engines import Frame, with_columns
from aql.scoring.bulk.lots_with_plans import LotsWithPlans
from aql.scoring.bulk.observed_rows import ObservedRows
from aql.scoring.line_results import judged_in

__all__ = ["judged_terms", "lot_sums"]


def lot_sums(lots: LotsWithPlans, rows: ObservedRows) -> Frame:
    """Return the lots with the sums of their rows, 0 for a lot without any.

    Columns, with the place of a line or a term and a stage: ``c0_1`` findings with items that count in the line up to the
    end of the stage (in a limit ``c2_0_1``, by group of weights), ``r1_0_1`` readings of a term on these items, ``x0_1``
    those too near to a limit, ``t0`` readings of the term on any item, ``s0`` and ``p0`` the sum and the number of the
    rows that count something, ``a0`` the answer to the lot term, ``defects`` and ``counted`` how many rows are such.
    """
    frame = lots.frame
    sums = _sums(lots, rows)
    missing = list(sums)
    if sums:
        joined = _with_ends(lots, rows, _ends_of_readings(lots, rows))
        summed = (
            joined.with_columns(**sums)
            .group_by("lot")
            .agg(*(nw.col(name).max() if name[0] == "a" else nw.col(name).sum() for name in sums))
        )
        frame = frame.join(summed, on="lot", how="left")
    if "defect" in rows.has:
        counts = _counts_of_items(lots, rows) if lots.by_items else _counts_of_nonconformities(lots, rows)
        frame = frame.join(counts, on="lot", how="left")
        missing += [name for name in counts.collect_schema() if name != "lot"]
    return with_columns(frame, {name: nw.col(name).fill_null(0).cast(nw.Int64) for name in missing})


def judged_terms(lots: LotsWithPlans, rows: ObservedRows, at: int) -> list[int]:
    """Return the places of the terms whose readings are summed up by lot for a line."""
    terms = {term.id: term for term in lots.contract.terms}
    return [place for place, name in enumerate(rows.reads) if judged_in(terms[name], lots.lines[at])]


def _ends_of_readings(lots: LotsWithPlans, rows: ObservedRows) -> list[str]:
    """The columns of the ends of stages that readings are compared with."""
    if not {"read", "near"} & rows.has:
        return []
    places = [at for at in range(len(lots.lines)) if judged_terms(lots, rows, at)]
    ends = dict.fromkeys(end for at in places for end in (*lots.ends(at), *lots.totals(at)))
    return list(ends)


def _with_ends(lots: LotsWithPlans, rows: ObservedRows, ends: list[str], frame: Frame | None = None) -> Frame:
    """The rows with the ends of the stages of their lots."""
    frame = rows.frame if frame is None else frame
    return frame.join(lots.frame.select("lot", *ends), on="lot", how="left") if ends else frame


def _sums(lots: LotsWithPlans, rows: ObservedRows) -> dict[str, nw.Expr]:
    """What is summed over all rows of a lot."""
    sums: dict[str, nw.Expr] = {}
    if "defect" in rows.has:
        sums["defects"] = nw.col("defect")
    for at in range(len(lots.lines)):
        terms = judged_terms(lots, rows, at)
        for stage, (end, total) in enumerate(zip(lots.ends(at), lots.totals(at), strict=True), start=1):
            if "read" in rows.has:
                for term in terms:
                    inside = nw.col("item") <= nw.col(total)
                    sums[f"r{term}_{at}_{stage}"] = _where(inside, nw.col(f"r{term}"))
            if terms and "near" in rows.has:
                sums[f"x{at}_{stage}"] = _where(nw.col("item") <= nw.col(end), nw.col(f"x{at}"))
    if rows.counts:
        sums["counted"] = (nw.col("counts") > 0).cast(nw.Int64)
        for place in range(len(rows.counts)):
            here = nw.col("counts") == place + 1
            sums[f"s{place}"] = _where(here, nw.col("count"))
            sums[f"p{place}"] = here.cast(nw.Int64)
        if "read" in rows.has:
            sums |= {f"t{term}": nw.col(f"r{term}") for term in range(len(rows.reads))}
    return sums | {f"a{place}": nw.col(f"a{place}") for place in range(len(rows.answers))}


def _where(condition: nw.Expr, value: nw.Expr) -> nw.Expr:
    return nw.when(condition).then(value).otherwise(nw.lit(0))


def _counts_of_nonconformities(lots: LotsWithPlans, rows: ObservedRows) -> Frame:
    """Nonconformities by line and stage: each counts in its own line, as often as it was found."""
    sums: dict[str, nw.Expr] = {}
    for at, line in enumerate(lots.lines):
        for stage, end in enumerate(lots.ends(at), start=1):
            inside = nw.col("item") <= nw.col(end)
            if line.kind == "limit":
                for group in range(len(rows.weights[at])):
                    number = nw.col(f"l{at}_{group}") * nw.col("times")
                    sums[f"c{at}_{group}_{stage}"] = _where(inside, number)
            else:
                sums[f"c{at}_{stage}"] = _where(inside, nw.col(f"k{at}") * nw.col("times"))
    frame = rows.frame.filter(nw.col("defect") > 0)
    frame = _with_ends(lots, rows, _all_ends(lots), frame)
    return _summed(frame, sums)


def _counts_of_items(lots: LotsWithPlans, rows: ObservedRows) -> Frame:
    """Nonconforming items by line and stage: each counts once, in the most serious class whose sample contains it."""
    marks = [
        name
        for at, line in enumerate(lots.lines)
        for name in (
            [f"l{at}_{group}" for group in range(len(rows.weights[at]))]
            if line.kind == "limit"
            else [f"k{at}"]
        )
    ]
    frame = rows.frame.filter(nw.col("defect") > 0)
    frame = frame.group_by("lot", "item").agg(*(nw.col(name).max() for name in marks))
    frame = _with_ends(lots, rows, _all_ends(lots), frame)
    free = nw.lit(1)
    sums: dict[str, nw.Expr] = {}
    for at, line in enumerate(lots.lines):
        ends = lots.ends(at)
        if line.kind == "class":
            holds = (nw.col(f"k{at}") > 0) & (nw.col("item") <= nw.col(ends[-1]))
            frame = frame.with_columns(
                **{f"o{at}": _where(holds, free), "free": nw.when(holds).then(nw.lit(0)).otherwise(free)}
            )
            free = nw.col("free")
        for stage, end in enumerate(ends, start=1):
            inside = nw.col("item") <= nw.col(end)
            if line.kind == "limit":
                for group in range(len(rows.weights[at])):
                    sums[f"c{at}_{group}_{stage}"] = _where(inside, nw.col(f"l{at}_{group}"))
            elif line.kind == "class":
                sums[f"c{at}_{stage}"] = _where(inside, nw.col(f"o{at}"))
            else:
                hit = inside & (nw.col(f"k{at}") > 0)
                sums[f"c{at}_{stage}"] = hit.cast(nw.Int64)
    return _summed(frame, sums)


def _all_ends(lots: LotsWithPlans) -> list[str]:
    return [end for at in range(len(lots.lines)) for end in lots.ends(at)]


def _summed(frame: Frame, sums: dict[str, nw.Expr]) -> Frame:
    return frame.with_columns(**sums).group_by("lot").agg(*(nw.col(name).sum() for name in sums))
