"""Words of the library's errors as words of the command: options instead of Python arguments and calls."""

from __future__ import annotations

import re

from aql.errors import AqlError

__all__ = ["in_options"]

_OPTIONS = {
    "aql": "--aql",
    "letter": "--letter",
    "level": "--level",
    "lot": "--lot",
    "lot_size": "the lot size",
    "sampling": "--sampling",
    "severity": "--severity",
    "stage": "--stage",
    "standard": "--standard",
}
_TODO = {
    "no-lot-size": "Pass --lot-size",
    "file-exists": "Choose another folder with --out, or pass --force",
}
_ARGUMENT = re.compile(rf"^({'|'.join(_OPTIONS)})(?= must | is )")
_PYTHON = re.compile(r"\w\(|\w=[\w.\"]|[a-z]_[a-z]")


def in_options(error: AqlError) -> str:
    """Return the message of an error with options of the command line instead of arguments and calls in Python.

    Examples
    --------
    >>> from aql.errors import DomainError
    >>> in_options(DomainError("lot_size must be 1 or more, got 0", todo="See lookup(1200, aql=2.5)"))
    'the lot size must be 1 or more, got 0.'
    """
    problem = _ARGUMENT.sub(lambda found: _OPTIONS[found[1]], error.problem)
    todo = _TODO.get(error.code, "" if _PYTHON.search(error.todo) else error.todo)
    return str(error) if (problem, todo) == (error.problem, error.todo) else str(AqlError(problem, todo=todo))
