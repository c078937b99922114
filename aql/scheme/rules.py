"""The switching rules of an edition as a value, read from the documents in ``tables/``."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from functools import cache
from typing import Any, Literal

from aql import tables
from aql.checks import choice, is_bool, whole_number
from aql.documents.json_values import JsonValue
from aql.errors import DomainError, TableError
from aql.standards.editions import edition
from aql.types import Standard
from aql.words import in_brief, listed, short_repr

__all__ = ["DISCONTINUE_BY", "REDUCED_BY", "Rules", "switching_rules"]

ReducedBy = Literal["score", "lots"]
DiscontinueBy = Literal["rejected", "lots"]
REDUCED_BY: tuple[ReducedBy, ...] = ("score", "lots")
DISCONTINUE_BY: tuple[DiscontinueBy, ...] = ("rejected", "lots")


@dataclass(frozen=True, slots=True, repr=False, kw_only=True)
class Rules(JsonValue):
    """The switching rules of an edition.

    Numbers that the parties agree on instead are set with `agreed`.

    Attributes
    ----------
    standard : str
        Edition.
    tightened_rejected, tightened_window : int
        Lots not accepted that switch normal to tightened inspection, within that many consecutive lots.
    normal_accepted : int
        Consecutive accepted lots that switch tightened to normal inspection.
    reduced_by : "score" or "lots"
        What switches normal to reduced inspection: the switching score, or consecutive accepted lots.
    reduced_score : int
        Switching score at which the switch is due.
    score_small_ac, score_small_points : int
        Largest Ac of a single plan for which acceptance alone scores, and the points for it.
    score_points : int
        Points for a lot that the plan one AQL step tighter would accept, or that is accepted at an early enough stage.
    score_double_stages, score_multiple_stages : int
        Stage by which a double or multiple plan must accept to score.
    reduced_lots : int
        Consecutive accepted lots on normal inspection before reduced inspection.
    limit_numbers : bool
        Whether the total found in the samples of these lots must not exceed the limit number.
    limit_table : str
        Folder of the limit numbers; "" for none.
    discontinue_by : "rejected" or "lots"
        What discontinues inspection in one run of tightened inspection: lots not accepted, or lots inspected.
    discontinue_after : int
        How many of them; 0 for never.
    fresh_window : bool
        Whether a lot not accepted on reduced inspection is left out of the window on normal inspection.
    unverified : tuple of str
        The settings that no public text confirms.

    Raises
    ------
    DomainError
        If a setting has an invalid value.
    """

    standard: Standard
    tightened_rejected: int
    tightened_window: int
    normal_accepted: int
    reduced_by: ReducedBy
    reduced_score: int = 30
    score_small_ac: int = 1
    score_small_points: int = 2
    score_points: int = 3
    score_double_stages: int = 1
    score_multiple_stages: int = 3
    reduced_lots: int = 10
    limit_numbers: bool = False
    limit_table: str = ""
    discontinue_by: DiscontinueBy = "rejected"
    discontinue_after: int = 5
    fresh_window: bool = True
    unverified: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        choice(self.reduced_by, "reduced_by", REDUCED_BY)
        choice(self.discontinue_by, "discontinue_by", DISCONTINUE_BY)
        for name, least in _LEAST.items():
            whole_number(getattr(self, name), name, least=least, most=_MOST)
        for name in ("limit_numbers", "fresh_window"):
            if not is_bool(getattr(self, name)):
                raise DomainError(f"{name} must be True or False, got {short_repr(getattr(self, name))}")
        if self.tightened_window < self.tightened_rejected:
            raise DomainError(
                f"tightened_window must be at least {self.tightened_rejected}, the lots not accepted in it, "
                f"got {self.tightened_window}",
                value=self.tightened_window,
            )
        if self.reduced_by == "lots" and self.limit_numbers and not self.limit_table:
            raise DomainError("limit_table must name the table of the limit numbers, got ''")

    def agreed(self, **settings: object) -> Rules:
        """Return the rules with settings that the parties have agreed on.

        Examples
        --------
        >>> rules = switching_rules("ISO 2859-1:1999")
        >>> rules.unverified
        ('score_double_stages', 'score_multiple_stages', 'fresh_window')
        >>> rules.agreed(score_double_stages=2).unverified
        ('score_multiple_stages', 'fresh_window')
        """
        known = [one.name for one in fields(Rules) if one.name not in {"standard", "unverified"}]
        for name in settings:
            choice(name, "a setting", known)
        left = tuple(name for name in self.unverified if name not in settings)
        values: dict[str, Any] = {**settings, "unverified": left}
        return replace(self, **values)

    def __repr__(self) -> str:
        doubt = f", unverified: {', '.join(self.unverified)}" if self.unverified else ""
        return in_brief("Rules", f"{self.standard}{doubt}")


_MOST = 10_000
"""More lots, points or stages than any rule counts."""

_LEAST = {
    "tightened_rejected": 1,
    "tightened_window": 1,
    "normal_accepted": 1,
    "reduced_score": 1,
    "score_small_ac": 0,
    "score_small_points": 1,
    "score_points": 1,
    "score_double_stages": 1,
    "score_multiple_stages": 1,
    "reduced_lots": 1,
    "discontinue_after": 0,
}


@cache
def switching_rules(standard: Standard) -> Rules:
    """Return the switching rules of an edition.

    Parameters
    ----------
    standard : str
        Edition, one of `STANDARDS`.

    Returns
    -------
    Rules
        The rules, with the names of the settings that no public text confirms.

    Raises
    ------
    DomainError
        If the edition does not exist, or its switching rules have not been checked.

    References
    ----------
    ISO 2859-1:1999, clause 9; MIL-STD-105E and ANSI/ASQ Z1.4, switching procedures.

    Examples
    --------
    >>> rules = switching_rules("MIL-STD-105E")
    >>> rules.reduced_by, rules.reduced_lots, rules.discontinue_by, rules.discontinue_after
    ('lots', 10, 'lots', 10)
    """
    edition(standard)
    documents = tables.switching_documents()
    if standard not in documents:
        raise DomainError(
            f"the switching rules of {standard} have not been checked",
            todo=f"Use those of {listed(documents, last='or')}",
            code="unverified",
            standard=standard,
        )
    return _rules(standard, documents[standard])


def _rules(standard: Standard, file: str) -> Rules:
    """Build the rules from the entries of a file, whose names must be the fields of `Rules`."""
    entries = tables.switching_rules(file)
    doubtful = tuple(entry.name for entry in entries if entry.evidence.startswith("unverified"))
    values: dict[str, Any] = {entry.name: entry.value for entry in entries}
    try:
        return Rules(standard=standard, **values, unverified=doubtful)
    except (TypeError, DomainError) as error:
        raise TableError(f"tables/{file}: {error}", file=file) from None
