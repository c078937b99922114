"""A verdict as HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aql import markup
from aql.inspection.explaining import DECIDED
from aql.inspection.reasons import item_ranges

if TYPE_CHECKING:
    from aql.inspection.verdict import Verdict

__all__ = ["DECISION_TONES", "STATUS_TONES", "verdict_html"]

DECISION_TONES = {"accept": "good", "reject": "bad", "continue": "info", "hold": "wait"}
STATUS_TONES = {"met": "good", "breached": "bad", "unknown": "wait", "open": "info"}


def verdict_html(verdict: Verdict) -> markup.Html:
    """Return a verdict as a block of HTML: the decision, the lines, the lot's terms, the breaches, the notes."""
    parts: list[markup.Html | None] = [
        markup.element(
            "p",
            markup.badge(DECISION_TONES[verdict.decision], verdict.decision),
            f" The lot {DECIDED[verdict.decision]}.",
        ),
        markup.table(
            ("line", "decision", "found", "Ac", "Re", "sample", "why"),
            [
                (
                    line.name,
                    markup.badge(DECISION_TONES[line.decision], line.decision),
                    line.found,
                    "—" if line.ac is None else line.ac,
                    line.re,
                    line.sample,
                    "; ".join(line.reasons[1:]) or line.basis,
                )
                for line in verdict.lines
            ],
            numbers=("found", "Ac", "Re", "sample"),
        ),
    ]
    if verdict.lot_terms:
        parts.append(
            markup.table(
                ("for the lot", "", "agreed", "found"),
                [
                    (one.term, markup.badge(STATUS_TONES[one.status], one.status), one.agreed, one.found)
                    for one in verdict.lot_terms
                ],
            )
        )
    if verdict.breaches:
        parts.append(markup.element("div", "Terms not met", class_="aql-part"))
        parts.append(
            markup.table(
                ("term", "class", "agreed", "found", "beyond", "items"),
                [
                    (
                        one.term,
                        one.class_name,
                        one.agreed,
                        one.found,
                        one.difference,
                        item_ranges(sorted({item.item for item in one.items})),
                    )
                    for one in verdict.breaches
                ],
                numbers=("beyond",),
            )
        )
    parts.append(markup.items(verdict.notes))
    return markup.block(f"Lot {verdict.lot} of order {verdict.order}, {verdict.lot_size} items", *parts)
