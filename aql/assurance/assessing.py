"""Assesses a claim: checks what is given, chooses the rule set, and gathers the answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cache, wraps
from importlib.metadata import version
from typing import ParamSpec, TypeVar
from zoneinfo import ZoneInfo

from aql import checks
from aql.assurance.assessment import AssessmentNote, ClaimAssessment
from aql.assurance.case import Case
from aql.assurance.claim_facts import ClaimFacts, Complaint, Event, EvidenceItem, OrderFacts, Payment
from aql.assurance.cover import CoverAnswer, checked_type, cover_of
from aql.assurance.dispute_clock import Clock, clock_of
from aql.assurance.evidence import evidence_of
from aql.assurance.fact_checks import check_facts
from aql.assurance.grounds import Ground, ground_of
from aql.assurance.inspectors import designated_result
from aql.assurance.paying import order_currency
from aql.assurance.points import points_of
from aql.assurance.rule_sets import Rules, RuleSet, choose_rules
from aql.assurance.shipment import shipment_point
from aql.assurance.timeline import timeline_of
from aql.assurance.working_days import holidays_of
from aql.contract.check import check
from aql.contract.contract import Contract
from aql.documents.loading import Source, load_document
from aql.errors import AqlError, DomainError
from aql.scoring.verdict import Verdict
from aql.words import short_repr

__all__ = ["assess_claim"]


_Given = ParamSpec("_Given")
_Answer = TypeVar("_Answer")


def _needs_day(function: Callable[_Given, _Answer]) -> Callable[_Given, _Answer]:
    """Say what to do if `as_of` is left out, where Python alone would name the argument only."""

    @wraps(function)
    def checked(*args: _Given.args, **given: _Given.kwargs) -> _Answer:
        if "as_of" not in given:
            _checked_day(None)
        return function(*args, **given)

    return checked


@_needs_day
def assess_claim(
    contract: Contract,
    verdict: Verdict | Sequence[Verdict] | None = None,
    *,
    order: OrderFacts | Mapping[str, object] | None = None,
    payments: Iterable[Payment | Mapping[str, object]] | None = None,
    events: Iterable[Event | Mapping[str, object]] = (),
    complaints: Iterable[Complaint | Mapping[str, object]] = (),
    evidence: Iterable[EvidenceItem | Mapping[str, object]] = (),
    facts: ClaimFacts | Source | None = None,
    rules: Rules | None = None,
    as_of: date,
    timezone: str | None = None,
    calendar: str | None = None,
) -> ClaimAssessment:
    """Assess a claim: what can be claimed under a contract, until when, and how much comes back.

    This is not legal advice: it applies rules that were collected from dated pages, with their sources.

    Parameters
    ----------
    contract : Contract
        The contract; its ``[cover]`` can name the rule set.
    verdict : Verdict or sequence of Verdict, optional
        The verdict on each lot.
    order : OrderFacts or mapping, optional
        What is known of the order in addition to the contract.
    payments : iterable of Payment or mapping, optional
        The payments; None if they are not known.
    events : iterable of Event or mapping
        What happened, in any order.
    complaints : iterable of Complaint or mapping
        What the buyer complains about, in addition to what the verdicts found.
    evidence : iterable of EvidenceItem or mapping
        The evidence at hand.
    facts : ClaimFacts, path or mapping, optional
        All of these as one document ``aql.claim/1``, instead of the arguments above.
    rules : str, Path, mapping or RuleSet, optional
        The rule set; defaults to the one named in the contract, or else the one that governs the day and the countries of
        the order.
    as_of : date
        Day of the assessment.
    timezone : str, optional
        IANA name of the time zone of days and times; defaults to that of the rule set, or UTC if it states none.
    calendar : str, optional
        Country whose public holidays are not working days, as two-letter code (extra ``claims``).

    Returns
    -------
    ClaimAssessment
        The assessment.

    Raises
    ------
    DomainError
        If an argument is invalid, the facts contradict each other, or a verdict is that of another contract.
    DocumentError
        If facts given as plain values are invalid; it lists every problem with its path.

    Examples
    --------
    >>> contract = Contract.load(
    ...     {
    ...         "order": {"id": "PO-1", "quantity": 100, "unit_price": "30", "currency": "USD"},
    ...         "cover": {"rules": "2017", "type": "post-delivery", "limit": "2000"},
    ...         "classes": [{"name": "major", "aql": 2.5}],
    ...         "terms": [
    ...             {
    ...                 "id": "battery",
    ...                 "class": "major",
    ...                 "text": "Battery of at least 3000 mAh",
    ...                 "measure": {"unit": "mAh", "min": "3000"},
    ...             }
    ...         ],
    ...     }
    ... )
    >>> claim = assess_claim(
    ...     contract,
    ...     payments=[{"amount": "3000", "method": "card", "date": "2017-04-01"}],
    ...     complaints=[{"kind": "quality", "term": "battery", "found": "2000 mAh"}],
    ...     as_of=date(2017, 6, 1),
    ... )
    >>> claim.ground("battery")
    <Ground quality battery: yes, term-missed>
    >>> claim.cover.amount, claim.clock.last_day
    (<Money 2000.00 USD>, None)
    """
    day = _checked_day(as_of)
    _checked_contract(contract)
    verdicts = _checked_verdicts(contract, verdict)
    given = _facts(facts, order, payments, events, complaints, evidence)
    check_facts(contract, given, day)
    if calendar is not None:
        holidays_of(calendar)
    named = rules if rules is not None else None if contract.cover is None else contract.cover.rules
    chosen = choose_rules(
        named,
        created=given.order.created or contract.order.created,
        buyer_country=given.order.buyer_country or contract.order.buyer_country,
        supplier_country=given.order.supplier_country or contract.order.supplier_country,
    )
    rule_set = chosen.rules
    cover_type, left_out = checked_type(contract, given, rule_set, overridden=rules is not None)
    zone = _zone(timezone, rule_set)
    timeline = timeline_of(given.events, zone)
    cover = cover_of(contract, given, rule_set, cover_type=cover_type, as_of=day)
    made = given.paid_until(day)
    clock = clock_of(
        rule_set,
        made,
        timeline,
        as_of=day,
        pre_shipment=cover_type == "pre-shipment",
        shipment_date=contract.order.shipment_date or given.order.dispatch_date,
        calendar=calendar,
    )
    seen = timeline.until(day)
    case = Case(
        contract=contract,
        verdicts=verdicts,
        facts=made,
        rules=rule_set,
        timeline=seen,
        clock=clock,
        cover=cover,
        as_of=day,
        report=designated_result(seen, verdicts, rule_set),
    )
    shipped = shipment_point(case)
    points = (
        *points_of(contract, verdicts, given, check(contract)),
        *(() if shipped is None else (shipped,)),
    )
    grounds = tuple(ground_of(one, case) for one in points)
    notes: list[AssessmentNote] = []
    if chosen.by == "name" and chosen.by_date and rule_set.name not in chosen.by_date:
        notes.append("named-rules-differ")
    notes += ["boundary-inferred"] * (chosen.by == "date" and chosen.inferred)
    notes += ["countries-unknown"] * chosen.countries_unknown
    notes += ["cover-type-left-out"] * left_out
    notes += ["zone-of-rules"] * (timezone is None)
    notes += ["events-after"] * (len(seen.events) < len(timeline.events))
    notes += ["payments-after"] * (made != given)
    notes += ["no-verdict"] * (not verdicts)
    return ClaimAssessment(
        order=contract.order.id,
        supplier=contract.order.supplier,
        product=contract.order.product,
        currency=order_currency(contract, given),
        as_of=day,
        rules=rule_set,
        chosen_by=chosen.by,
        facts=given,
        grounds=grounds,
        cover=cover,
        evidence=evidence_of(case, grounds),
        clock=clock,
        unknown=_unknown(rule_set, cover, clock, grounds),
        notes=tuple(notes),
        contract_sha256=contract.checksum,
        library_version=_installed(),
    )


@cache
def _installed() -> str:
    return version("aql-sampling")


def _unknown(rules: RuleSet, cover: CoverAnswer, clock: Clock, grounds: Sequence[Ground]) -> tuple[str, ...]:
    """The entries that this answer needed and that are unknown or missing."""
    keys = [one for one in cover.unknown if "." in one]
    keys += [one.rule for one in clock.deadlines if one.status == "unknown" and one.rule]
    if any(one.when == "opening-day-not-counted" for deadline in clock.deadlines for one in deadline.others):
        keys.append("clock.opening-day")
    if any(one.counting == "working" and one.bound != "exact" for one in clock.deadlines):
        keys.append("clock.working-calendar")
    if any(one.code == "open-claim" and one.bound == "at-least" for one in clock.deadlines):
        keys.append("clock.auto-confirm-days")
    keys += [one.rule for ground in grounds for one in ground.reasons if not one.known]
    known = ("settle.inspection-fee", "settle.partial-formula", "settle.return-freight")
    keys += [key for key in known if rules.value(key) is None]
    return tuple(dict.fromkeys(keys))


def _checked_day(as_of: object) -> date:
    todo = "State the day of the assessment, such as as_of=date(2026, 6, 20)"
    if as_of is None:
        raise DomainError("as_of is missing", todo=todo, code="missing-value", value=as_of)
    return checks.day(as_of, "as_of", todo=todo)


def _checked_contract(contract: object) -> None:
    if not isinstance(contract, Contract):
        raise DomainError(
            f"contract must be an aql.Contract, got {short_repr(contract)}",
            todo="Load one with aql.Contract.load",
            value=contract,
        )


def _checked_verdicts(contract: Contract, verdict: Verdict | Sequence[Verdict] | None) -> tuple[Verdict, ...]:
    """The verdicts, each of this contract and of another lot."""
    found = (
        () if verdict is None else (verdict,) if isinstance(verdict, Verdict) else _listed(verdict, "verdict")
    )
    for one in found:
        if not isinstance(one, Verdict):
            raise DomainError(f"verdict must be an aql.Verdict, got {short_repr(one)}", value=one)
        if one.order != contract.order.id or one.evidence.contract_sha256 != contract.checksum:
            raise AqlError(
                f"the verdict on lot {one.lot} is based on another contract than that of order {contract.order.id}",
                todo="Score the inspection against this contract",
                code="other-contract",
                value=one.order,
            )
    return found


def _facts(
    facts: ClaimFacts | Source | None,
    order: OrderFacts | Mapping[str, object] | None,
    payments: Iterable[Payment | Mapping[str, object]] | None,
    events: Iterable[Event | Mapping[str, object]],
    complaints: Iterable[Complaint | Mapping[str, object]],
    evidence: Iterable[EvidenceItem | Mapping[str, object]],
) -> ClaimFacts:
    events, complaints = _listed(events, "events"), _listed(complaints, "complaints")
    evidence = _listed(evidence, "evidence")
    if facts is not None:
        if order is not None or payments is not None or events or complaints or evidence:
            raise DomainError(
                "facts must be passed alone",
                todo="Leave out order, payments, events, complaints and evidence",
            )
        return facts if isinstance(facts, ClaimFacts) else ClaimFacts.load(facts)
    data: dict[str, object] = {"order": _plain(order or {}), "events": [_plain(one) for one in events]}
    data["complaints"] = [_plain(one) for one in complaints]
    data["evidence"] = [_plain(one) for one in evidence]
    if payments is not None:
        data["payments"] = [_plain(one) for one in _listed(payments, "payments")]
    return load_document(ClaimFacts, data, source="the facts of the claim")


_Item = TypeVar("_Item")


def _listed(values: Iterable[_Item], name: str) -> tuple[_Item, ...]:
    """The items of an argument that must be a list."""
    try:
        each = None if isinstance(values, (str, bytes, Mapping)) else tuple(values)
    except TypeError:  # a number, or an array without a dimension
        each = None
    if each is None:
        raise DomainError(
            f"{name} must be a list, got {short_repr(values)}",
            todo="To read a file, pass facts",
            value=values,
        )
    return each


def _plain(value: object) -> object:
    return dict(value) if isinstance(value, Mapping) else value


def _zone(timezone: str | None, rules: RuleSet) -> str:
    stated = rules.value("clock.zone")
    if timezone is not None:
        checks.instance(timezone, str, "timezone", "an IANA name such as Europe/Berlin")
    zone = timezone or ("UTC" if stated is None else str(stated.value))
    try:
        ZoneInfo(zone)
    except (KeyError, ValueError, OSError, TypeError):
        raise DomainError(
            f"timezone must be an IANA name such as Europe/Berlin, got {short_repr(timezone)}", value=timezone
        ) from None
    return zone
