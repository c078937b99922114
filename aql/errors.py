"""The errors of the library: one base class, three parts to every message.

A message says what came, what is allowed and what to do, in one string; the parts and the facts behind them
are attributes too, so that a program never has to read the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

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
    came : str
        What came, or what is wrong with it.
    allowed : str, optional
        What is allowed.
    todo : str, optional
        What to do now, a sentence without its full stop.
    **facts
        The values behind the sentence; each becomes an attribute of the error.

    Attributes
    ----------
    came, allowed, todo : str
        The three parts of the message.
    facts : dict
        The values behind the sentence.

    Examples
    --------
    >>> str(AqlError("lot size 1 is too small", "a lot has 2 items or more", "Inspect the item", lot_size=1))
    'lot size 1 is too small; a lot has 2 items or more. Inspect the item.'
    """

    def __init__(self, came: str, allowed: str = "", todo: str = "", **facts: Any) -> None:
        self.came, self.allowed, self.todo, self.facts = came, allowed, todo, facts
        for name, value in facts.items():
            setattr(self, name, value)
        first = f"{came}; {allowed}" if allowed else came
        sentence = ". ".join(part for part in (first, todo) if part)
        super().__init__(sentence if sentence.endswith("?") else f"{sentence}.")

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), self.args, self.__dict__)


def _rebuild(kind: type[AqlError], args: tuple[Any, ...], state: dict[str, Any]) -> AqlError:
    error = kind.__new__(kind, *args)
    error.args = args
    error.__dict__.update(state)
    return error


class DomainError(AqlError):
    """A value that an argument cannot take."""


class TableError(AqlError):
    """A file of the tables that does not say what it must; the message names file and line."""


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

    def __init__(self, what: str, extra: str, *, several: bool = False) -> None:
        they, them = ("they are", "them") if several else ("it is", "it")
        super().__init__(
            what,
            f"{they} not installed",
            f"Install {them} with: python -m pip install 'aql-sampling[{extra}]'",
            extra=extra,
        )


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in a document, and where it stands.

    Attributes
    ----------
    where : str
        Path in the document (``terms[2].measure.min``), or file, row and column of a log.
    message : str
        What came, what is allowed and what to do.
    """

    where: str
    message: str

    def __str__(self) -> str:
        return f"{self.where}: {self.message}" if self.where else self.message


_ROW = re.compile(r"(.*), row (\d+)(, column \w+)?", re.DOTALL)
_MOST_RANGES = 6


def _grouped(problems: Iterable[Problem]) -> Iterator[Problem]:
    """The problems to show: rows of a log that have the same one stand together, where the first of them stood."""
    shown: dict[tuple[str, str, str], tuple[Problem, list[int]]] = {}
    for problem in problems:
        place = _ROW.fullmatch(problem.where)
        file, row, column = place.groups() if place is not None else (problem.where, None, None)
        _, rows = shown.setdefault((file, column or "", problem.message), (problem, []))
        if row is not None:
            rows.append(int(row))
    for (file, column, message), (first, rows) in shown.items():
        distinct = sorted(set(rows))
        one = len(distinct) < 2
        yield first if one else Problem(f"{file}, rows {_ranges(distinct)}{column}", message)


def _ranges(rows: list[int]) -> str:
    """Rows as ranges: ``2 to 21, 30 and 42``; of many ranges, the first and how many rows follow."""
    runs: list[list[int]] = []
    for row in rows:
        if runs and row == runs[-1][-1] + 1:
            runs[-1].append(row)
        else:
            runs.append([row])
    words = [
        word
        for run in runs[:_MOST_RANGES]
        for word in ([f"{run[0]} to {run[-1]}"] if len(run) > 2 else map(str, run))
    ]
    more = sum(map(len, runs[_MOST_RANGES:]))
    last = f"{more} more" if more else words.pop()
    return f"{', '.join(words)} and {last}" if words else last


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

    source: str
    problems: tuple[Problem, ...]

    def __init__(self, source: str, problems: Iterable[Problem]) -> None:
        found = tuple(problems)
        shown = list(_grouped(found))
        count = "1 problem" if len(shown) == 1 else f"{len(shown)} problems"
        lines = "".join(f"\n  {problem}" for problem in shown)
        AqlError.__init__(self, f"{source} has {count}:{lines}", source=source, problems=found)
        self.args = (f"{source} has {count}:{lines}",)


class LogError(DocumentError):
    """A log of findings that contradicts itself, its header or the contract."""
