"""Lookups that others published, with their results and sources."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from aql.examples.example_files import example_rows
from aql.types import Level

__all__ = ["WorkedLookup", "worked_lookups"]


@dataclass(frozen=True, slots=True)
class WorkedLookup:
    """A published lookup with its result.

    Attributes
    ----------
    lot_size : int
        Lot size. [items]
    level, aql : str
        Level and AQL column; the AQL is "" if the source gives only a letter.
    letter, plan_letter : str
        Code letter of the lot and letter of the plan, or "" if the source does not state it.
    n, ac, re : int or None
        The published plan; None if the source does not state it.
    practice : bool
        Whether the source applies trade practice ("not allowed"), which is not in any table.
    source : str
        Who published it.
    """

    lot_size: int
    level: Level
    aql: str
    letter: str
    plan_letter: str
    n: int | None
    ac: int | None
    re: int | None
    practice: bool
    source: str


def worked_lookups() -> tuple[WorkedLookup, ...]:
    """Return published lookups with their sources.

    Examples
    --------
    >>> found = worked_lookups()[0]
    >>> found.lot_size, found.aql, found.n, found.source
    (20000, '0.010', 1250, 'ASQ, Ask the Experts, Z1.4')
    """
    return tuple(
        WorkedLookup(
            lot_size=int(row["lot_size"]),
            level=cast(Level, row["level"]),
            aql=row["aql"],
            letter=row["letter"],
            plan_letter=row["plan_letter"],
            n=_number(row["n"]),
            ac=_number(row["ac"]),
            re=_number(row["re"]),
            practice=row["practice"] == "yes",
            source=row["source"],
        )
        for row in example_rows("worked_lookups.csv")
    )


def _number(text: str) -> int | None:
    return int(text) if text else None
