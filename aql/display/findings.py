"""The findings of a contract's check as HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aql import markup

if TYPE_CHECKING:
    from aql.contract.findings import Findings

__all__ = ["findings_html"]

_TONES = {"error": "bad", "warning": "wait", "note": "info"}


def findings_html(findings: Findings) -> markup.Html:
    """Return the findings of a check as a block of HTML."""
    if not findings:
        return markup.block("Check", markup.badge("good", "every term can be measured and enforced"))
    rows = [
        (markup.badge(_TONES[one.severity], one.severity), one.where, one.problem, one.rewrite)
        for one in findings
    ]
    return markup.block(
        f"Check: {findings.counts()}",
        markup.table(("", "where", "problem", "fix"), rows),
    )
