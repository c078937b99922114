"""A reason or a note of a verdict: a code and facts; `aql.display` makes the sentence."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from aql.codes import ReasonCode
from aql.markup import in_words
from aql.words import in_brief

__all__ = ["Fact", "Reason", "reason"]

Fact = int | str | Decimal | None | tuple[int, ...] | tuple[str, ...] | tuple[tuple[int, ...], ...]
"""A fact of a reason or note."""


@dataclass(frozen=True, slots=True, repr=False)
class Reason:
    """A reason for a decision, or a note on a verdict: a code and the facts of its sentence.

    Attributes
    ----------
    code : ReasonCode
        What it says; the reference lists the codes.
    about : str
        Decision line that it is about; "" for the lot.
    facts : tuple of (str, Fact)
        The values in its sentence, by name.

    Examples
    --------
    >>> from aql import examples, score
    >>> reason = score(*examples.tablet_order()).reasons[1]
    >>> reason.code, reason.about, reason["found"]
    ('count', 'major', 7)
    >>> print(reason)
    7 nonconforming items in the sample of 125, Ac 7, Re 8
    """

    code: ReasonCode
    about: str
    facts: tuple[tuple[str, Fact], ...]

    def __getitem__(self, name: str) -> Fact:
        """The fact of that name; None if it has none."""
        return dict(self.facts).get(name)

    def to_dict(self) -> dict[str, object]:
        """Return code, line, facts and sentence as plain values that JSON can represent."""
        facts = {name: _plain(value) for name, value in self.facts}
        return {"code": self.code, "about": self.about, "text": str(self), **facts}

    def __str__(self) -> str:
        return in_words(self)

    def __repr__(self) -> str:
        return in_brief("Reason", f"{self.code}{f' of {self.about}' if self.about else ''}: {self}")


def _plain(value: Fact) -> object:
    return list(value) if isinstance(value, tuple) else str(value) if isinstance(value, Decimal) else value


def reason(code: ReasonCode, about: str = "", **facts: Fact) -> Reason:
    """Build a reason of a verdict from its facts."""
    return Reason(code, about, tuple(facts.items()))
