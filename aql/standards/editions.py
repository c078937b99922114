"""The editions that can be asked for, and what is known of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from aql import tables
from aql.errors import DomainError
from aql.standards.arguments import nearest

__all__ = ["DEFAULT_STANDARD", "STANDARDS", "Edition", "edition"]

STANDARDS = ("ISO 2859-1:1999", "ISO 2859-1:2026", "ANSI/ASQ Z1.4", "MIL-STD-105E")
"""Names of the editions, the default first."""

DEFAULT_STANDARD = STANDARDS[0]


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition: the folder of its tables, its standing, and what of it may be used.

    Attributes
    ----------
    name : str
        Name as in `STANDARDS`.
    folder : str
        Folder of its numbers below ``tables/``.
    status : str
        One sentence on its standing.
    successor : str or None
        The edition that replaced it.
    letter_only : bool
        True where only a lookup by letter rests on checked numbers.
    samplings : tuple of str
        Sampling types that may be used.
    aql_range : (str, str) or None
        First and last AQL column that may be used; None for all.
    without_letters : tuple of str
        Letters whose plans may not be used.
    """

    name: str
    folder: str
    status: str
    successor: str | None
    letter_only: bool
    samplings: tuple[str, ...]
    aql_range: tuple[str, str] | None
    without_letters: tuple[str, ...]

    def verified_aqls(self, aqls: tuple[str, ...]) -> tuple[str, ...]:
        """Those of the columns `aqls` that may be used in this edition."""
        if self.aql_range is None:
            return aqls
        return aqls[aqls.index(self.aql_range[0]) : aqls.index(self.aql_range[1]) + 1]

    def unverified(self, came: str) -> DomainError:
        """The error for what has not been checked of this edition."""
        return DomainError(
            f"{came} of {self.name} has not been checked",
            self.status.rstrip(".").replace("Of ", "of ", 1),
            f"Ask by letter for what has been checked, or use {DEFAULT_STANDARD!r}",
            standard=self.name,
        )


def edition(name: Any) -> Edition:
    """The edition of that name.

    Parameters
    ----------
    name : str
        One of `STANDARDS`.

    Raises
    ------
    DomainError
        If there is no such edition.

    Examples
    --------
    >>> edition("ANSI/ASQ Z1.4").folder
    'mil_std_105e'
    """
    try:
        return _editions()[name]
    except (KeyError, TypeError):
        holding = [one for one in STANDARDS if isinstance(name, str) and name in one]
        close = holding[0] if holding else nearest(name, STANDARDS) or DEFAULT_STANDARD
        raise DomainError(
            f"standard {name!r} is not known",
            "the standards are " + ", ".join(map(repr, STANDARDS)),
            f"Use {close!r}",
            value=name,
        ) from None


@cache
def _editions() -> Mapping[str, Edition]:
    return {record["name"]: _from_record(record) for record in tables.edition_records()}


def _from_record(record: Mapping[str, Any]) -> Edition:
    verified = record.get("verified", {})
    return Edition(
        name=record["name"],
        folder=record["folder"],
        status=record["status"],
        successor=record.get("successor"),
        letter_only=verified.get("entry") == "letter",
        samplings=tuple(verified.get("sampling", ("single", "double", "multiple"))),
        aql_range=(verified["aql_first"], verified["aql_last"]) if verified else None,
        without_letters=tuple(verified.get("without_letters", ())),
    )
