"""The words and colour tones for decisions, wherever a verdict is shown."""

from __future__ import annotations

from aql.types import Decision, LotTermStatus

__all__ = ["DECIDED", "DECISION_SIGNS", "DECISION_TONES", "EFFECTS", "STATUSES", "STATUS_TONES"]

DECIDED: dict[Decision, str] = {
    "accept": "accepted",
    "reject": "rejected",
    "continue": "not decided yet: a further sample is due",
    "hold": "on hold: something that the contract requires is missing",
}
"""The decision on the lot, as the rest of a sentence."""

DECISION_TONES: dict[Decision, str] = {"accept": "good", "reject": "bad", "continue": "next", "hold": "wait"}
"""Tone of each decision."""

DECISION_SIGNS: dict[Decision, str] = {"accept": "✓", "reject": "✗", "continue": "→", "hold": "‖"}
"""Sign of a decision in plain text."""

STATUSES: dict[LotTermStatus, str] = {
    "met": "met",
    "breached": "not met",
    "unknown": "unknown",
    "open": "not due yet",
}
"""Status of a lot term in words."""

STATUS_TONES: dict[LotTermStatus, str] = {"met": "good", "breached": "bad", "unknown": "wait", "open": "open"}
"""Tone of each status."""

EFFECTS: dict[str, str] = {"reject": "rejects the lot", "hold": "holds the lot", "accept": "noted only"}
"""Effect of a lot term on the lot, by the decision from that term alone."""
