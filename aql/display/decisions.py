"""Decisions in words and tones: one place for everything that shows a verdict."""

from __future__ import annotations

from aql.types import Decision, LotTermStatus

__all__ = ["DECIDED", "DECISION_SIGNS", "DECISION_TONES", "EFFECTS", "STATUSES", "STATUS_TONES"]

DECIDED: dict[Decision, str] = {
    "accept": "accepted",
    "reject": "rejected",
    "continue": "not decided: a further sample is due",
    "hold": "on hold: something the contract needs is missing",
}
"""What the lot is by a decision."""

DECISION_TONES: dict[Decision, str] = {"accept": "good", "reject": "bad", "continue": "next", "hold": "wait"}
"""Tone of a decision."""

DECISION_SIGNS: dict[Decision, str] = {"accept": "✓", "reject": "✗", "continue": "→", "hold": "‖"}
"""Sign of a decision in plain text."""

STATUSES: dict[LotTermStatus, str] = {
    "met": "met",
    "breached": "not met",
    "unknown": "unknown",
    "open": "not due yet",
}
"""What became of a term of the whole lot."""

STATUS_TONES: dict[LotTermStatus, str] = {"met": "good", "breached": "bad", "unknown": "wait", "open": "open"}
"""Tone of that."""

EFFECTS: dict[str, str] = {"reject": "rejects the lot", "hold": "holds the lot", "accept": "noted only"}
"""What a term of the whole lot does to it, by the decision of the term alone."""
