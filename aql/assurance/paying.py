"""The payments of an order: its currency and price, what was paid through which methods, and what paying costs.

What a method costs depends on the date; the cheapest for an amount and a schedule, and the crossover of two, are found.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal

from aql.assurance.claim_choices import PAYING_METHODS, paying_method
from aql.assurance.claim_facts import ClaimFacts, Payment
from aql.assurance.money import Money, decimals_of, rounded_money, stated, sum_of
from aql.assurance.rule_sets import Rules, RuleSet, load_rules, not_in_rules
from aql.checks import day, instance, nearest, whole_number
from aql.contract.contract import Contract
from aql.documents.json_values import JsonValue
from aql.errors import DomainError
from aql.words import either, in_brief, short_repr

__all__ = [
    "PayingCost",
    "check_payments",
    "fee_crossover",
    "is_listed",
    "largest_payment",
    "not_negative",
    "order_currency",
    "order_total",
    "paid_in",
    "paying_costs",
    "paying_fee",
]


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class PayingCost(JsonValue):
    """What a method costs for a schedule of payments.

    Attributes
    ----------
    method : str
        The method.
    fees : tuple of Money, or None
        Fee of each payment; None if the sources do not state it.
    total : Money or None
        Their sum.
    possible : bool
        Whether every payment is within the cap of the method.
    """

    method: str
    fees: tuple[Money, ...] | None
    total: Money | None
    possible: bool

    def __repr__(self) -> str:
        return in_brief("PayingCost", f"{self.method}: {stated(self.total)}")


def paying_fee(
    amount: Money, method: str, *, on: date, rules: Rules, given: Mapping[str, Money] | None = None
) -> Money | None:
    """Return the fee of one payment; None if the sources do not state it.

    Parameters
    ----------
    amount : Money
        The payment, without the fee.
    method : str
        The method.
    on : date
        Day of the payment.
    rules : str, Path, mapping or RuleSet
        The rule set.
    given : mapping of str to Money, optional
        Fees per payment of methods whose fee you know, such as that of your bank for a transfer.

    Raises
    ------
    DomainError
        If the rule set does not have the method; the message names those that do.

    Examples
    --------
    >>> paying_fee(Money.of("1030", "USD"), "card", on=date(2017, 4, 1), rules="2017")
    <Money 28.84 USD>
    """
    if not isinstance(amount, Money):
        raise DomainError(
            f"amount must be an aql.assurance.Money, got {short_repr(amount)}",
            todo='Write Money.of("100", "USD")',
            value=amount,
        )
    not_negative("amount", amount.amount)
    rule_set = load_rules(rules)
    day(on, "on")
    instance(method, str, "method", "text")
    _check_fees(given)
    if given is not None and method in given:
        not_negative(f"the fee given for {method!r}", given[method].amount)
        return given[method]
    method = paying_method(method)
    percent = rule_set.find(f"fee.{method}.percent", on=on)
    fixed = rule_set.find(f"fee.{method}.fixed", on=on)
    tiers = rule_set.find(f"fee.{method}.tiers", on=on)
    if percent is None and fixed is None and tiers is None:
        key = f"fee.{method}.percent"
        raise not_in_rules(rule_set, f"the fee of {method!r}", key)
    if tiers is not None:
        return _tier(amount, tiers.words, tiers.unit)
    fee = Money(Decimal(0), amount.currency)
    if percent is not None:
        if percent.value is None:
            return None
        fee += amount.times(percent.decimal / 100)
    if fixed is not None:
        if fixed.value is None or (fixed.unit is not None and fixed.unit != amount.currency):
            return None
        fee += Money.of(fixed.decimal, amount.currency)
    return fee


def _check_fees(given: object) -> None:
    """Check the fees that the caller knows."""
    if given is None:
        return
    if not isinstance(given, Mapping):
        raise DomainError(
            f"given must be a mapping of methods to amounts, got {short_repr(given)}", value=given
        )
    for method, fee in given.items():
        instance(method, str, "a method of given", "text")
        instance(fee, Money, f"the fee given for {method!r}", "an aql.assurance.Money")


def _tier(amount: Money, tiers: Sequence[str], unit: str | None) -> Money | None:
    if unit != amount.currency:
        return None
    for tier in tiers:
        most, _, fee = tier.partition(":")
        if amount.amount <= Decimal(most.strip()):
            return Money.of(fee.strip(), amount.currency)
    return None


def paying_costs(
    payments: Sequence[Money], *, on: date, rules: Rules, given: Mapping[str, Money] | None = None
) -> tuple[PayingCost, ...]:
    """Return what every method costs for a schedule of payments, the cheapest first and the unknown ones last.

    Parameters
    ----------
    payments : sequence of Money
        The payments, such as an initial payment and a balance.
    on : date
        Day of the payments.
    rules : str, Path, mapping or RuleSet
        The rule set.
    given : mapping of str to Money, optional
        Fees per payment of methods whose fee you know.

    Examples
    --------
    >>> half = Money.of("500", "USD")
    >>> [
    ...     (one.method, str(one.total))
    ...     for one in paying_costs([half, half], on=date(2017, 4, 1), rules="2017")
    ... ]
    [('card', '28.00 USD'), ('e-checking', '30.00 USD'), ('transfer', 'None')]
    """
    rule_set = load_rules(rules)
    if not isinstance(payments, (list, tuple)):
        raise DomainError(f"payments must be a list of amounts, got {short_repr(payments)}", value=payments)
    _check_fees(given)
    if not payments:
        raise DomainError("payments must have at least one amount", code="missing-value", value=payments)
    methods = dict.fromkeys(one.key.split(".")[1] for one in rule_set.entries if one.key.startswith("fee."))
    methods |= dict.fromkeys(given or {})
    found = [_cost(method, payments, on, rule_set, given) for method in methods]
    return tuple(
        sorted(
            found, key=lambda one: (not one.possible, one.total is None, one.total.amount if one.total else 0)
        )
    )


def _cost(
    method: str, payments: Sequence[Money], on: date, rules: RuleSet, given: Mapping[str, Money] | None
) -> PayingCost:
    fees = [paying_fee(one, method, on=on, rules=rules, given=given) for one in payments]
    known = tuple(one for one in fees if one is not None)
    cap = rules.value(f"fee.{method}.cap", on=on)
    possible = True
    if cap is not None and cap.unit == payments[0].currency and len(known) == len(fees):
        possible = all((one + fee).amount <= cap.decimal for one, fee in zip(payments, known, strict=True))
    if len(known) < len(fees):
        return PayingCost(method=method, fees=None, total=None, possible=possible)
    total = sum_of(known, payments[0].currency)
    return PayingCost(method=method, fees=known, total=total, possible=possible)


def fee_crossover(
    by_percent: str, by_payment: str, *, on: date, rules: Rules, payments: int = 1
) -> Money | None:
    """Return the price of an order above which paying a fee per payment is cheaper than a percentage.

    Parameters
    ----------
    by_percent, by_payment : str
        A method with a percentage and one with a fixed fee per payment.
    on : date
        Day of the payments.
    rules : str, Path, mapping or RuleSet
        The rule set.
    payments : int
        Number of payments of the order.

    Returns
    -------
    Money or None
        The price at which both cost the same; None if one of the fees is unknown, or the fixed fee is 0.

    Examples
    --------
    >>> fee_crossover("card", "e-checking", on=date(2017, 4, 1), rules="2017")
    <Money 535.71 USD>
    >>> fee_crossover("card", "e-checking", on=date(2017, 4, 1), rules="2017", payments=2)
    <Money 1071.43 USD>
    """
    rule_set = load_rules(rules)
    day(on, "on")
    for method in (by_percent, by_payment):
        instance(method, str, "method", "text")
    number = whole_number(payments, "payments", least=1)
    percent = rule_set.find(f"fee.{by_percent}.percent", on=on)
    fixed = rule_set.find(f"fee.{by_payment}.fixed", on=on)
    if percent is None:
        raise not_in_rules(rule_set, f"a percentage of {by_percent!r}", f"fee.{by_percent}.percent")
    if fixed is None:
        raise not_in_rules(rule_set, f"a fee per payment of {by_payment!r}", f"fee.{by_payment}.fixed")
    if (
        percent.value is None
        or fixed.value is None
        or fixed.unit is None
        or not fixed.decimal
        or not percent.decimal
    ):
        return None
    return rounded_money(number * fixed.decimal / (percent.decimal / 100), fixed.unit)


def largest_payment(method: str, *, on: date, rules: Rules) -> Money | None:
    """Return the largest payment that the cap of a way of paying allows, with its fee inside; None without a cap.

    Raises
    ------
    DomainError
        If the rule set does not have the method; the message names those that do.

    Examples
    --------
    >>> largest_payment("apple-pay", on=date(2026, 6, 1), rules="current")
    <Money 11651.62 USD>
    """
    rule_set = load_rules(rules)
    day(on, "on")
    method = paying_method(method)
    if not any(one.key.startswith(f"fee.{method}.") for one in rule_set.entries):
        raise not_in_rules(rule_set, f"the fee of {method!r}", f"fee.{method}.percent")
    cap = rule_set.value(f"fee.{method}.cap", on=on)
    percent = rule_set.value(f"fee.{method}.percent", on=on)
    if cap is None or cap.unit is None:
        return None
    share = Decimal(0) if percent is None else percent.decimal / 100
    step = Decimal(1).scaleb(-decimals_of(cap.unit))
    amount = (cap.decimal / (1 + share)).quantize(step, rounding=ROUND_DOWN)
    while True:
        more = Money(amount + step, cap.unit)
        if (more + more.times(share)).amount > cap.decimal:
            return Money(amount, cap.unit)
        amount += step


def is_listed(payment: Payment, rules: RuleSet, facts: ClaimFacts) -> bool:
    """Whether money for the order was paid through a method that the rule set lists, to the right account."""
    if facts.order.kind == "off-platform" or payment.account == "private":
        return False
    methods = rules.value("pay.listed")
    return methods is not None and payment.method in methods.words


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
            f"the method of a payment must be {either(dict.fromkeys(known))}, got {short_repr(payment.method)}",
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
