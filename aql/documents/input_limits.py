"""How much a file or document may contain: limits that bound the time and memory of reading it."""

from __future__ import annotations

from dataclasses import dataclass, fields

from aql.checks import whole_number
from aql.codes import ErrorCode
from aql.errors import AqlError, DomainError
from aql.words import short_repr

__all__ = ["DEFAULT_LIMITS", "InputLimits", "check_limits", "over_limit"]


@dataclass(frozen=True, slots=True, kw_only=True)
class InputLimits:
    """The largest input that is read; each limit is checked before what it bounds is read or built.

    The defaults are far above any inspection of a lot. Pass larger ones as ``limits=`` for input that you trust.

    Attributes
    ----------
    file_bytes : int
        Size of a document, log or photograph. [bytes]
    hashed_bytes : int
        Size of a file of which only the checksum is needed. [bytes]
    unpacked_bytes : int
        Size of a workbook or Parquet file once unpacked. [bytes]
    document_length : int
        Length of a document in TOML or JSON. [characters]
    log_length : int
        Length of a log in a text file, or of the texts of one in a frame. [characters]
    depth : int
        Levels of tables and lists inside one another in a document, and parts of a dotted key.
    values : int
        Keys, parts of keys, list entries and lines of a document.
    text_length : int
        Length of one text, such as a cell. [characters]
    rows : int
        Rows of a log; in a wide log, each reading is one.
    columns, cells : int
        Columns and cells of a log; empty cells inside the used area of a sheet count.
    terms : int
        Terms of a contract.
    lines : int
        Decision lines of a contract: its classes, limits and terms with their own plans.
    photos : int
        Photographs in a report.
    photo_bytes : int
        Size of all photographs in a report. [bytes]

    Raises
    ------
    DomainError
        If a limit is not a whole number of 1 or more.

    Examples
    --------
    >>> InputLimits(rows=5_000_000).rows, InputLimits().depth
    (5000000, 32)
    """

    file_bytes: int = 50_000_000
    hashed_bytes: int = 500_000_000
    unpacked_bytes: int = 100_000_000
    document_length: int = 8_000_000
    log_length: int = 20_000_000
    depth: int = 32
    values: int = 250_000
    text_length: int = 100_000
    rows: int = 100_000
    columns: int = 2_000
    cells: int = 500_000
    terms: int = 2_000
    lines: int = 200
    photos: int = 500
    photo_bytes: int = 50_000_000

    def __post_init__(self) -> None:
        """Check the limits."""
        for one in fields(self):
            whole_number(getattr(self, one.name), one.name, least=1)


DEFAULT_LIMITS = InputLimits()
"""The limits that hold if none are passed."""

_CODES: dict[str, ErrorCode] = {
    "file_bytes": "too-large",
    "hashed_bytes": "too-large",
    "unpacked_bytes": "too-large-unpacked",
    "document_length": "too-large",
    "log_length": "too-large",
    "depth": "too-deep",
    "values": "too-many-values",
    "text_length": "too-long",
    "rows": "too-many-rows",
    "columns": "too-many-columns",
    "cells": "too-many-cells",
    "terms": "too-many-values",
    "lines": "too-many-values",
    "photos": "too-many-photos",
    "photo_bytes": "too-many-photos",
}
_NOUNS = {
    "file_bytes": "bytes",
    "hashed_bytes": "bytes",
    "unpacked_bytes": "bytes when unpacked",
    "document_length": "characters of TOML or JSON",
    "log_length": "characters of text",
    "depth": "levels of tables and lists, or parts of a key",
    "values": "keys, list entries and lines",
    "text_length": "characters in one text",
    "rows": "rows",
    "columns": "columns",
    "cells": "cells",
    "terms": "terms",
    "lines": "classes, limits and terms with their own plans",
    "photos": "photographs",
    "photo_bytes": "bytes of photographs",
}


def check_limits(limits: object) -> None:
    """Raise DomainError for limits that are not an `InputLimits`."""
    if not isinstance(limits, InputLimits):
        raise DomainError(f"limits must be an InputLimits, got {short_repr(limits)}", value=limits)


def over_limit(source: str, limit: str, limits: InputLimits, *, place: str = "") -> AqlError:
    """Return the error for input beyond a limit.

    Parameters
    ----------
    source : str
        Name of the file or document.
    limit : str
        Name of the limit.
    limits : InputLimits
        The limits.
    place : str, optional
        Where the input is too large.

    Examples
    --------
    >>> over_limit("log.csv", "rows", InputLimits(rows=10)).code
    'too-many-rows'
    """
    most = getattr(limits, limit)
    where = f" at {place}" if place else ""
    return AqlError(
        f"{short_repr(source, most=200)} must have at most {most} {_NOUNS[limit]}, but has more{where}",
        todo=f"If that is intended, pass limits=InputLimits({limit}=...) with a larger number",
        code=_CODES[limit],
        file=source,
        limit=limit,
        most=most,
    )
