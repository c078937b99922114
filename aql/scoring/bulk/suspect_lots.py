"""Finds the lots whose frames may contradict the contract or one another.

No lot with a problem is left out. A few without any may be among them, as the exact check of each, in the words of a
single lot, follows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import reduce
from operator import or_

import narwhals.stable.v2 as nw

from aql.scoring.bulk.engines import Frame, distinct_rows
from aql.scoring.bulk.given import INVALID, GivenFindings, GivenLots
from aql.scoring.bulk.lot_sums import POWERS
from aql.scoring.bulk.lots_with_plans import LotsWithPlans
from aql.scoring.bulk.observed_rows import ObservedRows
from aql.scoring.bulk.plan_keys import NO_KEY
from aql.types import SEVERITIES

__all__ = ["check_sums", "suspect_lots"]


def check_sums(log: GivenFindings, lots: LotsWithPlans, rows: ObservedRows) -> dict[str, nw.Expr]:
    """Return the sums over all rows of a lot that tell whether it is suspect."""
    wrong = list(_of_rows(log, rows))
    sums = {"wrong": _any(wrong).cast(nw.Int64)} if wrong else {}
    if "item" in log.columns:
        item = nw.col("item")
        groups = _last_items(lots)
        for group, lines in groups.items():
            own = item if len(groups) == 1 else _where(_any(rows.where("line_at", at) for at in lines), item)
            sums[f"most_item{group}"] = own
        if len(groups) > 1:
            sums["most_item"] = _where(rows.where("line_at", -1), item)
        for term in range(len(rows.reads)) if "read" in rows.has else ():
            read = rows.where(f"r{term}")
            sums[f"t{term}"] = read.cast(nw.Int64)
            power = _power_of_2(_where((item >= 1) & (item <= POWERS), item - 1))
            sums[f"q{term}"] = _where(read & (item <= POWERS), power)
    return sums | _sums_of_counts(lots, rows)


def _sums_of_counts(lots: LotsWithPlans, rows: ObservedRows) -> dict[str, nw.Expr]:
    sums: dict[str, nw.Expr] = {}
    for place in range(len(rows.answers)):
        answer = rows.number(f"a{place}")
        sums[f"a{place}"] = answer
        sums[f"most_less{place}"] = nw.when(answer > 0).then(-answer).otherwise(nw.lit(-(2**31)))
    for at, line in enumerate(lots.lines):
        if rows.counts and line.kind != "limit":
            sums[f"w{at}"] = rows.where("line_at", at).cast(nw.Int64)
    return sums


def suspect_lots(
    given: GivenLots, log: GivenFindings, lots: LotsWithPlans, rows: ObservedRows, summed: Frame
) -> Frame:
    """Return the suspect lots, which may have problems, a lot perhaps more than once.

    `summed` has the sums of the rows of each lot, among them those of `check_sums`.
    """
    found = [
        lots.frame.filter(_any(_of_lots(given, lots))),
        *_of_sums(log, lots, rows, summed),
        *_of_items(log, lots, rows, summed),
    ]
    return nw.concat([frame.select("lot") for frame in found])


def _any(conditions: Iterable[nw.Expr]) -> nw.Expr:
    return reduce(or_, conditions)


def _of_lots(given: GivenLots, lots: LotsWithPlans) -> Iterator[nw.Expr]:
    """What may be wrong with a row of the frame of lots."""
    size = nw.col("size")
    yield (size < 1) | (nw.col("key") == NO_KEY)
    for name in given.numbers:
        yield nw.col(name) == INVALID
    lines = {line.name for line in lots.lines}
    for line, column in given.by_line("inspected").items():
        yield nw.col(column) > size
        if line and line not in lines:
            yield nw.col(column) >= 0
    if {"produced", "packed"} <= set(given.numbers):
        yield (nw.col("produced") >= 0) & (nw.col("packed") > nw.col("produced"))
    if "contract" in given.texts:
        yield ~nw.col("contract").is_in(["", lots.contract.order.id])
    for line, column in given.by_line("severity").items():
        severity = nw.col(column)
        if line and line not in {*lines, *lots.contract.class_names()}:
            yield severity != ""
        yield ~severity.is_in(["", *SEVERITIES])
        fixed = [
            key
            for key, lines in enumerate(lots.sets)
            if any(one.name == line and one.severity is None for one in lines)
        ]
        if fixed:
            yield nw.col("key").is_in(fixed) & ~severity.is_in(["", "normal"])
    for name in ("shipped_on", "date"):
        if name in given.texts:
            days = distinct_rows(given.frame, name).collect().get_column(name).to_list()
            wrong = [day for day in days if day and not _is_day(day)]
            if wrong:
                yield nw.col(name).is_in(wrong)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _of_rows(log: GivenFindings, rows: ObservedRows) -> Iterator[nw.Expr]:
    """What may be wrong with a row of the log by itself."""
    if "bad" in rows.has:
        yield rows.where("bad")
    for name in ("item", "count", "stage"):
        if name in log.columns:
            yield nw.col(name) == INVALID
            if name != "count":
                yield nw.col(name) == 0


def _where(condition: nw.Expr, value: nw.Expr) -> nw.Expr:
    return nw.when(condition).then(value).otherwise(nw.lit(0))


def _power_of_2(exponent: nw.Expr) -> nw.Expr:
    # The power has the type of the 2, which is 32 bits in polars unless it is said.
    return (nw.lit(2, nw.Int64) ** exponent).cast(nw.Int64)


def _of_items(log: GivenFindings, lots: LotsWithPlans, rows: ObservedRows, summed: Frame) -> Iterator[Frame]:
    """Rows with items of another stage than they say, and items with rows that do not go together."""
    if "item" not in log.columns:
        return
    items = rows.frame.filter(nw.col("item") > 0)
    if "stage" in log.columns:
        ends = lots.different(end for at in range(len(lots.lines)) for end in lots.ends(at))
        joined = items.join(lots.frame.select("lot", *ends), on="lot", how="left") if ends else items
        yield joined.filter(_any(_of_another_stage(lots, rows)))
    if "read" in rows.has:
        yield from _read_twice(lots, rows, items, summed)
    if "cleared" in rows.has:
        marks = {name: rows.number(name) for name in ("cleared", "seen")}
        both = items.select("lot", "item", **marks).group_by("lot", "item").agg(nw.col(*marks).max())
        yield both.filter((nw.col("cleared") > 0) & (nw.col("seen") > 0))
    for name in ("sku", "carton"):
        if name in log.columns:
            named = items.filter(nw.col(name) != "").group_by("lot", "item").agg(nw.col(name).n_unique())
            yield named.filter(nw.col(name) > 1)


def _read_twice(lots: LotsWithPlans, rows: ObservedRows, items: Frame, summed: Frame) -> Iterator[Frame]:
    """Items with two readings of a term.

    If the readings are of items 1 to t, once each, their powers of 2 add up to 2 ** t - 1, and no other t items do that.
    """
    terms = range(len(rows.reads))
    few = [_where(nw.col(f"t{term}") <= POWERS, nw.col(f"t{term}")) for term in terms]
    odd = [nw.col(f"q{term}") != _power_of_2(few[term]) - 1 for term in terms]
    odd += [nw.col(f"t{term}") > POWERS for term in terms]
    others = lots.engine.kept(summed.filter(_any(odd)).select("lot"))
    if not others.head(1).collect().is_empty():
        sums = {f"r{term}": rows.number(f"r{term}") for term in terms}
        chosen = items.join(others, on="lot", how="semi").select("lot", "item", **sums)
        each = chosen.group_by("lot", "item").agg(nw.col(*sums).sum())
        yield each.filter(_any(nw.col(name) > 1 for name in sums))


def _last_items(lots: LotsWithPlans) -> dict[str, list[int]]:
    """The lines that have the same largest item number in every lot, by the column that says it."""
    found: dict[str, list[int]] = {}
    for at, line in enumerate(lots.lines):
        if line.kind != "limit":
            found.setdefault(lots.stated[at] + ("" if line.cartons is None else " of cartons"), []).append(at)
    return found


def _of_another_stage(lots: LotsWithPlans, rows: ObservedRows) -> Iterator[nw.Expr]:
    """Whether the item of a row is in another stage than the row says."""
    for at, line in enumerate(lots.lines):
        if line.kind != "limit":
            own = nw.lit(1)
            for end in lots.ends(at)[:-1]:
                own = own + (nw.col("item") > lots.number(end)).cast(nw.Int64)
            yield rows.where("line_at", at) & (nw.col("stage") > 0) & (nw.col("stage") != own)


def _of_sums(log: GivenFindings, lots: LotsWithPlans, rows: ObservedRows, summed: Frame) -> Iterator[Frame]:
    """Lots with bad rows, items that were not inspected, or counts that do not go together or are too large."""
    joined = lots.frame.join(summed, on="lot", how="inner")
    wrong = [nw.col("wrong") > 0] if "wrong" in summed.collect_schema() else []
    if "item" in log.columns:
        groups = _last_items(lots)
        for group, lines in groups.items():
            wrong.append(nw.col(f"most_item{group}") > lots.inspected_or_all(lines[0]))
        if len(groups) > 1:
            least = nw.min_horizontal(*(lots.inspected_or_all(lines[0]) for lines in groups.values()))
            wrong.append(nw.col("most_item") > least)
    wrong += _do_not_fit(lots, rows)
    if wrong:
        yield joined.filter(_any(wrong))


def _do_not_fit(lots: LotsWithPlans, rows: ObservedRows) -> Iterator[nw.Expr]:
    for place in range(len(rows.answers)):
        # The smallest answer is kept as the largest of their negatives.
        yield (nw.col(f"a{place}") > 0) & (nw.col(f"most_less{place}") != -nw.col(f"a{place}"))
    places = {line.name: at for at, line in enumerate(lots.lines)}
    of_terms = {
        term.id: term.id if term.own_line else term.class_
        for term in lots.contract.terms
        if term.reading_of is not None
    }
    shared = [place for place, name in enumerate(rows.reads) if "read" in rows.has and name in of_terms]
    for place, (line, term, stage) in enumerate(rows.counts):
        at = places[line]
        number = nw.col(f"s{place}")
        yield (number > 0) & (nw.col(f"w{at}") > 0)
        for one in shared:
            if of_terms[rows.reads[one]] == line:
                yield (number > 0) & (nw.col(f"t{one}") > 0)
        for other, (line_, term_, stage_) in enumerate(rows.counts[:place]):
            if line_ == line and ((term_ == "") != (term == "") or (stage_ < 0) != (stage < 0)):
                yield (number > 0) & (nw.col(f"s{other}") > 0)
        short = [
            key
            for key, lines in enumerate(lots.sets)
            if not lines[at].not_allowed and stage > len(lines[at].lot_plan.stages)
        ]
        if short:
            yield (nw.col(f"p{place}") > 0) & nw.col("key").is_in(short)
        if lots.by_items and 1 <= stage <= lots.stages[at]:
            totals = lots.totals(at)
            before = lots.number(totals[stage - 2]) if stage > 1 else nw.lit(0)
            yield (
                number > nw.min_horizontal(lots.number(totals[stage - 1]), lots.inspected_or_all(at)) - before
            )
    if lots.by_items and rows.counts:
        together = reduce(
            lambda one, other: one + other, (nw.col(f"s{at}") for at in range(len(rows.counts)))
        )
        own = (lots.inspected_or_all(at) for at, line in enumerate(lots.lines) if line.kind != "limit")
        yield together > nw.min_horizontal(*own)
