"""The check of a contract before the order, with a rule set: what would not be claimable, and whether the cover suffices."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aql.contract.check import check as check_contract
from aql.contract.contract import Contract
from aql.contract.findings import Finding, Findings
from aql.contract.measures import Measured
from aql.contract.terms import Term, TermKind
from aql.words import listed

if TYPE_CHECKING:
    from aql.assurance.assessment import ClaimAssessment
    from aql.assurance.claim_choices import ComplaintKind
    from aql.assurance.claim_facts import OrderFacts
    from aql.assurance.rule_sets import Rules

__all__ = [
    "check",
]

_EARLIEST = date(1900, 1, 1)
"""Before the order, so that nothing is late."""

_KINDS: dict[TermKind, ComplaintKind] = {
    "quantity": "short-quantity",
    "packed-share": "packing",
    "mark": "marks",
    "shipment-date": "late-shipment",
}


def check(contract: Contract, *, rules: Rules | None = None, order: OrderFacts | None = None) -> Findings:
    """Check a contract before the order, and with a rule set, what could be claimed.

    Parameters
    ----------
    contract : Contract
        A contract; loading it has already checked its structure.
    rules : str, Path, mapping or RuleSet, optional
        A rule set, such as ``"current"``. With it the findings also say which terms would not be claimable, whether the
        order is within the cover, and what buyers are told to write down that was not found.
    order : OrderFacts, optional
        What is known of the order in addition to the contract, such as the supplier's remaining limit.

    Returns
    -------
    Findings
        The problems, errors first; empty if every term can be measured and enforced.

    Notes
    -----
    With an error the lot cannot be judged, so `score` refuses the contract. A warning means that a claim would be
    weaker. A note is for information.

    Examples
    --------
    >>> contract = Contract.load(
    ...     {
    ...         "order": {"id": "PO-1", "quantity": 3000, "shipment_date": "2026-12-15"},
    ...         "classes": [{"name": "major", "aql": 2.5}],
    ...         "terms": [{"id": "battery", "class": "major", "text": "Long lasting battery"}],
    ...     }
    ... )
    >>> found = check(contract)
    >>> found[0].code, found[0].path
    ('unmeasurable', 'terms[0]')
    >>> [one.path for one in check(contract, rules="current") if one.code == "not-claimable"]
    ['terms[0]']
    """
    found = check_contract(contract)
    if rules is None:
        return found
    from aql.assurance.assessing import assess_claim
    from aql.assurance.claim_facts import Complaint

    complaints = [Complaint(kind=_kind(term), term=term.id) for term in contract.terms]
    claim = assess_claim(contract, rules=rules, order=order, complaints=complaints, as_of=_EARLIEST)
    return Findings([*found, *_not_claimable(contract, claim), *_cover(claim), *_not_written(contract)])


def _kind(term: Term) -> ComplaintKind:
    return _KINDS.get(term.tested_as, "quality") if term.tested_as is not None else "quality"


def _not_claimable(contract: Contract, claim: ClaimAssessment) -> Iterator[Finding]:
    """Terms whose breach would not be admitted, and what the cover type leaves out."""
    from aql.assurance.reason_words import REASON_WORDS

    for place, term in enumerate(contract.terms):
        ground = claim.ground(term.id)
        if ground is None or ground.answer == "yes" or ground.reason in {"not-due", "shipment-unknown"}:
            continue
        refused = [REASON_WORDS[one.reason] for one in ground.reasons if one.answer == ground.answer]
        would = "would not be admitted" if ground.answer == "no" else "might not be admitted"
        yield Finding(
            "warning",
            "not-claimable",
            f"terms[{place}]",
            f"Under {claim.rules.name}, a claim for {term.id!r} {would}: {listed(refused)}.",
            "State what is measured and its limit, or do without this term.",
            name=term.id,
        )
    if claim.cover.type == "pre-shipment" and claim.rules.find("admits.after-shipment") is not None:
        yield Finding(
            "note",
            "after-shipment",
            "cover.type",
            "Pre-shipment cover ends at shipment, so what is found later is not covered.",
            "Inspect before shipment, or agree on post-delivery cover.",
        )


def _cover(claim: ClaimAssessment) -> Iterator[Finding]:
    """Whether the order is within the cover."""
    planned, total = claim.cover.planned, claim.cover.total
    if total is None or planned is None:
        yield Finding(
            "note",
            "cover-unknown",
            "cover",
            f"How much {claim.rules.name} covers of this order is unknown.",
            "State price, currency, and the initial payment or the limit.",
        )
    elif planned < total:
        yield Finding(
            "warning",
            "not-covered",
            "cover",
            f"Under {claim.rules.name}, {planned} of the order of {total} is covered.",
            "Ask for a higher limit, split the order, or change the cover type.",
        )
    elif claim.cover.at_most:
        yield Finding(
            "note",
            "cover-unknown",
            "cover.limit",
            "The supplier's limit is not known and may lower the cover.",
            "Look up what remains of the limit and state it as remaining_limit.",
        )


def _not_written(contract: Contract) -> Iterator[Finding]:
    """What buyers are told to write into an order and what was not found in this one."""
    for detail in _details():
        if not any(_mentions(detail, term) for term in contract.terms) and not _in_order(detail, contract):
            yield Finding(
                "note",
                "not-written-down",
                "terms",
                f"No term about {detail['name']} was found.",
                f"If it matters, add {detail['write']}.",
            )


def _in_order(detail: dict[str, Any], contract: Contract) -> bool:
    field = detail.get("field")
    return field is not None and getattr(contract.order, field) is not None


def _mentions(detail: dict[str, Any], term: Term) -> bool:
    text = f"{term.id} {term.text}".casefold()
    units = detail.get("units", ())
    if isinstance(term.measure, Measured) and term.measure.unit in units:
        return True
    if term.tested_as in detail.get("kinds", ()) or _has_word(text, detail.get("words", ())):
        return True
    if term.reference is None:
        return False
    file = (term.reference.file or "").casefold()
    ending = file.rpartition(".")[2]
    named = _has_word(f"{text} {file}", detail.get("words_of_references", ()))
    return ending in detail.get("references", ()) or named


def _has_word(text: str, words: list[str]) -> bool:
    return any(re.search(rf"(?<![a-z]){re.escape(word)}(?![a-z])", text) for word in words)


@cache
def _details() -> list[dict[str, Any]]:
    data = tomllib.loads((Path(__file__).parent / "order_details.toml").read_text("utf-8"))
    return list(data["detail"])
