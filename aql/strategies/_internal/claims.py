"""Orders, payments, events and assessments of claims."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from aql.assurance.assessing import assess_claim
from aql.assurance.assessment import ClaimAssessment
from aql.assurance.claim_facts import ClaimFacts, Event
from aql.assurance.claim_words import COMPLAINT_KINDS, EventKind
from aql.assurance.dispute import DISPUTE_STEPS, DisputeState
from aql.assurance.keys import EVIDENCE_KINDS
from aql.assurance.rule_sets import RULE_SETS
from aql.contract.contract import Contract

__all__ = ["claim_assessments", "claim_events", "claim_facts"]

_FIRST = date(2026, 1, 5)
_METHODS = st.sampled_from(["card", "transfer", "e-checking", "paypal"])
_STEPS = st.integers(0, 12).map(lambda days: timedelta(days=days))
_CONTRACT = {
    "order": {"id": "PO-1", "currency": "USD"},
    "classes": [{"name": "major", "aql": "2.5"}],
    "terms": [
        {
            "id": "weight",
            "class": "major",
            "text": "At least 100 g",
            "measure": {"unit": "g", "min": "100"},
        },
        {"id": "finish", "class": "major", "text": "Beautiful finish"},
    ],
}


@st.composite
def claim_events(draw: st.DrawFn, *, most: int = 6) -> tuple[Event, ...]:
    """Strategy for events of an order and its dispute that can happen one after another, in order.

    Parameters
    ----------
    most : int
        Most events of the dispute.

    Returns
    -------
    SearchStrategy of tuple of Event
        Events that `aql.assess_claim` accepts.

    Examples
    --------
    >>> from hypothesis import find
    >>> find(claim_events(), lambda events: True)
    ()
    """
    found: list[dict[str, Any]] = []
    day = _FIRST
    kinds: tuple[EventKind, ...] = ("placed", "paid", "shipped", "received", "receipt-confirmed")
    for kind in kinds:
        if draw(st.booleans()):
            day += draw(_STEPS)
            found.append({"kind": kind, "at": day})
    state: DisputeState = "no-dispute"
    for number in range(draw(st.integers(0, most))):
        steps = sorted(DISPUTE_STEPS[state])
        if not steps:
            break
        kind = draw(st.sampled_from(steps))
        # One day on, so that events of the same kind differ and none falls on the same day as another.
        day += timedelta(days=1) + draw(_STEPS)
        event: dict[str, Any] = {"kind": kind, "at": day, "note": f"step {number + 1}"}
        if kind == "report":
            event["result"] = draw(st.sampled_from(["conforms", "fails"]))
            event["designated"] = draw(st.booleans())
        elif kind == "ruling":
            event["result"] = draw(st.sampled_from(["upheld", "partly", "dismissed"]))
        elif kind == "evidence-asked":
            event["due"] = day + timedelta(days=30)
        found.append(event)
        state = DISPUTE_STEPS[state][kind]
        if event.get("result") == "dismissed":
            state = "dismissed"
    return tuple(Event.from_dict(one) for one in found)


@st.composite
def claim_facts(draw: st.DrawFn) -> ClaimFacts:
    """Strategy for the facts of a claim in USD: an order with its price, payments, events, complaints and evidence.

    Returns
    -------
    SearchStrategy of ClaimFacts
        Facts that `aql.assess_claim` accepts with a contract without a price.

    Examples
    --------
    >>> from hypothesis import find
    >>> find(claim_facts(), lambda facts: True).order.amount
    Decimal('1.00')
    """
    cents = draw(st.integers(100, 10_000_000))
    order: dict[str, Any] = {"amount": _text(cents)}
    if draw(st.booleans()):
        order["remaining_limit"] = _text(draw(st.integers(0, 20_000_000)))
    order["buyer"] = draw(st.sampled_from(["standard", "enterprise"]))
    order["kind"] = draw(
        st.sampled_from(["trade-assurance", "trade-assurance", "direct-pay", "off-platform"])
    )
    if draw(st.booleans()):
        order["dispatch_date"] = _FIRST + draw(_STEPS) * 3
    payments = []
    left = cents
    for _ in range(draw(st.integers(0, 3))):
        part = draw(st.integers(0, left))
        left -= part
        day = _FIRST + draw(_STEPS)
        payments.append({"amount": _text(part), "method": draw(_METHODS), "date": day})
    data: dict[str, Any] = {"order": order, "payments": payments}
    data["complaints"] = draw(st.lists(_COMPLAINTS, max_size=3))
    data["evidence"] = [{"kind": kind} for kind in draw(st.sets(st.sampled_from(EVIDENCE_KINDS), max_size=3))]
    facts = ClaimFacts.from_dict(data)
    return facts.model_copy(update={"events": draw(claim_events())})


def claim_assessments() -> st.SearchStrategy[ClaimAssessment]:
    """Strategy for assessments of claims under each of the rule sets that come with the library.

    Returns
    -------
    SearchStrategy of ClaimAssessment
        Assessments from `aql.assess_claim`.

    Examples
    --------
    >>> from hypothesis import find
    >>> find(claim_assessments(), lambda claim: True).rules.name
    '2015-launch'
    """
    days = st.integers(0, 200).map(lambda number: _FIRST + timedelta(days=number))
    contract = Contract.load(_CONTRACT)
    return st.builds(
        lambda facts, rules, as_of: assess_claim(contract, facts=facts, rules=rules, as_of=as_of),
        claim_facts(),
        st.sampled_from(RULE_SETS),
        days,
    )


_COMPLAINTS: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {"kind": st.sampled_from(COMPLAINT_KINDS)},
    optional={
        "term": st.sampled_from(["weight", "finish"]),
        "standard": st.sampled_from(["contract", "platform-chat", "nowhere"]),
        "share": st.sampled_from(["0", "0.25", "1"]),
        "disclosed": st.booleans(),
        "material": st.booleans(),
        "accepted": st.sampled_from(["amendment", "explicit", "reply"]),
        "tracking_forged": st.booleans(),
    },
)


def _text(cents: int) -> str:
    return f"{Decimal(cents).scaleb(-2):f}"
