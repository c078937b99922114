"""The cover of an order: how much can come back at most, and what stays uncovered and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from aql.assurance.claim_facts import ClaimFacts, Payment
from aql.assurance.money import Money, rounded_money, stated, sum_of
from aql.assurance.paying import check_payments, is_listed, not_negative, order_currency, order_total, paid_in
from aql.assurance.rule_sets import RuleSet, not_in_rules
from aql.assurance.timeline import day_of
from aql.contract.contract import Contract
from aql.documents.json_values import JsonValue
from aql.errors import DomainError
from aql.words import in_brief

__all__ = ["CoverAnswer", "CoverType", "Uncovered", "checked_type", "cover_of"]

CoverType = Literal["pre-shipment", "post-delivery"]
"""Cover type of an order, in the rule sets that have them."""

UncoveredReason = Literal["paid-outside", "after-initial-payment", "above-limit", "no-cover", "refunded"]
"""Why an amount that was paid is not covered."""


@dataclass(frozen=True, slots=True)
class Uncovered:
    """An amount that was paid and is not covered, with the reason."""

    amount: Money
    reason: UncoveredReason


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class CoverAnswer(JsonValue):
    """How much is covered.

    Attributes
    ----------
    amount : Money or None
        What can come back at most for the goods, less what came back already; None if it is unknown.
    planned : Money or None
        What it will be once everything is paid as the contract says.
    at_most : bool
        Whether the real amount may be lower because the limit or the cover type is unknown.
    type : "pre-shipment", "post-delivery" or None
        Cover type; None if the rule set has none or it is not known.
    base : "initial-payment", "total-paid" or None
        What the rule set covers.
    total : Money or None
        Price of the order.
    paid, listed : Money or None
        What was paid, and what of it through listed methods; None if the payments are not known.
    refunded : Money or None
        What came back already; None if the payments are not known.
    limit : Money or None
        Limit of the supplier that bounds the amount: what remains of it, if that is known.
    uncovered : tuple of Uncovered
        Amounts that were paid and are not covered.
    unknown : tuple of str
        Keys of entries that are unknown, ``"payments"``, or ``"limit"``.
    """

    amount: Money | None
    planned: Money | None
    at_most: bool
    type: CoverType | None
    base: str | None
    total: Money | None
    paid: Money | None
    listed: Money | None
    refunded: Money | None
    limit: Money | None
    uncovered: tuple[Uncovered, ...]
    unknown: tuple[str, ...]

    def __repr__(self) -> str:
        return in_brief("CoverAnswer", f"{'at most ' * self.at_most}{stated(self.amount)}")


def cover_of(
    contract: Contract, facts: ClaimFacts, rules: RuleSet, *, cover_type: CoverType | None, as_of: date
) -> CoverAnswer:
    """Return the cover of an order under a rule set.

    Parameters
    ----------
    contract : Contract
        The contract: price, limit and initial payment.
    facts : ClaimFacts
        The order and its payments.
    rules : RuleSet
        The rule set.
    cover_type : "pre-shipment", "post-delivery" or None
        Cover type, already checked against the rule set by `checked_type`.
    as_of : date
        The day of the assessment; later payments are checked and left out.

    Raises
    ------
    DomainError
        If an amount is negative, a limit is 0, the payments exceed the order, or the currency is missing or mixed.
    """
    currency = order_currency(contract, facts)
    total = order_total(contract, facts)
    limit = _limit(contract, facts, rules, currency)
    made = facts.paid_until(as_of).payments
    payments = None if currency is None else made
    if facts.payments and currency is None:
        raise DomainError(
            "payments need the currency of the order", todo="Add currency to [order]", code="missing-value"
        )
    word, unknown = _base(rules, cover_type)
    bounded = rules.value("cover.limited")
    if bounded is None:
        unknown.append("cover.limited")
    bound = limit if bounded is not None and bounded.value == "yes" else None
    if bounded is not None and bounded.value == "yes" and limit is None:
        unknown.append("limit")
    paid = listed = covered = back = None
    uncovered: list[Uncovered] = []
    if payments is None or currency is None:
        unknown.append("payments")
    else:
        check_payments(facts.payments or (), currency, rules, total=total)
        paid = sum_of((paid_in(one, currency) for one in payments), currency)
        back = _refunded(facts, paid, as_of)
        if rules.value("pay.listed") is None:
            unknown.append("pay.listed")
        else:
            inside = [one for one in payments if is_listed(one, rules, facts)]
            listed = sum_of((paid_in(one, currency) for one in inside), currency)
            covered = _base_amount(word, contract, inside, currency, listed)
            uncovered = list(_uncovered(paid, listed, covered))
            covered, above = _left(covered, back, bound)
            uncovered += above
    protected = None if facts.order.kind != "direct-pay" else rules.value("admits.direct-pay")
    if facts.order.kind == "direct-pay" and protected is None:
        covered = None
        unknown.append("admits.direct-pay")
    elif protected is not None and protected.value == "no" and paid is not None:
        covered, uncovered = Money(Decimal(0), paid.currency), [Uncovered(paid, "no-cover")]
    amount = covered if covered is None or bound is None else min(covered, bound)
    planned = _planned(word, contract, total, bound)
    return CoverAnswer(
        amount=amount,
        planned=planned,
        at_most=bool({"limit", "cover.limited", "cover.types"} & set(unknown)),
        type=cover_type,
        base=word,
        total=total,
        paid=paid,
        listed=listed,
        refunded=back,
        limit=limit,
        uncovered=tuple(uncovered),
        unknown=tuple(unknown),
    )


def _refunded(facts: ClaimFacts, paid: Money, as_of: date) -> Money:
    """What came back up to a day, in the events that state an amount."""
    amounts = [
        one.amount
        for one in facts.events
        if one.kind == "refunded" and one.amount is not None and day_of(one.at) <= as_of
    ]
    back = sum_of((Money.of(one, paid.currency) for one in amounts), paid.currency)
    if paid < back:
        raise DomainError(
            f"the refunds must be at most {paid}, what was paid, got {back}",
            code="over-paid",
            value=back.amount,
        )
    return back


def _base(rules: RuleSet, cover_type: CoverType | None) -> tuple[str | None, list[str]]:
    """What the rule set covers, and the keys that are unknown; without the cover type, the most it can be."""
    if cover_type is None and rules.find("cover.types") is not None:
        return "total-paid", ["cover.types"]
    key = "cover.base" if cover_type is None else f"cover.base.{cover_type}"
    entry = rules.value(key)
    return (None, [key]) if entry is None else (str(entry.value), [])


def checked_type(
    contract: Contract, facts: ClaimFacts, rules: RuleSet, *, overridden: bool
) -> tuple[CoverType | None, bool]:
    """Return the type of cover, and whether that of the contract is left out because the rule set has no types.

    Raises
    ------
    DomainError
        If the rule set does not have the cover type; the message names those that do. A type in the contract is left out
        instead if the caller replaced the rule set that the contract names.
    """
    stated = facts.order.cover_type
    agreed = contract.cover.type if contract.cover is not None else None
    found = stated or agreed
    if found is None:
        return None, False
    types = rules.find("cover.types")
    if types is not None and found in types.words:
        return found, False
    if stated is None and overridden and types is None:
        return None, True
    raise not_in_rules(rules, f"the cover type {found!r}", f"cover.base.{found}")


def _limit(contract: Contract, facts: ClaimFacts, rules: RuleSet, currency: str | None) -> Money | None:
    cover = contract.cover
    stated = (
        facts.order.limit if facts.order.limit is not None else cover.limit if cover is not None else None
    )
    remaining = facts.order.remaining_limit
    if remaining is None:
        remaining = None if cover is None else cover.remaining_limit
    counts = rules.value("cover.remaining")
    if counts is not None and counts.value == "no":
        remaining = None
    if stated is not None and stated == 0:
        raise DomainError(
            "limit must be above 0, got 0",
            todo="Leave it out if it is unknown; if nothing remains of it, write remaining_limit = 0",
            code="zero-limit",
            value=stated,
        )
    known = [one for one in (stated, remaining) if one is not None]
    for one in known:
        not_negative("a limit", one)
    if not known or currency is None:
        return None
    return rounded_money(min(known), currency)


def _base_amount(
    word: str | None, contract: Contract, payments: Sequence[Payment], currency: str, listed: Money
) -> Money | None:
    """What the rule set covers of the payments through listed methods."""
    if word is None:
        return None
    if word != "initial-payment":
        return listed
    initial = [one for one in payments if one.part == "initial"]
    agreed = None if contract.cover is None else contract.cover.initial_payment
    if initial:
        return sum_of((paid_in(one, currency) for one in initial), currency)
    if agreed is not None:
        return min(listed, rounded_money(agreed, currency))
    open_parts = [one for one in payments if one.part is None]
    first = min(open_parts, key=lambda one: one.date, default=None)
    return Money(Decimal(0), currency) if first is None else paid_in(first, currency)


def _left(covered: Money | None, back: Money, limit: Money | None) -> tuple[Money | None, list[Uncovered]]:
    """What is covered and has not come back, and the parts that are no longer covered, or above the limit."""
    if covered is None:
        return None, []
    returned = min(covered, back)
    left = covered - returned
    parts = [Uncovered(returned, "refunded")] if returned else []
    if limit is not None and limit < left:
        parts.append(Uncovered(left - limit, "above-limit"))
    return left, parts


def _uncovered(paid: Money, listed: Money, covered: Money | None) -> Iterator[Uncovered]:
    if listed < paid:
        yield Uncovered(paid - listed, "paid-outside")
    if covered is None:
        return
    if covered < listed:
        yield Uncovered(listed - covered, "after-initial-payment")


def _planned(word: str | None, contract: Contract, total: Money | None, limit: Money | None) -> Money | None:
    initial = None if contract.cover is None else contract.cover.initial_payment
    if word is None or total is None:
        return None
    base = total
    if word == "initial-payment":
        if initial is None:
            return None
        base = rounded_money(initial, total.currency)
    return base if limit is None else min(base, limit)
