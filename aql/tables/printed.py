"""The contents of the printed tables as values: cells, code letters, limit numbers and provenance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NotRequired, TypedDict

from aql.documents.json_values import JsonValue
from aql.types import Level, Sampling, Standard
from aql.words import in_brief

__all__ = [
    "Band",
    "EditionRecord",
    "LimitMark",
    "LimitNumber",
    "Mark",
    "MasterTable",
    "PrintedCell",
    "Provenance",
]

Mark = Literal["plan", "down", "up", "single", "double", "blank"]
"""What is printed in a cell of a master table."""

LimitMark = Literal["number", "star", "blank"]
"""What is printed in a cell of the limit numbers."""


class Verified(TypedDict):
    """The parts of an edition that have been checked; no others can be used."""

    entry: Literal["letter"]
    sampling: list[Sampling]
    aql_first: str
    aql_last: str
    without_letters: list[str]


class EditionRecord(TypedDict):
    """A record of ``editions.toml``."""

    name: Standard
    folder: str
    status: str
    successor: NotRequired[Standard]
    verified: NotRequired[Verified]


class NameRecord(TypedDict):
    """Other names for an edition, what a lookup by one of them notes, and where that comes from."""

    edition: Standard
    names: list[str]
    note: str
    unconfirmed: NotRequired[str]
    source: str


class NotOffered(TypedDict):
    """Names of standards that are not offered, what they contain, and where that comes from."""

    names: list[str]
    what: str
    source: str


class Editions(TypedDict):
    """The whole of ``editions.toml``."""

    edition: list[EditionRecord]
    name: list[NameRecord]
    not_offered: list[NotOffered]


@dataclass(frozen=True, slots=True, repr=False)
class Provenance(JsonValue):
    """Where a table comes from and how it was checked, from the header of its file.

    Attributes
    ----------
    standard, edition, table, title : str
        The printed table.
    evidence : str
        How its numbers were checked.
    adoptions : str
        Other standards with the same table.
    file : str
        The file in ``tables/``.
    sha256 : str
        Checksum of that file.
    """

    standard: str
    edition: str
    table: str
    title: str
    evidence: str
    adoptions: str
    file: str
    sha256: str

    def __repr__(self) -> str:
        return in_brief("Provenance", f"{self.standard}, table {self.table}, {self.title}: {self.evidence}")


@dataclass(frozen=True, slots=True)
class Band:
    """One row of the table of code letters: lots of `first` to `last` items at a level (None: no upper end)."""

    first: int
    last: int | None
    level: Level
    letter: str


@dataclass(frozen=True, slots=True)
class PrintedCell:
    """A printed cell: its mark and, if it contains a plan, sample sizes, Ac and Re by stage.

    `ac` is None at a stage that does not permit acceptance. In the fractional tables, it is text (``"1/3"``) and `re`
    is None.
    """

    mark: Mark
    n: tuple[int, ...] = ()
    ac: tuple[int | str | None, ...] = ()
    re: tuple[int | None, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class MasterTable:
    """A master table: its provenance, its letters and AQLs in printed order, and its cells.

    `sample_sizes` has the sample size of each letter; it is empty for double and multiple tables, where the sizes are
    in the cells.
    """

    provenance: Provenance
    letters: tuple[str, ...]
    aqls: tuple[str, ...]
    cells: Mapping[tuple[str, str], PrintedCell]
    sample_sizes: Mapping[str, int]

    def __repr__(self) -> str:
        head = self.provenance
        size = f"{len(self.letters)} letters × {len(self.aqls)} AQLs"
        return in_brief("MasterTable", f"{head.standard}, table {head.table}, {head.title}: {size}")


@dataclass(frozen=True, slots=True)
class LimitNumber:
    """A cell of the limit numbers, for samples of `first` to `last` items in all (None: no upper end).

    `mark` is ``"number"``, ``"star"`` if more than ten lots are needed, or ``"blank"`` if nothing is printed.
    """

    first: int
    last: int | None
    aql: str
    mark: LimitMark
    limit: int | None
