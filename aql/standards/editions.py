"""The editions whose tables are included, with their status and what has been checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from aql import tables
from aql.errors import DomainError
from aql.standards.names import standard_named
from aql.types import SAMPLINGS, STANDARDS, Sampling, Standard, StandardName
from aql.words import in_brief

__all__ = ["DEFAULT_STANDARD", "Edition", "edition"]

DEFAULT_STANDARD: Standard = STANDARDS[0]


@dataclass(frozen=True, slots=True, repr=False)
class Edition:
    """An edition of a standard: the folder of its tables, its status, and which parts have been checked.

    Attributes
    ----------
    name : str
        Name as in `STANDARDS`.
    folder : str
        Folder of its tables in ``tables/``.
    status : str
        Its status in one sentence.
    successor : str or None
        The edition that replaced it.
    letter_only : bool
        Whether it can be used only by code letter.
    samplings : tuple of str
        Types of sampling that can be used.
    aql_range : (str, str) or None
        First and last AQL column that can be used; None for all.
    without_letters : tuple of str
        Letters whose plans cannot be used.
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
        """Return the columns of `aqls` that can be used in this edition."""
        if self.aql_range is None:
            return aqls
        return aqls[aqls.index(self.aql_range[0]) : aqls.index(self.aql_range[1]) + 1]

    def unverified(self, what: str) -> DomainError:
        """Return the error for a part of this edition that has not been checked."""
        status = self.status.rstrip(".").replace("Of ", "of ", 1)
        return DomainError(
            f"{what} of {self.name} has not been checked; {status}",
            todo=f'Look up a checked part by letter, or use "{DEFAULT_STANDARD}"',
            code="unverified",
            standard=self.name,
        )

    def __repr__(self) -> str:
        return in_brief("Edition", f"{self.name}: {self.status}")


def edition(name: StandardName) -> Edition:
    """Return the edition with that name.

    Parameters
    ----------
    name : str
        One of `STANDARDS`, or another name for one of them; see `standard_named`.

    Raises
    ------
    DomainError
        If there is no such edition.

    Examples
    --------
    >>> edition("ANSI/ASQ Z1.4").folder
    'mil_std_105e'
    """
    return _editions()[standard_named(name)[0]]


@cache
def _editions() -> Mapping[Standard, Edition]:
    return {record["name"]: _from_record(record) for record in tables.editions()["edition"]}


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
