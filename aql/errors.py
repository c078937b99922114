"""The errors of the library: one base class, each with a sentence for people and facts for programs.

A message says what is wrong and what is allowed, and what to do where that helps. The facts behind it are attributes
too, so that no program has to read the sentence.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from numbers import Integral
from typing import Any

from aql.words import plural, ranges

__all__ = [
    "AqlError",
    "DocumentError",
    "DomainError",
    "LogError",
    "MissingExtraError",
    "Problem",
    "TableError",
]


class AqlError(ValueError):
    """Base of every error that this library raises on purpose.

    Parameters
    ----------
    problem : str
        What is wrong and what is allowed, a sentence without its full stop.
    todo : str, optional
        What to do now, a sentence without its full stop.
    code : str, optional
        Short name of the problem; defaults to that of the class.
    **facts
        The values behind the sentence; each becomes an attribute of the error.

    Attributes
    ----------
    problem, todo : str
        The parts of the message.
    code : str
        Short name of the problem, for programs.
    path : str or None
        Where in a document, such as ``terms[2].measure.min``.
    file, column : str or None
        File and column of a table.
    row : int or None
        Line of that file, counted from 1.
    nearest : object
        The allowed values nearest to the one that was given; None where there is none.
    suggestion : str or None
        A value to write in place of the one that was given; it means the same.
    facts : dict
        The values behind the sentence.

    Examples
    --------
    >>> error = AqlError("lot_size must be 2 or more, got 1", todo="Inspect the item", value=1)
    >>> str(error)
    'lot_size must be 2 or more, got 1. Inspect the item.'
    >>> error.to_dict()["value"]
    1
    """

    code: str = "error"
    path: str | None = None
    file: str | None = None
    row: int | None = None
    column: str | None = None
    nearest: object = None
    suggestion: str | None = None

    def __init__(self, problem: str, *, todo: str = "", code: str = "", **facts: object) -> None:
        self.problem, self.todo = problem, todo
        self.facts: dict[str, Any] = facts
        if code:
            self.code = code
        for name, value in facts.items():
            setattr(self, name, value)
        sentence = f"{problem}. {todo}" if todo else problem
        super().__init__(sentence if sentence.endswith("?") else f"{sentence}.")

    def to_dict(self) -> dict[str, object]:
        """Return the error as plain values that JSON can carry: its class, code, message and facts.

        Examples
        --------
        >>> DomainError("n must be 1 or more, got 0", value=0).to_dict()
        {'error': 'DomainError', 'code': 'bad-value', 'message': 'n must be 1 or more, got 0.', 'value': 0}
        """
        facts = {name: _plain(value) for name, value in self.facts.items() if value is not None}
        return {"error": type(self).__name__, "code": self.code, "message": str(self), **facts}

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), self.args, self.__dict__)


def _rebuild(kind: type[AqlError], args: tuple[Any, ...], state: dict[str, Any]) -> AqlError:
    error = kind.__new__(kind, *args)
    error.args = args
    error.__dict__.update(state)
    return error


def _plain(value: object) -> object:
    """A value as JSON carries it; what JSON has no form for becomes its ``repr``, cut where it is long."""
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, Integral):
        return int(value)
    if isinstance(value, float) and math.isfinite(value):
        return float(value)
    if isinstance(value, Problem):
        return value.to_dict()
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, (tuple, list, AbstractSet)):
        return [_plain(one) for one in value]
    text = str(value) if type(value).__module__ in {"datetime", "decimal"} else repr(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3]}..."


_LONGEST = 200


class DomainError(AqlError):
    """A value that an argument cannot take."""

    code = "bad-value"


class TableError(AqlError):
    """A file of the tables that does not say what it must; the message names file and line."""

    code = "bad-table"


class MissingExtraError(AqlError, ImportError):
    """A part of the library was asked for whose optional dependency is not installed.

    Parameters
    ----------
    what : str
        What was asked for, with the package it needs.
    extra : str
        Name of the extra that installs it.
    several : bool
        Several packages are needed.
    """

    code = "missing-extra"

    def __init__(self, what: str, extra: str, *, several: bool = False) -> None:
        they_are, them = ("are", "them") if several else ("is", "it")
        super().__init__(
            f"{what}, which {they_are} not installed",
            todo=f"Install {them} with: python -m pip install 'aql-sampling[{extra}]'",
            extra=extra,
        )


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in a document or a log, and where.

    Attributes
    ----------
    where : str
        Path in the document (``terms[2].measure.min``), or file, row and column of a log.
    message : str
        What is wrong, what is allowed and what to do.
    code : str
        Short name of the problem, for programs.
    path : str or None
        Path in the document.
    file, column : str or None
        File of the log, or what it is called, and column.
    row : int or None
        Row of the log.
    nearest : str or None
        The allowed word nearest to the one that was given.
    suggestion : str or None
        What to write in place of what was given; it means the same.
    """

    where: str
    message: str
    code: str = "invalid"
    path: str | None = None
    file: str | None = None
    row: int | None = None
    column: str | None = None
    nearest: str | None = None
    suggestion: str | None = None

    def to_dict(self) -> dict[str, object]:
        """Return what is known of the problem as plain values."""
        names = ("where", "message", "code", "path", "file", "row", "column", "nearest", "suggestion")
        return {name: value for name in names if (value := getattr(self, name)) is not None}

    def __str__(self) -> str:
        return f"{self.where}: {self.message}" if self.where else self.message


_MOST_RANGES = 6


def _grouped(problems: Iterable[Problem]) -> Iterator[Problem]:
    """The problems to show: rows of a log with the same problem are one, at the place of the first."""
    shown: dict[tuple[str, str, str], tuple[Problem, list[int]]] = {}
    for problem in problems:
        row = f"{problem.file}, row {problem.row}"
        file, column = ("", problem.where)
        if problem.row is not None and problem.where.startswith(row):
            file, column = problem.file or "", problem.where.removeprefix(row)
        _, rows = shown.setdefault((file, column, problem.message), (problem, []))
        if file and problem.row is not None:
            rows.append(problem.row)
    for (file, column, message), (first, rows) in shown.items():
        one = len(set(rows)) < 2
        yield first if one else Problem(f"{file}, rows {ranges(rows, most=_MOST_RANGES)}{column}", message)


class DocumentError(AqlError):
    """A document that cannot be read, with all that is wrong in it at once.

    The message counts rows of a log that have the same problem as one; `problems` has every row.

    Parameters
    ----------
    source : str
        The document: a file's name, or what it is.
    problems : iterable of Problem
        Everything that is wrong, in the order of the document.

    Attributes
    ----------
    source : str
        The document.
    problems : tuple of Problem
        Everything that is wrong.
    """

    code = "bad-document"
    source: str
    problems: tuple[Problem, ...]

    def __init__(self, source: str, problems: Iterable[Problem]) -> None:
        found = tuple(problems)
        shown = list(_grouped(found))
        lines = "".join(f"\n  {problem}" for problem in shown)
        message = f"{source} has {plural(len(shown), 'problem')}:{lines}"
        AqlError.__init__(self, message, source=source, problems=found)
        self.args = (message,)


class LogError(DocumentError):
    """A log of findings that contradicts itself, its header or the contract."""

    code = "bad-log"
