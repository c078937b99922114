"""Who inspected: whether a report or a verdict comes from a designated inspector, and what it says."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Literal

from aql.assurance.claim_facts import Event
from aql.assurance.rule_sets import RuleSet
from aql.assurance.timeline import Timeline
from aql.scoring.verdict import Verdict

__all__ = ["designated_result", "is_designated", "own_report"]


def is_designated(company: str | None, rules: RuleSet) -> bool:
    """Whether a company is one of the inspectors that the rule set names; case and accents are ignored.

    Examples
    --------
    >>> from aql.assurance.rule_sets import load_rules
    >>> is_designated("SGS-CSTC Shenzhen", load_rules("2017")), is_designated("Any Ltd", load_rules("2017"))
    (True, False)
    """
    named = rules.value("inspection.designated")
    if company is None or named is None:
        return False
    words = f" {_bare(company)} "
    return any(f" {_bare(one)} " in words for one in named.words)


def designated_result(
    timeline: Timeline, verdicts: Sequence[Verdict], rules: RuleSet
) -> Literal["conforms", "fails"] | None:
    """Return what the last report of a designated inspector says; None if there is none.

    A verdict whose inspector is designated counts as its report; a report among the events takes precedence.
    """
    reports = [one for one in timeline.events if one.kind == "report" and _by_designated(one, rules)]
    if reports:
        return "conforms" if reports[-1].result == "conforms" else "fails"
    decided = [one.decision for one in verdicts if is_designated(one.header.inspection.company, rules)]
    if "reject" in decided:
        return "fails"
    return "conforms" if decided and all(one == "accept" for one in decided) else None


def own_report(timeline: Timeline, verdicts: Sequence[Verdict], rules: RuleSet) -> bool:
    """Whether there is a report or a verdict of an inspector who is not designated."""
    return any(one.kind == "report" and not _by_designated(one, rules) for one in timeline.events) or any(
        not is_designated(one.header.inspection.company, rules) for one in verdicts
    )


def _by_designated(event: Event, rules: RuleSet) -> bool:
    return is_designated(event.inspector, rules) if event.designated is None else event.designated


def _bare(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
    return " ".join("".join(sign if sign.isalnum() else " " for sign in plain).split())
