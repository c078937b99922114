"""Orders, payments, events and assessments of claims."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from aql.assurance.assessing import assess_claim
from aql.assurance.assessment import ClaimAssessment
from aql.assurance.claim_choices import COMPLAINT_KINDS, EVENT_KINDS, EventKind
from aql.assurance.claim_facts import ClaimFacts, Event, OrderFacts
from aql.assurance.dispute import DISPUTE_STEPS, DisputeState
from aql.assurance.keys import EVIDENCE_KINDS
from aql.assurance.rule_sets import RULE_SETS, Rules, load_rules
from aql.contract.contract import Contract

__all__ = ["claim_assessments", "claim_events", "claim_facts", "claim_orders"]

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
def claim_events(draw: st.DrawFn, *, rules: Rules | None = None, most: int = 6) -> tuple[Event, ...]:
    """Strategy for events of an order and its dispute that can happen one after another, in order.

    Parameters
    ----------
    rules : str, Path, mapping or RuleSet, optional
        Rule set whose steps a dispute can have; defaults to the steps that all rule sets of the library have.
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
    >>> [one.kind for one in find(claim_events(rules="current"), lambda events: len(events) == 1)]
    ['receipt-confirmed']
    """
    has = _steps_of(rules)
    found: list[dict[str, Any]] = []
    day = _FIRST
    kinds: tuple[EventKind, ...] = ("placed", "paid", "shipped", "received", "receipt-confirmed")
    for kind in kinds:
        if draw(st.booleans()):
            day += draw(_STEPS)
            found.append({"kind": kind, "at": day})
    state: DisputeState = "no-dispute"
    for number in range(draw(st.integers(0, most))):
        steps = sorted(kind for kind in DISPUTE_STEPS[state] if kind in has)
        if not steps:
            break
        kind = draw(st.sampled_from(steps))
        # One day on, so that events of the same kind differ and none falls on the same day as another.
        day += timedelta(days=1) + draw(_STEPS)
        event: dict[str, Any] = {"kind": kind, "at": draw(_times(day)), "note": f"step {number + 1}"}
        if kind == "report":
            event["result"] = draw(st.sampled_from(["conforms", "fails"]))
            event["designated"] = draw(st.booleans())
        elif kind == "ruling":
            event["result"] = draw(st.sampled_from(["upheld", "partly", "dismissed"]))
        elif kind == "evidence-asked":
            event["due"] = day + timedelta(days=draw(st.integers(1, 30)))
        found.append(event)
        state = DISPUTE_STEPS[state][kind]
        if event.get("result") == "dismissed":
            state = "dismissed"
    return tuple(Event.from_dict(one) for one in found)


def _steps_of(rules: Rules | None) -> frozenset[str]:
    """The events that a dispute can have under a rule set, or under all of them."""
    sets = map(load_rules, RULE_SETS) if rules is None else [load_rules(rules)]
    listed = [entry.words for one in sets if (entry := one.value("dispute.steps")) is not None]
    return frozenset(EVENT_KINDS).intersection(*listed)


def _times(day: date) -> st.SearchStrategy[date | datetime]:
    """A day, or a time on it, in UTC as well as in the time zones of the rule sets."""
    times = st.integers(8, 15).map(lambda hour: datetime(day.year, day.month, day.day, hour, 30, tzinfo=UTC))
    return st.just(day) | times


@st.composite
def claim_orders(draw: st.DrawFn) -> OrderFacts:
    """Strategy for what is known of an order in a dispute, in addition to its contract, with its price in USD.

    Returns
    -------
    SearchStrategy of OrderFacts
        Orders that `aql.assess_claim` accepts with a contract without a price.

    Examples
    --------
    >>> from hypothesis import find
    >>> find(claim_orders(), lambda order: True).amount
    Decimal('1.00')
    """
    order: dict[str, Any] = {"amount": _text(draw(st.integers(100, 10_000_000)))}
    if draw(st.booleans()):
        order["remaining_limit"] = _text(draw(st.integers(0, 20_000_000)))
    order["buyer"] = draw(st.sampled_from(["standard", "enterprise"]))
    order["kind"] = draw(
        st.sampled_from(["trade-assurance", "trade-assurance", "direct-pay", "off-platform"])
    )
    optional = {
        "dispatch_date": _STEPS.map(lambda step: _FIRST + step * 3),
        "delivery_date": _STEPS.map(lambda step: _FIRST + step * 6),
        "logistics": st.sampled_from(["platform", "supplier", "buyer"]),
        "transport_risk": st.sampled_from(["buyer", "supplier"]),
        "category": st.sampled_from(["textiles", "vehicles"]),
        "easy_return": st.booleans(),
        "coupon_granted": st.booleans(),
    }
    return OrderFacts.from_dict(order | draw(st.fixed_dictionaries({}, optional=optional)))


@st.composite
def claim_facts(draw: st.DrawFn, *, rules: Rules | None = None) -> ClaimFacts:
    """Strategy for the facts of a claim in USD: an order with its price, payments, events, complaints and evidence.

    Parameters
    ----------
    rules : str, Path, mapping or RuleSet, optional
        Rule set whose steps a dispute can have; defaults to the steps that all rule sets of the library have.

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
    order = draw(claim_orders())
    payments = []
    left = int((order.amount or Decimal(0)).scaleb(2))  # cents
    for _ in range(draw(st.integers(0, 3))):
        part = draw(st.integers(0, left))
        left -= part
        day = _FIRST + draw(_STEPS)
        payments.append({"amount": _text(part), "method": draw(_METHODS), "date": day})
    data: dict[str, Any] = {"payments": payments}
    data["complaints"] = draw(st.lists(_COMPLAINTS, max_size=3))
    data["evidence"] = [{"kind": kind} for kind in draw(st.sets(st.sampled_from(EVIDENCE_KINDS), max_size=3))]
    facts = ClaimFacts.from_dict(data)
    return facts.model_copy(update={"order": order, "events": draw(claim_events(rules=rules))})


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
    return st.sampled_from(RULE_SETS).flatmap(
        lambda rules: st.builds(
            lambda facts, as_of: assess_claim(contract, facts=facts, rules=rules, as_of=as_of),
            claim_facts(rules=rules),
            days,
        )
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
