"""The errors of the library, each with a sentence for people and attributes for programs.

A message says what must be and what it got, with a hint if that helps. The facts in it are also attributes, so that
programs need not parse the sentence.
"""

from __future__ import annotations

import linecache
import math
import re
import traceback
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import islice
from numbers import Integral
from pathlib import Path, PurePath
from types import TracebackType
from typing import Any

from aql.codes import Code
from aql.words import listed, plural, ranges, short_repr, visible

__all__ = [
    "MOST_PROBLEMS",
    "AqlError",
    "DocumentError",
    "DomainError",
    "LogError",
    "MissingExtraError",
    "Problem",
    "TableError",
]


class AqlError(ValueError):
    """Base class of the errors that this library raises.

    Parameters
    ----------
    problem : str
        What is wrong, as a sentence without a full stop: "X must be ..., got ...".
    todo : str, optional
        A hint on what to do, as a sentence without a full stop.
    code : Code, optional
        Short name of the problem, for programs; defaults to that of the class.
    **facts
        The values in the sentence; each becomes an attribute of the error.

    Attributes
    ----------
    problem, todo : str
        The parts of the message.
    code : Code
        Short name of the problem, for programs.
    path : str or None
        Location in a document, such as ``terms[2].measure.min``.
    file, column : str or None
        File and column of a table.
    row : int or None
        Line of that file, counted from 1.
    nearest : object
        The valid values nearest to the one given, if any.
    suggestion : str or None
        A valid value with the same meaning as the one given.
    facts : dict
        The values in the sentence.

    Examples
    --------
    >>> error = AqlError("lot_size must be 2 or more, got 1", todo="Inspect the item", value=1)
    >>> str(error)
    'lot_size must be 2 or more, got 1. Inspect the item.'
    >>> error.to_dict()["value"]
    1
    """

    code: Code = "error"
    path: str | None = None
    file: str | None = None
    row: int | None = None
    column: str | None = None
    nearest: object = None
    suggestion: str | None = None

    def __init__(self, problem: str, *, todo: str = "", code: Code | None = None, **facts: object) -> None:
        problem, todo = _printable(problem), _printable(todo)
        self.problem, self.todo = problem, todo
        self.facts: dict[str, Any] = facts
        if code is not None:
            self.code = code
        for name, value in facts.items():
            setattr(self, name, value)
        parts = [part for part in (problem, todo) if part]
        message = " ".join(one if one.endswith(("?", "...")) else f"{one}." for one in parts)
        super().__init__(visible(message))

    def to_dict(self) -> dict[str, object]:
        """Return the error as plain values that JSON can represent: class, code, message and facts.

        Examples
        --------
        >>> DomainError("n must be 1 or more, got 0", value=0).to_dict()
        {'error': 'DomainError', 'code': 'bad-value', 'message': 'n must be 1 or more, got 0.', 'value': 0}
        """
        facts = {name: _plain(value) for name, value in self.facts.items() if value is not None}
        return {"error": type(self).__name__, "code": self.code, "message": str(self), **facts}

    def _render_traceback_(self) -> list[str]:
        """Return what IPython and Jupyter print: the message, then the caller's lines without those of the library."""
        return [f"{type(self).__name__}: {self}", "", *_callers(self.__traceback__)]

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), self.args, self.__dict__)


def _printable(text: str) -> str:
    """A message with any half of a surrogate pair, which cannot be printed or stored, as its escape."""
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode("utf-8")


def _rebuild(kind: type[AqlError], args: tuple[Any, ...], state: dict[str, Any]) -> AqlError:
    error = kind.__new__(kind, *args)
    error.args = args
    error.__dict__.update(state)
    return error


def _callers(trace: TracebackType | None) -> Iterator[str]:
    """The lines of the caller that led to an error, outermost first."""
    for frame, number in traceback.walk_tb(trace):
        package = str(frame.f_globals.get("__name__", "")).partition(".")[0]
        if package == "aql":
            return
        if package not in {"IPython", "ipykernel"}:
            file, name = Path(frame.f_code.co_filename), frame.f_code.co_name
            place = f"{file}, line {number}" if file.is_file() else f"line {number} of the cell"
            inside = "" if name.startswith("<") else f", in {name}"
            line = linecache.getline(str(file), number).strip()
            yield f"{place}{inside}: {line}" if line else f"{place}{inside}"


def _plain(value: object, depth: int = 0) -> object:
    """A value as JSON can represent it; any other value becomes its ``repr``, shortened."""
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, Integral) and abs(int(value)) < _LARGEST:
        return int(value)
    if isinstance(value, float) and math.isfinite(value):
        return float(value)
    if isinstance(value, Problem):
        return value.to_dict()
    if isinstance(value, (date, Decimal, PurePath)):
        return str(value)
    if depth < _DEEPEST and isinstance(value, Mapping):
        return {
            key if isinstance(key, str) else short_repr(key): _plain(one, depth + 1)
            for key, one in value.items()
        }
    if depth < _DEEPEST and isinstance(value, (tuple, list, AbstractSet)):
        return [_plain(one, depth + 1) for one in value]
    return short_repr(value, most=200)


_DEEPEST = 5
_LARGEST = 10**4000  # the digits of a larger int are too many for JSON


class DomainError(AqlError):
    """An argument with an invalid value."""

    code: Code = "bad-value"


class TableError(AqlError):
    """An invalid file of the tables; the message names file and line."""

    code: Code = "bad-table"


class MissingExtraError(AqlError, ImportError):
    """An optional dependency that is not installed.

    Parameters
    ----------
    what : str
        What needs which package, as the start of a sentence.
    extra : str
        The extra that installs the package.
    several : bool
        Whether several packages are needed.
    """

    code: Code = "missing-extra"

    def __init__(self, what: str, extra: str, *, several: bool = False) -> None:
        they_are, them = ("are", "them") if several else ("is", "it")
        super().__init__(
            f"{what}, which {they_are} not installed",
            todo=f"Install {them} with: python -m pip install 'aql-sampling[{extra}]'",
            extra=extra,
        )


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem in a document or a log, with its location.

    Attributes
    ----------
    where : str
        Path in the document (``terms[2].measure.min``), or file, row and column of a log.
    message : str
        What is wrong, with a hint if that helps.
    code : Code
        Short name of the problem, for programs.
    path : str or None
        Path in the document.
    file, column : str or None
        File or name of the log, and column.
    row : int or None
        Row of the log.
    nearest : str or None
        The valid word nearest to the one given.
    suggestion : str or None
        A valid word with the same meaning as the one given.
    """

    where: str
    message: str
    code: Code
    path: str | None = None
    file: str | None = None
    row: int | None = None
    column: str | None = None
    nearest: str | None = None
    suggestion: str | None = None

    def to_dict(self) -> dict[str, object]:
        """Return the problem as plain values, without those that are None."""
        names = ("where", "message", "code", "path", "file", "row", "column", "nearest", "suggestion")
        return {name: value for name in names if (value := getattr(self, name)) is not None}

    def __str__(self) -> str:
        return visible(f"{self.where}: {self.message}" if self.where else self.message)


MOST_PROBLEMS = 10_000
"""Number of problems that an error lists; code that looks for problems stops after one more."""

_MOST_SHOWN = 20
_MOST_RANGES = 6
_MOST_VALUES = 3
_INDEX = re.compile(r"\[\d+\]")
_GOT = re.compile(r"""(?<=, got )('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|-?\d+)""")


def _grouped(problems: Iterable[Problem]) -> Iterator[Problem]:
    """The problems to show: rows of a log, or entries of a list, with the same problem are combined.

    They take the place of the first. Problems are the same if their messages differ only in the value that they got.
    """
    shown: dict[tuple[str, str, str, str], list[Problem]] = {}
    for problem in problems:
        place = _in_a_table(problem) or ("", "", _INDEX.sub("[]", problem.where))
        shown.setdefault((*place, _GOT.sub("", problem.message, count=1)), []).append(problem)
    for (file, letter, column, _), same in shown.items():
        rows = {problem.row for problem in same if problem.row is not None}
        if file and len(rows) > 1:
            numbers = ranges(rows, most=_MOST_RANGES)
            cells = "cells " + _NUMBER.sub(rf"{letter}\g<0>", numbers) if letter else f"rows {numbers}"
            where = f"{file}, {cells}{column}"
            yield Problem(where, _with_values(same), same[0].code)
        elif file:
            yield from {problem.message: problem for problem in same}.values()
        else:
            where = listed(dict.fromkeys(problem.where for problem in same), most=_MOST_RANGES)
            yield Problem(where, _with_values(same), same[0].code)


_NUMBER = re.compile(r"(?<!\d)\d++(?! more)")
"""The number of a row, among those of `ranges`."""


def _in_a_table(problem: Problem) -> tuple[str, str, str] | None:
    """The file, the letter of a column of a workbook, and the rest of the place of a problem in a row; else None."""
    start = f"{problem.file}, "
    if problem.row is None or not problem.where.startswith(start):
        return None
    place, comma, column = problem.where[len(start) :].partition(",")
    kind, _, cell = place.partition(" ")
    letter = cell.removesuffix(str(problem.row))
    if kind == "row" and letter:
        return None
    return (problem.file or "", letter, comma + column) if kind in {"row", "cell"} else None


def _with_values(same: list[Problem]) -> str:
    """The message of the same problem in several rows, with the values that they got."""
    message = same[0].message
    values = list(dict.fromkeys(got[0] for one in same if (got := _GOT.search(one.message))))
    if len(values) < 2:
        return message
    words = listed(values, most=_MOST_VALUES)
    return _GOT.sub(lambda _: words, message, count=1)


class DocumentError(AqlError):
    """An invalid document, with all its problems.

    The message combines rows of a log and entries of a list that have the same problem, and lists the first 20 problems;
    `problems` has the first 10 000, and says so if there are more.

    Parameters
    ----------
    source : str
        Name of the document, such as its file.
    problems : iterable of Problem
        The problems, in the order of the document.

    Attributes
    ----------
    source : str
        Name of the document.
    problems : tuple of Problem
        The problems.
    """

    code: Code = "bad-document"
    source: str
    problems: tuple[Problem, ...]

    def __init__(self, source: str, problems: Iterable[Problem]) -> None:
        found = tuple(islice(problems, MOST_PROBLEMS + 1))
        last: list[Problem] = []
        if len(found) > MOST_PROBLEMS:
            last = [Problem("", f"only the first {MOST_PROBLEMS} problems are listed", self.code)]
            found = (*found[:-1], *last)
        shown = list(_grouped(found[: len(found) - len(last)]))
        lines = [str(problem) for problem in shown[:_MOST_SHOWN]]
        more = len(shown) - _MOST_SHOWN
        lines += [f"and {more} more"] if more > 0 else []
        listing = "".join(f"\n  {line}" for line in [*lines, *map(str, last)])
        message = visible(f"{source} has {plural(len(shown), 'problem')}:{listing}")
        AqlError.__init__(self, message, source=source, problems=found)
        self.facts["problems"] = [one.to_dict() for one in found]
        self.args = (message,)


class LogError(DocumentError):
    """A log that contradicts itself, its header or the contract."""

    code: Code = "bad-log"
