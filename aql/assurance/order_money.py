"""The money of an order: its currency and price, and what was paid through which methods."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from aql.assurance.claim_choices import PAYING_METHODS
from aql.assurance.claim_facts import ClaimFacts, Payment
from aql.assurance.money import Money, rounded_money, sum_of
from aql.assurance.rule_sets import RuleSet
from aql.checks import nearest
from aql.contract.contract import Contract
from aql.errors import DomainError
from aql.words import either

__all__ = ["check_payments", "not_negative", "order_currency", "order_total", "paid_in"]


def order_currency(contract: Contract, facts: ClaimFacts) -> str | None:
    """Return the currency of the order; raise an error if contract and facts name different ones."""
    stated, other = contract.order.currency, facts.order.currency
    if stated is not None and other is not None and stated != other:
        raise DomainError(
            f"the currency of the order must be that of the contract, {stated}, got {other}",
            code="other-currency",
            value=other,
        )
    return stated or other


def order_total(contract: Contract, facts: ClaimFacts) -> Money | None:
    """Return the price of the order, from its facts or its contract; None if it is not known."""
    currency = order_currency(contract, facts)
    total = facts.order.amount if facts.order.amount is not None else contract.order.total
    if total is None or currency is None:
        return None
    not_negative("the amount of the order", total)
    return rounded_money(total, currency)


def paid_in(payment: Payment, currency: str) -> Money:
    """Return the money of a payment in the currency of the order, at its stated rate.

    Raises
    ------
    DomainError
        If the amount is negative, or the currencies differ and no rate is stated.
    """
    not_negative("a payment", payment.amount)
    own = payment.currency or currency
    amount = Money.of(payment.amount, own)
    if own == currency:
        if payment.rate not in {None, 1}:
            raise DomainError(
                f"the rate of a payment in {currency}, the currency of the order, must be 1 or left out, got "
                f"{payment.rate}",
                code="other-currency",
                value=payment.rate,
            )
        return amount
    if payment.rate is None:
        raise DomainError(
            f"a payment in {own} for an order in {currency} needs a rate",
            todo=f"Add rate, in {currency} per {own}",
            code="other-currency",
            value=own,
        )
    if payment.rate <= 0:
        raise DomainError(f"rate must be above 0, got {payment.rate}", value=payment.rate)
    return rounded_money(amount.amount * payment.rate, currency)


def _known_method(payment: Payment, rules: RuleSet) -> None:
    """Raise an error for a method that is neither usual nor listed by the rule set: a slip would cost the cover."""
    listed = rules.value("pay.listed")
    known = (*PAYING_METHODS, *(() if listed is None else listed.words))
    if payment.method not in known:
        close = nearest(payment.method, known)
        raise DomainError(
            f"the method of a payment must be {either(dict.fromkeys(known))}, got {payment.method!r}",
            todo=f'Did you mean "{close}"?' if close else 'Write "other" for any other method',
            code="unknown-word",
            value=payment.method,
            nearest=close,
            suggestion=close,
        )


def not_negative(what: str, amount: Decimal) -> None:
    """Raise an error for money of an order that is below 0."""
    if amount < 0:
        raise DomainError(f"{what} must be 0 or more, got {amount}", code="bad-amount", value=amount)


def _not_overpaid(paid: Money, total: Money | None) -> None:
    if total is not None and total < paid:
        raise DomainError(
            f"the payments must be at most {total}, the price of the order, got {paid}",
            todo="Correct the payments, or state the amount of the order in [order] amount",
            code="over-paid",
            value=paid.amount,
        )


def check_payments(
    payments: Sequence[Payment], currency: str, rules: RuleSet, *, total: Money | None
) -> None:
    """Raise an error for payments that cannot be those of an order.

    Raises
    ------
    DomainError
        If a method is unknown, an amount is negative, a rate is missing, or the sum exceeds the price of the order.
    """
    for one in payments:
        _known_method(one, rules)
        not_negative("a fee", one.fee or Decimal(0))
    _not_overpaid(sum_of((paid_in(one, currency) for one in payments), currency), total)
