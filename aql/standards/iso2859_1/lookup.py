"""Looks up the plan for a lot size or code letter and an AQL, with a trace of how it was found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Generic, Literal, TypeVar, cast, overload

from aql import tables
from aql.checks import choice, flag
from aql.documents.json_values import JsonValue
from aql.errors import DomainError
from aql.markup import Shown, in_words
from aql.plans.plan import FractionalPlan, MultiplePlan, SinglePlan, on_lot
from aql.standards.arguments import NOT_ALLOWED, lot_size_number, over_ten
from aql.standards.editions import DEFAULT_STANDARD, edition
from aql.standards.iso2859_1.arrows import AnyPlan, Cell, Resolution, resolve
from aql.standards.iso2859_1.code_letters import sample_size
from aql.standards.iso2859_1.entry import checked_cell, entered_letter
from aql.standards.names import standard_named
from aql.types import (
    SAMPLINGS,
    SEVERITIES,
    AqlColumn,
    Counting,
    Level,
    LotSize,
    Sampling,
    Severity,
    Standard,
    StandardName,
)
from aql.words import in_brief

__all__ = ["AnyLookup", "FractionalLookup", "Lookup", "lookup"]


_P_co = TypeVar("_P_co", bound=SinglePlan | MultiplePlan | FractionalPlan, covariant=True)


@dataclass(frozen=True, slots=True, repr=False)
class AnyLookup(JsonValue, Shown, Generic[_P_co]):
    """Common base of `Lookup` and `FractionalLookup`; see `Lookup` for the attributes."""

    standard: Standard
    lot_size: int | None
    level: Level | None
    letter: str | None
    aql: str
    severity: Severity
    sampling: Sampling
    plan: _P_co
    plan_letter: str | None
    table: str
    trace: tuple[Cell, ...]
    provenance: tables.Provenance
    practice: bool = False
    note: str = ""

    def __post_init__(self) -> None:
        """Check that there is a cell, which also comes from JSON."""
        if not (self.trace or self.practice or self.letter is None):
            raise DomainError("trace must have the cells of the table, got none")

    @property
    def inspect_all(self) -> bool | None:
        """Whether the first sample is at least as large as the lot, so that every item is inspected; None without a lot."""
        if self.lot_size is None:
            return None
        first = self.plan.n[0] if isinstance(self.plan, MultiplePlan) else self.plan.n
        return first >= self.lot_size

    @property
    def lot_plan(self) -> _P_co:
        """The plan as applied to this lot: the stage that reaches the lot size is the last and takes all remaining items."""
        if self.lot_size is None or isinstance(self.plan, FractionalPlan):
            return self.plan
        return cast(_P_co, on_lot(cast("SinglePlan | MultiplePlan", self.plan), self.lot_size))

    @property
    def disputed(self) -> bool:
        """Whether any cell of the trace has a second reading."""
        return any(cell.second_reading for cell in self.trace)

    @property
    def per_hundred_items(self) -> bool:
        """Whether the AQL can only mean nonconformities per 100 items."""
        return over_ten(self.aql)

    @property
    def unverified(self) -> bool:
        """Whether the plan comes from a table that no second transcription confirms."""
        return self.provenance.evidence.startswith("unverified")

    def explain(self) -> str:
        """Return in a few sentences what was found and why."""
        return in_words(self)

    def __str__(self) -> str:
        return self.explain()

    @property
    def letters(self) -> str:
        """The code letter and, if an arrow leads to another row, the letter of the plan; "" for a lot of one item."""
        if self.letter == self.plan_letter:
            return self.letter or ""
        return f"{self.letter} → {self.plan_letter}"

    def __repr__(self) -> str:
        where = f"{self.table}, {self.letters}" if self.letters else f"lot of {self.lot_size}"
        return in_brief(type(self).__name__, f"{self.standard} {where}: {_plan_in_brief(self.plan)}")


@dataclass(frozen=True, slots=True, repr=False)
class Lookup(AnyLookup[SinglePlan | MultiplePlan]):
    """The plan of a standard for a lot, and how it was found.

    Attributes
    ----------
    standard : str
        Edition, one of `STANDARDS`.
    lot_size : int or None
        Lot size; None if only a letter was given. [items]
    level : str or None
        Inspection level; None if a letter was given.
    letter : str or None
        Code letter of the lot, or the one that was given; None for a lot of one item, which has none.
    aql : str
        AQL column as printed; ``"0"`` for "not allowed".
    severity, sampling : str
        Severity of inspection and type of sampling.
    plan : SinglePlan or MultiplePlan
        The plan that applies, with its own sample size.
    plan_letter : str or None
        Letter of that plan, after following the arrows; None for a lot of one item.
    table : str
        Printed table that contains the plan; for a lot of one item, the table of code letters.
    trace : tuple of Cell
        The cells that lead to the plan, in order.
    provenance : Provenance
        Where the table comes from and how it was checked.
    practice : bool
        Whether the plan is trade practice rather than a cell of a table: AQL 0, or a lot of one item.
    note : str
        What is assumed if the standard was given by another name, such as that of a national edition; otherwise "".
    """

    plan: SinglePlan | MultiplePlan


@dataclass(frozen=True, slots=True, repr=False)
class FractionalLookup(AnyLookup[FractionalPlan]):
    """A lookup that leads to a plan with a fractional acceptance number; the attributes are those of `Lookup`."""

    plan: FractionalPlan


def _plan_in_brief(plan: AnyPlan) -> str:
    """A plan in short form, for the ``repr``."""
    if not isinstance(plan, MultiplePlan):
        gap = f", Re {plan.re}" if isinstance(plan, SinglePlan) and plan.re != plan.ac + 1 else ""
        return f"n {plan.n}, Ac {plan.ac}{gap}"
    sizes = f"{len(plan.n)} × {plan.n[0]}" if len(set(plan.n)) == 1 else " + ".join(map(str, plan.n))
    accept = " ".join("#" if ac is None else str(ac) for ac in plan.ac)
    return f"n {sizes}, Ac {accept}, Re {' '.join(map(str, plan.re))}"


@overload
def lookup(
    lot_size: LotSize | None = ...,
    *,
    aql: AqlColumn,
    letter: str | None = ...,
    level: Level = ...,
    severity: Severity = ...,
    sampling: Sampling = ...,
    standard: StandardName = ...,
    counting: Counting | None = ...,
    prefer_below: bool = ...,
    fractional: Literal[False] = ...,
) -> Lookup: ...


@overload
def lookup(
    lot_size: LotSize | None = ...,
    *,
    aql: AqlColumn,
    letter: str | None = ...,
    level: Level = ...,
    severity: Severity = ...,
    sampling: Sampling = ...,
    standard: StandardName = ...,
    counting: Counting | None = ...,
    prefer_below: bool = ...,
    fractional: bool,
) -> Lookup | FractionalLookup: ...


def lookup(
    lot_size: LotSize | None = None,
    *,
    aql: AqlColumn,
    letter: str | None = None,
    level: Level = "II",
    severity: Severity = "normal",
    sampling: Sampling = "single",
    standard: StandardName = DEFAULT_STANDARD,
    counting: Counting | None = None,
    prefer_below: bool = False,
    fractional: bool = False,
) -> Lookup | FractionalLookup:
    """Look up the plan of a standard for a lot, following the arrows.

    Parameters
    ----------
    lot_size : int, optional
        Lot size, 1 or more. [items] Leave it out to look up by `letter` alone. A lot of one item has no code letter: the
        item is inspected and must conform, which is trade practice.
    aql : str, int, float or Decimal
        AQL column; 0 for "not allowed": the letter's own sample size with Ac 0. [percent nonconforming or
        nonconformities per 100 items up to 10, nonconformities per 100 items above 10]
    letter : str, optional
        Code letter, instead of lot size and level. A lot size given as well only determines whether the sample is the
        whole lot.
    level : {"S-1", "S-2", "S-3", "S-4", "I", "II", "III"}
        Inspection level; defaults to ``"II"``.
    severity : {"normal", "tightened", "reduced"}
        Severity of inspection; defaults to ``"normal"``.
    sampling : {"single", "double", "multiple"}
        Type of sampling; defaults to ``"single"``.
    standard : str
        Edition, one of `STANDARDS`, or another name for one, such as ``"GB/T 2828.1"``; defaults to the first.
    counting : {"items", "nonconformities"}, optional
        What is counted. Counting items is an error for an AQL above 10.
    prefer_below : bool
        Where a double or multiple table refers to the plan of a simpler table, use the plan below it instead, if there
        is one and its samples are smaller than the lot.
    fractional : bool
        Use the plans with fractional acceptance numbers (single sampling). They are unverified.

    Returns
    -------
    Lookup
        The plan that applies, the cells that lead to it and the provenance of the table. With `fractional`, a
        `FractionalLookup` if a plan with a fractional acceptance number applies.

    Raises
    ------
    DomainError
        If an argument has an invalid value, or the edition does not have the plan.

    References
    ----------
    ISO 2859-1:1999, Tables 1, 2, 3, 4 and 11; MIL-STD-105E, Tables I to IV.

    Examples
    --------
    >>> found = lookup(30, aql=4.0)
    >>> found.plan, found.letter, found.plan_letter, found.table
    (SinglePlan(n=13, ac=1), 'D', 'E', '2-A')
    >>> lookup(1200, aql=0).plan
    SinglePlan(n=80, ac=0)
    >>> lookup(1, aql=2.5).plan
    SinglePlan(n=1, ac=0)
    >>> lookup(aql="2.5", letter="J", sampling="double").plan
    MultiplePlan(n=(50, 50), ac=(2, 6), re=(5, 7))
    """
    name, note = standard_named(standard)
    book = edition(name)
    choice(severity, "severity", SEVERITIES)
    choice(sampling, "sampling", SAMPLINGS)
    flag(prefer_below, "prefer_below")
    flag(fractional, "fractional")
    lot = None if lot_size is None else lot_size_number(lot_size, least=1)
    entered = entered_letter(book, lot, letter, level, severity)
    column = checked_cell(book, aql, sampling=sampling, counting=counting)
    found = _found(name, column, entered, severity, sampling, prefer_below, fractional, lot)
    kind: Callable[..., Lookup | FractionalLookup] = Lookup
    if isinstance(found.plan, FractionalPlan):
        kind = FractionalLookup
    return kind(
        name,
        lot,
        level if letter is None else None,
        entered,
        column,
        severity,
        sampling,
        found.plan,
        found.letter,
        found.provenance.table,
        found.trace,
        found.provenance,
        practice=entered is None or column == NOT_ALLOWED,
        note=note,
    )


def _found(
    standard: Standard,
    column: str,
    letter: str | None,
    severity: Severity,
    sampling: Sampling,
    below: bool,
    fractional: bool,
    lot: int | None,
) -> Resolution:
    if letter is None:
        return _one_item(standard)
    if column == NOT_ALLOWED:
        return _not_allowed(standard, letter)
    if fractional:
        return _fractional(standard, severity, sampling, letter, column)
    found = resolve(standard, sampling, severity, letter, column, below=below)
    if below and lot is not None and isinstance(found.plan, MultiplePlan) and found.plan.total >= lot:
        found = resolve(standard, sampling, severity, letter, column, below=False)
    return found


@cache
def _one_item(standard: Standard) -> Resolution:
    """The plan of a lot of one item, which the table of code letters does not have."""
    return Resolution(SinglePlan(1, 0), None, tables.code_letters(edition(standard).folder)[0], ())


@cache
def _not_allowed(standard: Standard, letter: str) -> Resolution:
    folder = edition(standard).folder
    plan = SinglePlan(sample_size(folder, "normal", letter), 0)
    return Resolution(plan, letter, tables.master_table(folder, "single_normal").provenance, ())


def _fractional(
    standard: Standard, severity: Severity, sampling: Sampling, letter: str, column: str
) -> Resolution:
    if sampling != "single" or standard != DEFAULT_STANDARD:
        raise DomainError(
            f"fractional plans require single sampling of {DEFAULT_STANDARD}, "
            f"got {sampling} sampling of {standard}",
            code="not-offered",
        )
    return resolve(standard, "fractional", severity, letter, column, below=False)
