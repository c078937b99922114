"""The editions that can be asked for, and what is known of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from aql import tables
from aql.checks import nearest
from aql.errors import DomainError
from aql.types import SAMPLINGS, STANDARDS, Sampling, Standard
from aql.words import either, in_brief

__all__ = ["DEFAULT_STANDARD", "Edition", "edition"]

DEFAULT_STANDARD: Standard = STANDARDS[0]


@dataclass(frozen=True, slots=True, repr=False)
class Edition:
    """An edition of a standard: the folder of its tables, its status, and what of it has been checked.

    Attributes
    ----------
    name : str
        Name as in `STANDARDS`.
    folder : str
        Folder of its numbers below ``tables/``.
    status : str
        One sentence on its status.
    successor : str or None
        The edition that replaced it.
    letter_only : bool
        Whether only lookups by letter use checked numbers.
    samplings : tuple of str
        Sampling types that may be used.
    aql_range : (str, str) or None
        First and last AQL column that may be used; None for all.
    without_letters : tuple of str
        Letters whose plans may not be used.
    """

    name: Standard
    folder: str
    status: str
    successor: Standard | None
    letter_only: bool
    samplings: tuple[Sampling, ...]
    aql_range: tuple[str, str] | None
    without_letters: tuple[str, ...]

    def verified_aqls(self, aqls: tuple[str, ...]) -> tuple[str, ...]:
        """Those of the columns `aqls` that may be used in this edition."""
        if self.aql_range is None:
            return aqls
        return aqls[aqls.index(self.aql_range[0]) : aqls.index(self.aql_range[1]) + 1]

    def unverified(self, what: str) -> DomainError:
        """Return the error for a part of this edition that has not been checked."""
        status = self.status.rstrip(".").replace("Of ", "of ", 1)
        return DomainError(
            f"{what} of {self.name} has not been checked; {status}",
            todo=f'Ask by letter for what has been checked, or use "{DEFAULT_STANDARD}"',
            code="unverified",
            standard=self.name,
        )

    def __repr__(self) -> str:
        return in_brief("Edition", f"{self.name}: {self.status}")


def edition(name: Standard) -> Edition:
    """Return the edition of that name.

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
        raise _unknown(name) from None


def _unknown(name: object) -> DomainError:
    """The error for a name that is none of the editions; part of a name means the first that holds it."""
    text = name if isinstance(name, str) else ""
    holding = [one for one in STANDARDS if text and text in one]
    close = holding[0] if holding else nearest(text, STANDARDS)
    return DomainError(
        f"standard must be {either(STANDARDS)}, got {name!r}",
        todo="" if close is None else f'Did you mean "{close}"?',
        value=name,
        nearest=close,
        suggestion=close,
    )


@cache
def _editions() -> Mapping[Standard, Edition]:
    return {record["name"]: _from_record(record) for record in tables.edition_records()}


def _from_record(record: tables.EditionRecord) -> Edition:
    verified = record.get("verified")
    return Edition(
        name=record["name"],
        folder=record["folder"],
        status=record["status"],
        successor=record.get("successor"),
        letter_only=verified is not None and verified["entry"] == "letter",
        samplings=SAMPLINGS if verified is None else tuple(verified["sampling"]),
        aql_range=None if verified is None else (verified["aql_first"], verified["aql_last"]),
        without_letters=() if verified is None else tuple(verified["without_letters"]),
    )
