"""A flaw: a change that makes one thing in a contract wrong, and the finding that `aql.check` must then return."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from hypothesis import strategies as st

from aql.strategies._internal.toml_table import TomlTable
from aql.types import FindingSeverity

__all__ = ["Change", "Flaw", "Flaws", "flawed_term", "new_term"]

Change = Callable[[st.DrawFn, TomlTable], str]
"""A function that changes the document of a contract and returns the path of the finding."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """A change to a contract, and the finding that results.

    Attributes
    ----------
    severity, code : str
        Severity and code of the finding.
    change : callable
        The change.
    clause : dict
        Values required in the ``[inspection]`` table of the contract.
    """

    severity: FindingSeverity
    code: str
    change: Change
    clause: Mapping[str, str] = field(default_factory=dict)


class Flaws(list[Flaw]):
    """Flaws of one part of a contract."""

    def add(self, severity: FindingSeverity, code: str, **clause: str) -> Callable[[Change], Change]:
        """Return a decorator that adds a change."""

        def decorate(change: Change) -> Change:
            self.append(Flaw(severity, code, change, clause))
            return change

        return decorate


def flawed_term(severity: FindingSeverity, code: str, at: str = "", /, **parts: object) -> Flaw:
    """Return a flaw for the strategies: an additional term that the check must find.

    Parameters
    ----------
    severity, code : str
        Severity and code of the finding.
    at : str
        Path of the finding inside the term.
    **parts
        Keys of the term in addition to id, class and text; use ``class_`` for its class. A value that is a strategy is
        drawn, and None leaves the key out.
    """

    def change(draw: st.DrawFn, contract: TomlTable) -> str:
        place = new_term(draw, contract, **_drawn(draw, parts))
        return f"{place}.{at}" if at else place

    return Flaw(severity, code, change)


def _drawn(draw: st.DrawFn, value: Any) -> Any:
    """Replace the strategies in a table, and in the tables inside it, by drawn values."""
    if isinstance(value, st.SearchStrategy):
        value = draw(value)
    return {key: _drawn(draw, part) for key, part in value.items()} if isinstance(value, dict) else value


def new_term(draw: st.DrawFn, contract: TomlTable, **parts: object) -> str:
    """Insert the term of a flaw in any place, and return its path; parts as in `flawed_term`."""
    used = {one["id"] for one in contract["terms"]} | {one["name"] for one in contract["classes"]}
    name = next(name for name in map("extra {}".format, count(1)) if name not in used)
    term = {"id": name, "class_": contract["classes"][0]["name"], "text": "Length of the cable"} | parts
    place = draw(st.integers(0, len(contract["terms"])))
    contract["terms"].insert(place, _without_none(term))
    return f"terms[{place}]"


def _without_none(table: TomlTable) -> TomlTable:
    return {
        key.rstrip("_"): _without_none(value) if isinstance(value, dict) else value
        for key, value in table.items()
        if value is not None
    }
