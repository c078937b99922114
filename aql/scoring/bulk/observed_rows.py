"""The rows of a frame of findings, each with what it means for every decision line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import Any

import narwhals.stable.v2 as nw

from aql.contract.contract import Contract
from aql.documents.floats import FloatBits
from aql.inspection.log_cells import cell_text
from aql.scoring.bulk.engines import Engine, Frame, distinct_rows, with_columns
from aql.scoring.bulk.given import MISSING, GivenFindings
from aql.scoring.bulk.lots_with_plans import LotsWithPlans
from aql.scoring.bulk.row_conditions import FEW, number_of_comparisons, row_is_one_of
from aql.scoring.bulk.row_kinds import RowKind, row_kinds
from aql.scoring.decision_line import Line
from aql.scoring.limits import counts_in_limit, weight_in_limit
from aql.scoring.line_results import judged_in

__all__ = ["ObservedRows", "observed_rows"]

CountOf = tuple[str, str, int]
"""A line, a term and a stage (-1 if it is not stated) that rows count without items."""


@dataclass(frozen=True, slots=True)
class ObservedRows:
    """The rows of a log, and what they mean.

    Attributes
    ----------
    frame : Frame
        One row per row of the log: its columns, and those that say what a row means.
    keys : tuple of str
        The columns that say what a row means.
    kinds : sequence of tuple
        The different rows in these columns.
    marks : mapping of str to sequence of int
        What each kind of row stands for: how many defects a row has in the line at place 0 (``k0``), and whether (1 or 0) it
        has a reading of the first term (``r0``), a reading too near to a limit in the line at place 0 (``x0``), a defect
        in the first group of weights of the limit at place 2 (``l2_0``), a defect (``defect``, ``seen`` by eye), says that
        there is none (``cleared``), or is ``bad``; ``line_at`` is the place of the line that it records with an item, or
        -1; ``counts`` is the place of what it counts, from 1, and ``a0`` that of the answer to the first lot term.
    reads : tuple of str
        The terms with readings.
    counts : tuple of CountOf
        What rows count without items.
    answers : mapping of str to tuple of str
        The answers to each lot term.
    weights : mapping of int to tuple of Decimal
        The groups of weights of each limit, by its place: the heaviest first.
    has : frozenset of str
        Which of defect, read, near, cleared, bad any row has.
    unjoined : ObservedRows or None
        The same rows before a column with what they mean was joined, if it was.
    """

    frame: Frame
    keys: tuple[str, ...]
    kinds: Sequence[tuple[Any, ...]]
    marks: Mapping[str, Sequence[int]]
    reads: tuple[str, ...]
    counts: tuple[CountOf, ...]
    answers: Mapping[str, tuple[str, ...]]
    weights: Mapping[int, tuple[Decimal, ...]]
    has: frozenset[str]
    unjoined: ObservedRows | None = None

    def with_few(self, names: Sequence[str]) -> ObservedRows:
        """Return these rows without a joined column, if few comparisons tell which rows have these marks."""
        other = self.unjoined
        if other is None:
            return self
        hits = [[bool(mark) for mark in other.marks[name]] for name in names]
        each = [number_of_comparisons(other.kinds, one) for one in hits]
        return other if sum(each) <= FEW else self

    def where(self, name: str, value: int = 1) -> nw.Expr:
        """Return whether the mark of a row has a value."""
        hits = [mark == value for mark in self.marks[name]]
        return row_is_one_of(self.keys, self.kinds, hits)

    def where_any(self, *names: str) -> nw.Expr:
        """Return whether a row has any of the marks."""
        return row_is_one_of(
            self.keys, self.kinds, [*map(any, zip(*map(self.marks.__getitem__, names), strict=True))]
        )

    def number(self, name: str, *, within: nw.Expr | None = None) -> nw.Expr:
        """Return the mark of a row as a number, 0 where `within` is not so."""
        values = sorted({*self.marks[name]} - {0})
        if values == [1]:
            # Engines group and sum small numbers faster than large ones, and sum them up as large ones.
            here = self.where(name)
            return (here if within is None else here & within).cast(nw.Int8)
        found = nw.lit(0)
        for value in values:
            here = self.where(name, value)
            here = here if within is None else here & within
            found = nw.when(here).then(nw.lit(value)).otherwise(found)
        return found


def observed_rows(findings: GivenFindings, lots: LotsWithPlans) -> ObservedRows:
    """Return the rows of many lots as observed: each different row is judged once.

    Parameters
    ----------
    findings : GivenFindings
        The log of all lots.
    lots : LotsWithPlans
        The lots.
    """
    contract = lots.contract
    frame, columns = _with_kinds(findings)
    different = distinct_rows(frame, *columns).collect().rows(named=True)
    names = [name for name in ("item", "term", "class", "value", "unit", "count") if name in findings.columns]
    bits: FloatBits | None = 32 if findings.value == nw.Float32 else None
    cells = [tuple(_cell(row, name, bits) for name in names) for row in different]
    kinds = row_kinds(contract, names, cells) if different else []
    marks = _Marks(lots, kinds, [int(row.get("of_stage", -1)) for row in different])
    numbers, found = marks.columns(), [tuple(row.values()) for row in different]
    rows = ObservedRows(
        frame,
        tuple(columns),
        found,
        numbers,
        _reads(contract),
        marks.counts,
        marks.answers,
        marks.weights,
        frozenset(marks.has()),
    )
    if different and lots.engine.name == "duckdb":
        # It looks through a list of values one by one, and joins a small table fast.
        return _joined(rows, lots.engine)
    return rows


def _joined(rows: ObservedRows, engine: Engine) -> ObservedRows:
    """The rows with a column that numbers their different meanings."""
    meanings: dict[tuple[int, ...], int] = {}
    of_rows = [meanings.setdefault(one, len(meanings)) for one in zip(*rows.marks.values(), strict=True)]
    cells = dict(zip(rows.keys, map(list, zip(*rows.kinds, strict=True)), strict=True))
    on = [name for name, each in cells.items() if len({*each}) > 1] or list(rows.keys[:1])
    table: dict[str, Any] = {name: cells[name] for name in on}
    return replace(
        rows,
        frame=rows.frame.join(engine.frame(table | {"meaning": of_rows}), on=on, how="inner"),
        keys=("meaning",),
        kinds=[(number,) for number in meanings.values()],
        marks={name: [one[place] for one in meanings] for place, name in enumerate(rows.marks)},
        unjoined=rows,
    )


def _with_kinds(findings: GivenFindings) -> tuple[Frame, list[str]]:
    """The rows with the columns that say what they mean, whichever lot and item they are about."""
    frame = findings.frame
    columns: list[str] = [name for name in ("term", "class", "unit", "value") if name in findings.columns]
    made: dict[str, nw.Expr] = {}
    if "valued" in frame.collect_schema():
        made["is_valued"] = nw.col("valued").cast(nw.Int64)
    item = nw.col("item") if "item" in findings.columns else nw.lit(MISSING)
    if "item" in findings.columns:
        made["has_item"] = (item != MISSING).cast(nw.Int64)
    if "count" in findings.columns:
        made["count_is"] = nw.when(nw.col("count") > 0).then(nw.lit(2)).otherwise(nw.col("count"))
    if "stage" in findings.columns:
        made["of_stage"] = nw.when(item == MISSING).then(nw.col("stage")).otherwise(nw.lit(MISSING))
    return with_columns(frame, made), [*columns, *made]


def _cell(row: Mapping[str, Any], name: str, bits: FloatBits | None) -> str:
    """A cell as a log has it as text."""
    if name == "item":
        return "1" if row["has_item"] else ""
    if name == "count":
        return "" if row["count_is"] < 0 else str(row["count_is"])
    if name == "value":
        return cell_text(row["value"], ".", bits=bits) if row.get("is_valued", 1) else ""
    return cell_text(row[name], ".")


@dataclass(frozen=True)
class _Marks:
    """What each different row means, as columns of numbers."""

    lots: LotsWithPlans
    kinds: Sequence[RowKind]
    stages: Sequence[int]

    @cached_property
    def counts(self) -> tuple[CountOf, ...]:
        pairs = zip(self.kinds, self.stages, strict=True)
        return tuple(dict.fromkeys((*kind.count, stage) for kind, stage in pairs if kind.count))

    @cached_property
    def answers(self) -> dict[str, tuple[str, ...]]:
        given = dict.fromkeys(kind.answer for kind in self.kinds if kind.answer)
        terms = dict.fromkeys(term for term, _ in given)
        return {term: tuple(said for one, said in given if one == term) for term in terms}

    @cached_property
    def weights(self) -> dict[int, tuple[Decimal, ...]]:
        found: dict[int, tuple[Decimal, ...]] = {}
        for at, line in enumerate(self.lots.lines):
            if line.kind == "limit":
                each = {weight for kind in self.kinds for weight in _weights(kind, line)}
                found[at] = tuple(sorted(each, reverse=True))
        return found

    @cached_property
    def places(self) -> dict[str, int]:
        return {line.name: at for at, line in enumerate(self.lots.lines)}

    def has(self) -> set[str]:
        return {
            *("defect" for kind in self.kinds if kind.defects),
            *("read" for kind in self.kinds if kind.read),
            *("cleared" for kind in self.kinds if kind.is_cleared),
            *("near" for kind in self.kinds if kind.near),
            *("bad" for kind in self.kinds if kind.is_bad),
        }

    def columns(self) -> dict[str, list[int]]:
        kinds, contract = self.kinds, self.lots.contract
        columns = {
            "defect": [int(bool(kind.defects)) for kind in kinds],
            "bad": [int(kind.is_bad) for kind in kinds],
            "seen": [int(kind.is_seen) for kind in kinds],
            "cleared": [int(kind.is_cleared) for kind in kinds],
            "line_at": [self.places.get(kind.line, -1) for kind in kinds],
            "counts": [
                self.counts.index((*kind.count, stage)) + 1 if kind.count else 0
                for kind, stage in zip(kinds, self.stages, strict=True)
            ],
        }
        for at, line in enumerate(self.lots.lines):
            judged = {term.id for term in contract.terms if term.is_read and judged_in(term, line)}
            columns[f"x{at}"] = [int(bool(kind.near & judged)) for kind in kinds]
            if line.kind == "limit":
                for group, weight in enumerate(self.weights[at]):
                    columns[f"l{at}_{group}"] = [self._in_group(kind, line, weight) for kind in kinds]
            else:
                columns[f"k{at}"] = [sum(one.line == line.name for one in kind.defects) for kind in kinds]
        for at, term_id in enumerate(_reads(contract)):
            columns[f"r{at}"] = [int(term_id in kind.read) for kind in kinds]
        for at, (term_id, said) in enumerate(self.answers.items()):
            columns[f"a{at}"] = [
                said.index(kind.answer[1]) + 1 if kind.answer and kind.answer[0] == term_id else 0
                for kind in kinds
            ]
        return columns

    def _in_group(self, kind: RowKind, line: Line, weight: Decimal) -> int:
        """Whether a row has a defect of that weight; where items are counted, of that weight or a heavier one.

        Where nonconformities are counted, it is the number of such defects.
        """
        found = _weights(kind, line)
        if self.lots.by_items:
            return int(any(one >= weight for one in found))
        return sum(one == weight for one in found)


def _reads(contract: Contract) -> tuple[str, ...]:
    """The terms with readings."""
    return tuple(term.id for term in contract.terms if term.is_read)


def _weights(kind: RowKind, line: Line) -> list[Decimal]:
    """The weights in a limit of the defects that a row reports."""
    return [
        Decimal(weight_in_limit(line, one.term, one.class_name))
        for one in kind.defects
        if counts_in_limit(one, line)
    ]
