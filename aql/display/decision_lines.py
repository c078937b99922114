"""A decision line in words: its name, its decision, and where its plan comes from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from aql.languages import marked, numeral, say
from aql.types import Decision, LotTermStatus
from aql.words import listed

if TYPE_CHECKING:
    from aql.scoring.decision_line import Line
    from aql.standards.iso2859_1.lookup import Lookup

__all__ = [
    "DECIDED",
    "DECISION_SIGNS",
    "DECISION_TONES",
    "EFFECTS",
    "STATUSES",
    "STATUS_TONES",
    "line_name",
    "plan_basis",
]

_STATED = {
    "plan": marked("plan stated in the contract"),
    "sample": marked("sample stated in the contract"),
    "all": marked("every item, as the contract states"),
}


def plan_basis(line: Line) -> str:
    """Say in words where the plan of a decision line comes from.

    Examples
    --------
    >>> from aql import examples, score
    >>> print(plan_basis(score(*examples.tablet_order()).terms[0]))
    ISO 2859-1:1999, table 2-A, AQL 2.5, letter D, arrow to C, level S-2
    """
    parts = [*_parts(line)]
    if line.of:
        parts.append(say("counts {names}", names=listed(map(line_name, line.of))))
    if line.of and line.weights:
        weighed = say(", ").join(f"{name} × {numeral(weight)}" for name, weight in line.weights)
        parts[-1] = say("{counts}, weights {weights}", counts=parts[-1], weights=weighed)
    return say("; ").join(parts)


def _parts(line: Line) -> Iterator[str]:
    found = line.lookup
    if found is None:
        yield say(_STATED[line.origin])
    else:
        yield _first(line, found)
        if line.origin == "letter":
            yield say(
                "sample size of letter {letter} with Ac and Re of letter {other} (trade practice)",
                letter=found.letter,
                other=found.plan_letter,
            )
        if line.common_letter:
            yield say("all classes at letter {letter}, that of the largest plan", letter=line.common_letter)
        if line.raised_from:
            yield say(
                "raised from letter {letter} of the lot by the minimum, {minimum}",
                letter=line.raised_from,
                minimum=_minimum(line),
            )
        elif line.minimum is not None and found.letter is None:
            yield say("the minimum, {minimum}, is more than the lot", minimum=_minimum(line))
    if line.cartons is not None:
        yield say("the lot is {number} cartons", number=line.cartons)


def _first(line: Line, found: Lookup) -> str:
    if found.letter is None:
        text = say("AQL {aql}, lot of one item (trade practice)", aql=found.aql)
    else:
        text = _sample_of_zero(line, found) if line.not_allowed else _looked_up(found)
    return say("{plan}, level {level}", plan=text, level=found.level) if line.kind == "term" else text


def _minimum(line: Line) -> str:
    """The minimum of a class, such as "letter M and n 32"."""
    letter, n = (None, None) if line.minimum is None else (line.minimum.letter, line.minimum.n)
    return listed([*([say("letter {letter}", letter=letter)] if letter else []), *([f"n {n}"] if n else [])])


def _sample_of_zero(line: Line, found: Lookup) -> str:
    if line.plan == found.plan and not line.common_letter:
        return say('AQL 0, "not allowed" (trade practice), sample of letter {letter}', letter=found.letter)
    return say('AQL 0, "not allowed" (trade practice), common sample')


def _looked_up(found: Lookup) -> str:
    facts = {"standard": found.standard, "table": found.table, "aql": found.aql, "letter": found.letter}
    if found.plan_letter == found.letter:
        return say("{standard}, table {table}, AQL {aql}, letter {letter}", **facts)
    return say(
        "{standard}, table {table}, AQL {aql}, letter {letter}, arrow to {other}",
        other=found.plan_letter,
        **facts,
    )


_CLASSES = (marked("critical"), marked("major"), marked("minor"))

DECIDED: dict[Decision, str] = {
    "accept": marked("accepted"),
    "reject": marked("rejected"),
    "continue": marked("not decided yet: a further sample is due"),
    "hold": marked("on hold: something that the contract requires is missing"),
}
"""The decision on the lot, as the rest of a sentence."""

DECISION_TONES: dict[Decision, str] = {"accept": "good", "reject": "bad", "continue": "next", "hold": "wait"}
"""Tone of each decision."""

DECISION_SIGNS: dict[Decision, str] = {"accept": "✓", "reject": "✗", "continue": "→", "hold": "‖"}
"""Sign of a decision in plain text."""

STATUSES: dict[LotTermStatus, str] = {
    "met": marked("met"),
    "breached": marked("not met"),
    "unknown": marked("unknown"),
    "open": marked("not due yet"),
}
"""Status of a lot term in words."""

STATUS_TONES: dict[LotTermStatus, str] = {"met": "good", "breached": "bad", "unknown": "wait", "open": "open"}
"""Tone of each status."""

EFFECTS: dict[str, str] = {
    "reject": marked("rejects the lot"),
    "hold": marked("holds the lot"),
    "accept": marked("noted only"),
}
"""Effect of a lot term on the lot, by the decision from that term alone."""


def line_name(name: str) -> str:
    """Return the name of a class, term or limit in words: that of the contract, but the usual classes are translated.

    Examples
    --------
    >>> line_name("critical")
    'critical'
    """
    return say(name) if name in _CLASSES else name
