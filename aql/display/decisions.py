"""The words and colour tones for decisions, wherever a verdict is shown."""

from __future__ import annotations

from aql.languages import marked, say
from aql.types import Decision, LotTermStatus

__all__ = ["DECIDED", "DECISION_SIGNS", "DECISION_TONES", "EFFECTS", "STATUSES", "STATUS_TONES", "line_name"]

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
