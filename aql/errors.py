"""The errors of the library: one base class, three parts to every message.

A message says what came, what is allowed and what to do, in one string; the parts and the facts behind them
are attributes too, so that a program never has to read the sentence.
"""

from __future__ import annotations

from collections.abc import Iterable
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
    """

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(
            what,
            "it is not installed",
            f"Install it with: python -m pip install 'aql-sampling[{extra}]'",
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


class DocumentError(AqlError):
    """A document that cannot be read, with all that is wrong in it at once.

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
        count = "1 problem" if len(found) == 1 else f"{len(found)} problems"
        lines = "".join(f"\n  {problem}" for problem in found)
        AqlError.__init__(self, f"{source} has {count}:{lines}", source=source, problems=found)
        self.args = (f"{source} has {count}:{lines}",)


class LogError(DocumentError):
    """A log of findings that contradicts itself, its header or the contract."""
