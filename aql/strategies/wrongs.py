"""What a flaw is: a change of a contract's document, and the finding it must lead to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

__all__ = ["Values", "Wrong", "flaw", "new_term"]

Values = dict[str, Any]
Change = Callable[[st.DrawFn, Values], str]


@dataclass(frozen=True, slots=True)
class Wrong:
    """A flaw: its finding, what the contract must be like before, and the change that puts it in.

    Attributes
    ----------
    severity, code : str
        The finding.
    put : callable
        Takes `draw` and the document, changes the document and returns the path of the finding.
    base : dict
        Arguments of `agreed_values`.
    """

    severity: str
    code: str
    put: Change
    base: Values = field(default_factory=dict)


def flaw(into: list[Wrong], severity: str, code: str, **base: Any) -> Callable[[Change], Change]:
    """Register a change as a flaw."""

    def register(change: Change) -> Change:
        into.append(Wrong(severity, code, change, {"asked": base} if base else {}))
        return change

    return register


def new_term(draw: st.DrawFn, data: Values, **parts: Any) -> str:
    """Put in a further term of the first class, at any place, and return its path; None leaves a key out."""
    used = {one["id"] for one in data["terms"]} | {one["name"] for one in data["classes"]}
    name = next(f"extra {number}" for number in range(1, 99) if f"extra {number}" not in used)
    values = {"id": name, "class": data["classes"][0]["name"], "text": "Length of the cable"} | parts
    place = draw(st.integers(0, len(data["terms"])))
    data["terms"].insert(place, {key: value for key, value in values.items() if value is not None})
    return f"terms[{place}]"
