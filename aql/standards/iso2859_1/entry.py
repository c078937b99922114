"""The cell at which a lookup enters a table: the row of the lot and the column of the AQL."""

from __future__ import annotations

from functools import cache

from aql import tables
from aql.checks import choice
from aql.errors import DomainError
from aql.standards.arguments import SMALLEST_LOT, aql_column, over_ten
from aql.standards.editions import Edition
from aql.standards.iso2859_1.code_letters import scalar_code_letter
from aql.types import COUNTINGS, AqlColumn, Counting, Level, Sampling, Severity

__all__ = ["checked_cell", "entered_letter"]


def checked_cell(book: Edition, aql: AqlColumn, *, sampling: Sampling, counting: Counting | None) -> str:
    """Return the column at which a lookup enters a table, after all checks that do not need a letter."""
    column = aql_column(aql, _aqls(book.folder), standard=book.name)
    if sampling not in book.samplings:
        raise book.unverified(f"{sampling.capitalize()} sampling")
    if book.aql_range is not None and column not in book.verified_aqls(_aqls(book.folder)):
        raise book.unverified(f"AQL {column}")
    if counting is not None:
        choice(counting, "counting", COUNTINGS)
        if counting == "items" and over_ten(column):
            raise DomainError(
                f"AQL {column} requires counting nonconformities, because it means nonconformities per 100 items",
                todo='Use counting="nonconformities", or an AQL up to 10',
                code="aql-needs-nonconformities",
                value=aql,
            )
    return column


@cache
def _aqls(folder: str) -> tuple[str, ...]:
    return tables.master_table(folder, "single_normal").aqls


def entered_letter(
    book: Edition, lot: int | None, letter: object, level: Level, severity: Severity
) -> str | None:
    """Return the code letter at which a lookup enters a table, given or that of the lot size; None for a lot of one."""
    if letter is None:
        if lot is None:
            raise DomainError(
                "pass either lot_size or letter",
                todo='For example, lookup(1200, aql=2.5) or lookup(letter="J", aql=2.5)',
                code="missing-value",
            )
        found = scalar_code_letter(max(lot, SMALLEST_LOT), level, book.name)
        return found if lot >= SMALLEST_LOT else None
    if lot is not None and book.letter_only:
        raise book.unverified("A lookup with a lot size")
    letters = _letters(book.folder)
    if isinstance(letter, str) and letter == "S" and severity == "tightened":
        raise DomainError(
            "letter must not be 'S': row S is reached only by an arrow of tightened inspection",
            todo='Use letter="R"',
            value=letter,
        )
    return choice(letter, "letter", letters)


@cache
def _letters(folder: str) -> tuple[str, ...]:
    return tables.master_table(folder, "single_normal").letters
