"""Checks of the facts of a claim: of the contract's order and terms, on days that can be, and not less than 0."""

from __future__ import annotations

from datetime import date

from aql.assurance.claim_facts import ClaimFacts
from aql.assurance.paying import not_negative
from aql.assurance.timeline import day_of
from aql.checks import nearest
from aql.contract.contract import Contract
from aql.errors import DomainError
from aql.words import short_repr

__all__ = ["check_facts"]

_FIRST_YEAR, _LAST_YEAR = 1900, 9000


def check_facts(contract: Contract, facts: ClaimFacts, as_of: date) -> None:
    """Check the facts of a claim against its contract and the day of the assessment.

    Raises
    ------
    DomainError
        If they are those of another order, name an unknown term, or contradict each other or the day.
    """
    _not_too_many(facts)
    _near_years(facts, as_of, contract.order.shipment_date)
    _possible(facts, as_of)
    _same_order(contract, facts)
    _known_terms(contract, facts)


_MOST_FACTS = 10_000


def _not_too_many(facts: ClaimFacts) -> None:
    """Raise an error for more facts of a kind than can be assessed in a second or two."""
    for name in ("payments", "events", "complaints", "evidence"):
        number = len(getattr(facts, name) or ())
        if number > _MOST_FACTS:
            raise DomainError(f"{name} must be at most {_MOST_FACTS}, got {number}", most=_MOST_FACTS)


def _near_years(facts: ClaimFacts, as_of: date, shipment: date | None) -> None:
    """Raise an error for a day so far away that it can only be a slip."""
    order = facts.order
    days = [as_of, shipment, order.created, order.dispatch_date, order.delivery_date]
    days += [one.date for one in facts.payments or ()]
    days += [day for one in facts.events for day in (one.at, one.due)]
    for day in days:
        if day is not None and not _FIRST_YEAR <= day.year <= _LAST_YEAR:
            raise DomainError(
                f"a day must be in the years {_FIRST_YEAR} to {_LAST_YEAR}, got {day.isoformat()}", value=day
            )


def _possible(facts: ClaimFacts, as_of: date) -> None:
    """Raise an error for facts that cannot be: found in the future, evidence due before it is asked for, less than 0."""
    for one in facts.complaints:
        if one.found_on is not None and one.found_on > as_of:
            raise DomainError(
                f"found_on of a complaint must be at most the day of the assessment, {as_of}, got {one.found_on}",
                value=one.found_on,
            )
    for event in facts.events:
        if event.amount is not None:
            not_negative(f"the amount of the event {event.kind!r}", event.amount)
        if event.due is not None and event.kind != "evidence-asked":
            raise DomainError(
                f"due must be left out of the event {event.kind!r}, got {event.due.isoformat()}",
                todo='It belongs to "evidence-asked"',
                value=event.due,
            )
        if event.due is not None and day_of(event.due) < day_of(event.at):
            raise DomainError(
                f"evidence must be due on or after the day on which it is asked for, {day_of(event.at)}, "
                f"got {event.due.isoformat()}",
                code="impossible-event",
                value=event.due,
            )


def _known_terms(contract: Contract, facts: ClaimFacts) -> None:
    known = [one.id for one in contract.terms]
    for one in facts.complaints:
        if one.term is not None and one.term not in known:
            close = nearest(one.term, known)
            raise DomainError(
                f"the term of a complaint must be a term of the contract, got {short_repr(one.term)}",
                todo=f'Did you mean "{close}"?'
                if close
                else "For anything else, use the key about instead of term",
                code="unknown-term",
                value=one.term,
                nearest=close,
            )


def _same_order(contract: Contract, facts: ClaimFacts) -> None:
    if facts.order.id is not None and facts.order.id != contract.order.id:
        raise DomainError(
            f"the facts must be those of order {contract.order.id}, got {facts.order.id}",
            code="other-order",
            value=facts.order.id,
        )
    order, agreed = facts.order, contract.order
    pairs: tuple[tuple[str, object, object], ...] = (
        ("created", order.created, agreed.created),
        ("buyer_country", order.buyer_country, agreed.buyer_country),
        ("supplier_country", order.supplier_country, agreed.supplier_country),
    )
    for name, stated, known in pairs:
        if stated is not None and known is not None and stated != known:
            raise DomainError(
                f"{name} must be that of the contract, {known}, got {stated}",
                code="other-order",
                value=stated,
            )
