"""Finds the lots whose frames may contradict the contract or one another.

No lot with a problem is left out. A few without any may be among them, as the exact check of each, in the words of a
single lot, follows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import reduce
from operator import or_

import narwhals.stable.v2 as nw

from aql.scoring.bulk.engines import Frame, with_columns
from aql.scoring.bulk.given import INVALID, GivenFindings, GivenLots
from aql.scoring.bulk.lots_with_plans import NO_KEY, LotsWithPlans
from aql.scoring.bulk.observed_rows import ObservedRows
from aql.types import SEVERITIES

__all__ = ["suspect_lots"]


def suspect_lots(given: GivenLots, log: GivenFindings, lots: LotsWithPlans, rows: ObservedRows) -> Frame:
    """Return the suspect lots, which may have problems, a lot perhaps more than once."""
    found = [
        lots.frame.filter(_any(_of_lots(given, lots))),
        rows.frame.filter(_any(_of_rows(log))),
        *_of_items(log, lots, rows),
        *_of_sums(lots, rows),
    ]
    return nw.concat([frame.select("lot") for frame in found])


def _any(conditions: Iterator[nw.Expr]) -> nw.Expr:
    return reduce(or_, conditions)


def _of_lots(given: GivenLots, lots: LotsWithPlans) -> Iterator[nw.Expr]:
    """What may be wrong with a row of the frame of lots."""
    size = nw.col("size")
    yield (size < 1) | (nw.col("key") == NO_KEY)
    for name in given.numbers:
        yield nw.col(name) == INVALID
    for column in given.by_line("inspected").values():
        yield nw.col(column) > size
    if {"produced", "packed"} <= set(given.numbers):
        yield (nw.col("produced") >= 0) & (nw.col("packed") > nw.col("produced"))
    if "contract" in given.texts:
        yield ~nw.col("contract").is_in(["", lots.contract.order.id])
    for line, column in given.by_line("severity").items():
        severity = nw.col(column)
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
            days = given.frame.select(name).unique().collect().get_column(name).to_list()
            wrong = [day for day in days if day and not _is_day(day)]
            if wrong:
                yield nw.col(name).is_in(wrong)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _of_rows(log: GivenFindings) -> Iterator[nw.Expr]:
    """What may be wrong with a row of the log by itself."""
    yield nw.col("bad") > 0
    for name in ("item", "count", "stage"):
        if name in log.columns:
            yield nw.col(name) == INVALID
            if name != "count":
                yield nw.col(name) == 0


def _of_items(log: GivenFindings, lots: LotsWithPlans, rows: ObservedRows) -> Iterator[Frame]:
    """Rows with items that were not inspected or are in another stage, and items with rows that do not go together."""
    if "item" not in log.columns:
        return
    items = rows.frame.filter(nw.col("item") > 0)
    last = [f"z{at}" for at, line in enumerate(lots.lines) if line.kind != "limit"]
    staged = "stage" in log.columns
    ends = [end for at in range(len(last)) for end in lots.ends(at)] if staged else []
    ended = with_columns(lots.frame, _last_items(lots)).select("lot", *last, *dict.fromkeys(ends))
    joined = items.join(ended, on="lot", how="left")
    yield joined.filter(_any(_beyond(lots, last, staged=staged)))
    sums = [f"r{at}" for at in range(len(rows.reads))] if "read" in rows.has else []
    most = ["cleared", "seen"] if "cleared" in rows.has else []
    if sums or most:
        each = items.group_by("lot", "item").agg(
            *(nw.col(name).sum() for name in sums), *(nw.col(name).max() for name in most)
        )
        wrong = [nw.col(name) > 1 for name in sums]
        if most:
            wrong.append((nw.col("cleared") > 0) & (nw.col("seen") > 0))
        yield each.filter(_any(iter(wrong)))
    if "sku" in log.columns:
        named = items.filter(nw.col("sku") != "").group_by("lot", "item").agg(nw.col("sku").n_unique())
        yield named.filter(nw.col("sku") > 1)


def _last_items(lots: LotsWithPlans) -> dict[str, nw.Expr]:
    """The largest item number of each line."""
    found: dict[str, nw.Expr] = {}
    for at, line in enumerate(lots.lines):
        if line.kind != "limit":
            whole = "size" if line.cartons is None else "cartons"
            found[f"z{at}"] = nw.when(nw.col(f"i{at}") < 0).then(nw.col(whole)).otherwise(nw.col(f"i{at}"))
    return found


def _beyond(lots: LotsWithPlans, last: Sequence[str], *, staged: bool) -> Iterator[nw.Expr]:
    """Whether the item of a row was not inspected, or is in another stage than the row says."""
    item, line = nw.col("item"), nw.col("line_at")
    yield (line < 0) & (item > nw.min_horizontal(*last))
    for at, name in enumerate(last):
        yield (line == at) & (item > nw.col(name))
        if staged:
            own = nw.lit(1)
            for end in lots.ends(at)[:-1]:
                own = own + (item > nw.col(end)).cast(nw.Int64)
            yield (line == at) & (nw.col("stage") > 0) & (nw.col("stage") != own)


def _of_sums(lots: LotsWithPlans, rows: ObservedRows) -> Iterator[Frame]:
    """Lots whose counts do not go together or are too large, or that have two answers."""
    sums: dict[str, nw.Expr] = {}
    for place in range(len(rows.answers)):
        answer = nw.col(f"a{place}")
        sums[f"most{place}"] = answer
        sums[f"least{place}"] = nw.when(answer > 0).then(-answer).otherwise(nw.lit(-(2**31)))
    for at, line in enumerate(lots.lines):
        if rows.counts and line.kind != "limit":
            sums[f"w{at}"] = (nw.col("line_at") == at).cast(nw.Int64)
    for place in range(len(rows.counts)):
        here = nw.col("counts") == place + 1
        sums[f"s{place}"] = nw.when(here).then(nw.col("count")).otherwise(nw.lit(0))
        sums[f"p{place}"] = here.cast(nw.Int64)
    if not sums:
        return
    grouped = rows.frame.with_columns(**sums).group_by("lot")
    summed = grouped.agg(*(nw.col(name).max() if name[0] in "ml" else nw.col(name).sum() for name in sums))
    numbers = [f"i{at}" for at in range(len(lots.lines))]
    ends = [total for at in range(len(lots.lines)) for total in lots.totals(at)]
    columns = dict.fromkeys(["lot", "key", "size", *numbers, *ends, *_cartons(lots)])
    joined = summed.join(lots.frame.select(*columns), on="lot", how="inner")
    yield joined.filter(_any(_do_not_fit(lots, rows)))


def _cartons(lots: LotsWithPlans) -> list[str]:
    return ["cartons"] if any(line.cartons is not None for line in lots.lines) else []


def _do_not_fit(lots: LotsWithPlans, rows: ObservedRows) -> Iterator[nw.Expr]:
    for place in range(len(rows.answers)):
        # The smallest answer is kept as the largest of their negatives.
        yield (nw.col(f"most{place}") > 0) & (nw.col(f"least{place}") != -nw.col(f"most{place}"))
    places = {line.name: at for at, line in enumerate(lots.lines)}
    done = _last_items(lots)
    for place, (line, term, stage) in enumerate(rows.counts):
        at = places[line]
        number = nw.col(f"s{place}")
        yield (number > 0) & (nw.col(f"w{at}") > 0)
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
            before = nw.col(totals[stage - 2]) if stage > 1 else nw.lit(0)
            yield number > nw.min_horizontal(nw.col(totals[stage - 1]), done[f"z{at}"]) - before
    if lots.by_items and rows.counts:
        together = reduce(
            lambda one, other: one + other, (nw.col(f"s{at}") for at in range(len(rows.counts)))
        )
        yield together > nw.min_horizontal(*done.values())
