"""Why a line was decided as it was, as facts; `aql.display` makes the sentences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from aql.codes import ReasonCode
from aql.markup import in_words
from aql.scoring.line_result import LineResult
from aql.types import Counting
from aql.words import in_brief

__all__ = ["Fact", "Reason", "line_reasons", "reason"]

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
    """Build a reason from its facts."""
    return Reason(code, about, tuple(facts.items()))


def line_reasons(line: LineResult, counting: Counting) -> tuple[Reason, ...]:
    """Return the reasons for the decision on a line; the first is its count.

    Parameters
    ----------
    line : LineResult
        The line.
    counting : "items" or "nonconformities"
        What is counted.
    """
    return tuple(_reasons(line, counting))


def _reasons(line: LineResult, counting: Counting) -> Iterator[Reason]:
    yield reason(
        "count",
        line.name,
        counting=counting,
        found=line.found,
        at_most=line.at_most,
        counted=line.counted,
        inspected=line.inspected,
        sample=line.sample,
        stage=line.stage,
        ac=line.ac,
        re=line.re,
        any_item="yes" if line.not_allowed else None,
        weighted=None if line.weighted is None else line.count,
    )
    if line.decision == "continue":
        first = line.sample + 1
        yield reason("further-sample", line.name, draw=line.draw, first=first, last=line.sample + line.draw)
    if line.decision == "hold" and line.draw:
        if line.inspected is None:
            yield reason("inspected-not-stated", line.name, sample=line.sample)
        else:
            yield reason(
                "sample-incomplete",
                line.name,
                inspected=line.inspected,
                sample=line.sample,
                draw=line.draw,
            )
    if line.undecided:
        yield reason("undecided", line.name, stages=len(line.lot_plan.stages), counted=line.counted)
    if line.decision == "hold":
        for one in line.missing:
            yield reason("missing-readings", line.name, term=one.term, items=one.items)
        for near in line.too_near:
            yield reason(
                "too-near", line.name, term=near.term, items=near.items, text=near.text, limit=near.limit
            )
