"""Follows the marks in a cell of a master table (arrows, ``*`` and ``++``) to the plan that applies."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Literal

from aql import tables
from aql.documents.json_values import JsonValue
from aql.errors import DomainError, TableError
from aql.plans.plan import FractionalPlan, MultiplePlan, SinglePlan
from aql.standards.editions import Edition, edition
from aql.types import Severity, Standard
from aql.words import in_brief

__all__ = ["AnyPlan", "Cell", "Resolution", "TableKind", "master_name", "resolve"]

AnyPlan = SinglePlan | MultiplePlan | FractionalPlan
TableKind = Literal["single", "double", "multiple", "fractional"]
"""A kind of master table: by type of sampling, or with fractional acceptance numbers."""

_SIMPLER: dict[tables.Mark, TableKind] = {"single": "single", "double": "double"}  # printed * and ++


@dataclass(frozen=True, slots=True, repr=False)
class Cell(JsonValue):
    """A table cell in the trace of a lookup.

    Attributes
    ----------
    table : str
        Printed table, such as ``"2-A"``.
    letter, aql : str
        Row and column.
    mark : str
        ``"plan"``; ``"down"`` or ``"up"`` for an arrow; ``"single"`` (printed ``*``) or ``"double"`` (printed ``++``)
        if the plan of a simpler table applies.
    plan : SinglePlan, MultiplePlan, FractionalPlan or None
        The plan in the cell, if there is one.
    second_reading : str or None
        Another reading of this cell, with its source, if one is known.
    """

    table: str
    letter: str
    aql: str
    mark: tables.Mark
    plan: AnyPlan | None = None
    second_reading: str | None = None

    def __repr__(self) -> str:
        printed = self.mark if self.plan is None else repr(self.plan)
        return in_brief("Cell", f"table {self.table}, {self.letter}, AQL {self.aql}: {printed}")


@dataclass(frozen=True, slots=True)
class Resolution:
    """The result of following a cell: the plan, its letter, the provenance of its table and the trace."""

    plan: AnyPlan
    letter: str | None
    provenance: tables.Provenance
    trace: tuple[Cell, ...]


def master_name(sampling: TableKind, severity: Severity) -> str:
    """Return the file name of the master table in which arrows are followed, without extension."""
    return f"{sampling}_{severity}"


@cache
def resolve(
    standard: Standard, sampling: TableKind, severity: Severity, letter: str, aql: str, *, below: bool
) -> Resolution:
    """Follow the arrows from a cell to the plan that applies.

    Parameters
    ----------
    standard : str
        Edition.
    sampling : str
        ``"single"``, ``"double"``, ``"multiple"`` or ``"fractional"``.
    severity, letter, aql : str
        The cell, already checked.
    below : bool
        Where a cell refers to a simpler table, use the plan below it instead, if the table has one.

    Returns
    -------
    Resolution
        The plan that applies, and the cells that lead to it.

    Raises
    ------
    DomainError
        If an arrow leads to a cell that has not been checked for the edition, or there is no plan.

    Examples
    --------
    >>> found = resolve("ISO 2859-1:1999", "single", "normal", "D", "4.0", below=False)
    >>> found.letter, found.plan
    ('E', SinglePlan(n=13, ac=1))
    """
    book = edition(standard)
    table = tables.master_table(book.folder, master_name(sampling, severity))
    trace: list[Cell] = []
    rows = table.letters
    row, step = rows.index(letter), 0
    while True:
        if not 0 <= row < len(rows):
            raise TableError(
                f"tables/{table.provenance.file}: the arrows from {letter}, {aql} leave the table",
                todo="Restore the file from the project",
                file=table.provenance.file,
            )
        if rows[row] in book.without_letters:
            raise book.unverified(f"Row {rows[row]}, to which the arrow from {letter} at AQL {aql} leads,")
        printed = table.cells[rows[row], aql]
        plan = _plan(printed)
        trace.append(_cell(book, sampling, severity, rows[row], aql, printed.mark, plan))
        if plan is not None:
            return Resolution(plan, rows[row], table.provenance, tuple(trace))
        kind = _SIMPLER.get(printed.mark)
        if kind is not None:
            lower = _first_plan_below(standard, sampling, severity, rows[row + 1 :], aql) if below else None
            found = lower or resolve(standard, kind, severity, rows[row], aql, below=below)
            return Resolution(found.plan, found.letter, found.provenance, (*trace, *found.trace))
        turn = {"down": 1, "up": -1}.get(printed.mark, 0)
        if turn in {0, -step}:
            raise DomainError(
                f"cell {rows[row]}, AQL {aql} of table {table.provenance.table} has no plan",
                code="no-plan",
                letter=rows[row],
            )
        step = turn
        row += step


def _first_plan_below(
    standard: Standard, sampling: TableKind, severity: Severity, letters: tuple[str, ...], aql: str
) -> Resolution | None:
    book = edition(standard)
    table = tables.master_table(book.folder, master_name(sampling, severity))
    for letter in letters:
        printed = table.cells[letter, aql]
        plan = _plan(printed)
        if plan is not None:
            cell = _cell(book, sampling, severity, letter, aql, printed.mark, plan)
            return Resolution(plan, letter, table.provenance, (cell,))
    return None


def _cell(
    book: Edition,
    sampling: TableKind,
    severity: Severity,
    letter: str,
    aql: str,
    mark: tables.Mark,
    plan: AnyPlan | None,
) -> Cell:
    name = master_name(sampling, severity)
    label = tables.master_table(book.folder, name).provenance.table
    reading = tables.disputed_cells(book.folder).get((name, letter, aql))
    return Cell(label, letter, aql, mark, plan, reading)


def _plan(printed: tables.PrintedCell) -> AnyPlan | None:
    if printed.mark != "plan":
        return None
    ac, re = printed.ac[-1], printed.re[-1]
    if isinstance(ac, str) or ac is None:
        return FractionalPlan(printed.n[0], Fraction(str(ac)))
    if len(printed.n) == 1:
        return SinglePlan(printed.n[0], ac, re)
    return MultiplePlan(
        printed.n,
        [number if isinstance(number, int) else None for number in printed.ac],
        [number for number in printed.re if number is not None],
    )
