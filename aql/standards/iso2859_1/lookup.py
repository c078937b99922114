"""Looking a plan up: lot size or letter and AQL in, the plan that applies and the way to it out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, Generic, Literal, TypeVar, cast, overload

from aql import tables
from aql.errors import DomainError
from aql.markup import Shown, in_words
from aql.plans.plan import FractionalPlan, MultiplePlan, SinglePlan
from aql.plans.whole_lot import on_lot
from aql.standards.arguments import (
    COUNTINGS,
    NOT_ALLOWED,
    SAMPLINGS,
    SEVERITIES,
    aql_column,
    choice,
    lot_size_number,
    over_ten,
)
from aql.standards.editions import DEFAULT_STANDARD, Edition, edition
from aql.standards.iso2859_1.arrows import Cell, Resolution, resolve, sample_size
from aql.standards.iso2859_1.code_letters import scalar_code_letter

__all__ = ["AnyLookup", "FractionalLookup", "Lookup", "checked_cell", "lookup"]


_P_co = TypeVar("_P_co", bound=SinglePlan | MultiplePlan | FractionalPlan, covariant=True)


@dataclass(frozen=True, slots=True)
class AnyLookup(Shown, Generic[_P_co]):
    """What `Lookup` and `FractionalLookup` have in common; see `Lookup` for the attributes."""

    standard: str
    lot_size: int | None
    level: str | None
    letter: str
    aql: str
    severity: str
    sampling: str
    plan: _P_co
    plan_letter: str
    table: str
    trace: tuple[Cell, ...]
    provenance: tables.Provenance
    practice: bool = False

    @property
    def inspect_all(self) -> bool | None:
        """True where the first sample is at least the lot, so that every item is inspected; None without a lot."""
        if self.lot_size is None:
            return None
        first = self.plan.n[0] if isinstance(self.plan, MultiplePlan) else self.plan.n
        return first >= self.lot_size

    @property
    def lot_plan(self) -> _P_co:
        """The plan as it is carried out on this lot; see `aql.plans.whole_lot.on_lot`."""
        if self.lot_size is None or isinstance(self.plan, FractionalPlan):
            return self.plan
        return cast(_P_co, on_lot(cast("SinglePlan | MultiplePlan", self.plan), self.lot_size))

    @property
    def disputed(self) -> bool:
        """True where any cell visited has a second reading."""
        return any(cell.second_reading for cell in self.trace)

    @property
    def per_hundred_items(self) -> bool:
        """True where the AQL only means nonconformities per 100 items."""
        return over_ten(self.aql)

    @property
    def unverified(self) -> bool:
        """True where the plan comes from a table that no transcription confirms."""
        return self.provenance.evidence.startswith("unverified")

    def explain(self) -> str:
        """Say in a few sentences what was found and why."""
        return in_words(self)

    def __str__(self) -> str:
        return self.explain()


@dataclass(frozen=True, slots=True, repr=False)
class Lookup(AnyLookup[SinglePlan | MultiplePlan]):
    """What the standard says for a lot: the plan, and how it was found.

    Attributes
    ----------
    standard : str
        Edition, one of `STANDARDS`.
    lot_size : int or None
        Lot size; None where only a letter was given. [items]
    level : str or None
        Inspection level; None where a letter was given.
    letter : str
        Code letter entered.
    aql : str
        AQL column as printed; ``"0"`` for "not allowed".
    severity, sampling : str
        Severity of inspection and type of sampling that were asked for.
    plan : SinglePlan or MultiplePlan
        The plan that applies, with its own sample size.
    plan_letter : str
        Letter of that plan, after the arrows.
    table : str
        Printed table that holds the plan.
    trace : tuple of Cell
        The cells visited, in order.
    provenance : Provenance
        Where the table comes from and how it was checked.
    practice : bool
        True where the plan is the trade's practice and no cell of a table (AQL 0).
    """


@dataclass(frozen=True, slots=True, repr=False)
class FractionalLookup(AnyLookup[FractionalPlan]):
    """A lookup of a plan with a fractional acceptance number; the attributes are those of `Lookup`."""


@overload
def lookup(
    lot_size: Any = ...,
    *,
    aql: Any,
    letter: str | None = ...,
    level: str = ...,
    severity: str = ...,
    sampling: str = ...,
    standard: str = ...,
    counting: str | None = ...,
    prefer_below: bool = ...,
    fractional: Literal[False] = ...,
) -> Lookup: ...


@overload
def lookup(
    lot_size: Any = ...,
    *,
    aql: Any,
    letter: str | None = ...,
    level: str = ...,
    severity: str = ...,
    sampling: str = ...,
    standard: str = ...,
    counting: str | None = ...,
    prefer_below: bool = ...,
    fractional: bool,
) -> Lookup | FractionalLookup: ...


def lookup(
    lot_size: Any = None,
    *,
    aql: Any,
    letter: str | None = None,
    level: str = "II",
    severity: str = "normal",
    sampling: str = "single",
    standard: str = DEFAULT_STANDARD,
    counting: str | None = None,
    prefer_below: bool = False,
    fractional: bool = False,
) -> Lookup | FractionalLookup:
    """Look up the plan of a standard for a lot, following the arrows.

    Parameters
    ----------
    lot_size : int, optional
        Lot size, 2 or more. [items] Leave it out to look up by `letter` alone.
    aql : str, int, float or Decimal
        AQL column; 0 for "not allowed": the letter's own sample, Ac 0. [percent nonconforming or
        nonconformities per 100 items up to 10, nonconformities per 100 items above]
    letter : str, optional
        Code letter to enter at, in place of lot size and level. A lot size given with it is used to say whether
        the sample reaches the lot.
    level : str
        Inspection level, ``"S-1"`` to ``"S-4"`` or ``"I"`` to ``"III"``.
    severity : str
        ``"normal"``, ``"tightened"`` or ``"reduced"``.
    sampling : str
        ``"single"``, ``"double"`` or ``"multiple"``.
    standard : str
        Edition, one of `STANDARDS`.
    counting : str, optional
        ``"items"`` or ``"nonconformities"``: what is counted. An AQL above 10 with items is refused.
    prefer_below : bool
        Where a double or multiple table points to the plan of a simpler table, take the plan below instead, if
        the table has one and the lot permits its whole sample.
    fractional : bool
        Use the plans with fractional acceptance numbers (single sampling). They are unverified.

    Returns
    -------
    Lookup
        The plan that applies, the cells visited and where the numbers come from; a `FractionalLookup` of a
        `FractionalPlan` where one was asked for and applies.

    Raises
    ------
    DomainError
        If an argument is not allowed, with what is; or if the edition does not offer what was asked for.

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
    >>> lookup(aql="2.5", letter="J", sampling="double").plan
    MultiplePlan(n=(50, 50), ac=(2, 6), re=(5, 7))
    """
    book = edition(standard)
    choice(severity, "severity", SEVERITIES)
    choice(sampling, "sampling", SAMPLINGS)
    lot = None if lot_size is None else lot_size_number(lot_size)
    entered = _entered(book, lot, letter, level, severity)
    column = checked_cell(book, aql, sampling=sampling, counting=counting)
    found, practice = _found(standard, column, entered, severity, sampling, prefer_below, fractional, lot)
    kind: type[AnyLookup[Any]] = FractionalLookup if isinstance(found.plan, FractionalPlan) else Lookup
    return kind(  # type: ignore[return-value]
        standard,
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
        practice,
    )


def checked_cell(book: Edition, aql: Any, *, sampling: str, counting: str | None) -> str:
    """Return the column of an AQL in an edition, after the refusals that need no letter."""
    column = aql_column(aql, _aqls(book.folder), standard=book.name)
    if sampling not in book.samplings:
        raise book.unverified(f"{sampling.capitalize()} sampling")
    if book.aql_range is not None and column not in book.verified_aqls(_aqls(book.folder)):
        raise book.unverified(f"AQL {column}")
    if counting is not None:
        choice(counting, "counting", COUNTINGS)
        if counting == "items" and over_ten(column):
            raise DomainError(
                f"AQL {column} with counting of items",
                "an AQL above 10 only means nonconformities per 100 items",
                'Use counting="nonconformities", or an AQL up to 10',
                value=aql,
            )
    return column


@cache
def _aqls(folder: str) -> tuple[str, ...]:
    return tables.master_table(folder, "single_normal").aqls


def _entered(book: Edition, lot: int | None, letter: str | None, level: str, severity: str) -> str:
    if letter is None:
        if lot is None:
            raise DomainError(
                "neither a lot size nor a letter was given",
                "a lookup is entered by one of them",
                'Give a lot size, as in lookup(1200, aql=2.5), or letter="J"',
            )
        return scalar_code_letter(lot, level, book.name)
    if lot is not None and book.letter_only:
        raise book.unverified("A lookup with a lot size")
    letters = _letters(book.folder)
    if letter == "S" and severity == "tightened":
        raise DomainError(
            "row S cannot be entered",
            "it is reached only through the arrow of tightened inspection that leads to it",
            'Enter at letter="R"',
            value=letter,
        )
    return choice(letter, "letter", letters)


@cache
def _letters(folder: str) -> tuple[str, ...]:
    return tables.master_table(folder, "single_normal").letters


def _found(
    standard: str,
    column: str,
    letter: str,
    severity: str,
    sampling: str,
    below: bool,
    fractional: bool,
    lot: int | None,
) -> tuple[Resolution, bool]:
    if column == NOT_ALLOWED:
        return _not_allowed(standard, letter), True
    if fractional:
        return _fractional(standard, severity, sampling, letter, column), False
    found = resolve(standard, sampling, severity, letter, column, below=below)
    if below and lot is not None and isinstance(found.plan, MultiplePlan) and found.plan.total >= lot:
        found = resolve(standard, sampling, severity, letter, column, below=False)
    return found, False


@cache
def _not_allowed(standard: str, letter: str) -> Resolution:
    folder = edition(standard).folder
    plan = SinglePlan(sample_size(folder, "normal", letter), 0)
    return Resolution(plan, letter, tables.master_table(folder, "single_normal").provenance, ())


def _fractional(standard: str, severity: str, sampling: str, letter: str, column: str) -> Resolution:
    book = edition(standard)
    if sampling != "single" or standard != DEFAULT_STANDARD:
        raise DomainError(
            f"fractional plans for {sampling} sampling of {book.name}",
            f"they are offered for single sampling of {DEFAULT_STANDARD}, unverified",
            "Leave fractional out",
        )
    return resolve(standard, "fractional", severity, letter, column, below=False)
