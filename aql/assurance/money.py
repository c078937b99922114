"""Amounts of money: exact decimals with an ISO 4217 currency and its number of decimals."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from aql.checks import instance
from aql.documents.decimals import exact_number
from aql.documents.json_values import JsonValue
from aql.errors import DomainError
from aql.words import in_brief, short_repr

__all__ = ["Money", "decimals_of", "rounded_money", "stated", "sum_of"]


@cache
def decimals_of(currency: str) -> int:
    """Return the number of decimals of a currency.

    Parameters
    ----------
    currency : str
        Three-letter ISO 4217 code.

    Raises
    ------
    DomainError
        If there is no such currency.

    Examples
    --------
    >>> decimals_of("USD"), decimals_of("JPY"), decimals_of("KWD")
    (2, 0, 3)
    """
    from babel.core import get_global
    from babel.numbers import get_currency_precision

    if currency not in get_global("all_currencies"):
        raise DomainError(
            f"currency must be an ISO 4217 code such as USD, got {short_repr(currency)}",
            code="unknown-currency",
            value=currency,
        )
    return int(get_currency_precision(currency))


_MOST_DIGITS = 20


@dataclass(frozen=True, slots=True, repr=False)
class Money(JsonValue):
    """An amount of money. Amounts of different currencies are never added or compared.

    Attributes
    ----------
    amount : Decimal
        The amount, with the decimals of the currency. [currency]
    currency : str
        Three-letter ISO 4217 code.

    Raises
    ------
    DomainError
        If the currency is unknown, or the amount has more decimals than the currency.

    Examples
    --------
    >>> Money.of("37350", "USD") + Money.of("15.5", "USD")
    <Money 37365.50 USD>
    >>> Money.of("1", "USD") + Money.of("1", "EUR")
    Traceback (most recent call last):
    ...
    aql.errors.DomainError: amounts must have one currency, got USD and EUR. State the rate of the payment.
    """

    amount: Decimal
    currency: str

    def __post_init__(self) -> None:
        instance(self.currency, str, "currency", "an ISO 4217 code such as USD")
        instance(self.amount, Decimal, "amount", "a Decimal", todo='Write Money.of("100", "USD")')
        places = decimals_of(self.currency)
        _check_size(self.amount)
        kept = self.amount.quantize(Decimal(1).scaleb(-places))
        if kept != self.amount:
            raise DomainError(
                f"an amount in {self.currency} must have at most {places} decimals, got {self.amount}",
                code="bad-amount",
                value=self.amount,
            )
        object.__setattr__(self, "amount", kept)

    @classmethod
    def of(cls, amount: Decimal | float | str, currency: str) -> Money:
        """Return an amount from an exact number or its text.

        Raises
        ------
        DomainError
            If it is not an exact decimal number; a float is not exact.

        Examples
        --------
        >>> Money.of("41.5", "USD")
        <Money 41.50 USD>
        """
        exact = exact_number(amount)
        if exact is None:
            raise DomainError(
                f"an amount must be an exact decimal number as text, got {short_repr(amount)}",
                code="bad-amount",
                value=amount,
            )
        return cls(exact, currency)

    def __add__(self, other: Money) -> Money:
        return Money(self.amount + self._same(other), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.amount - self._same(other), self.currency)

    def __neg__(self) -> Money:
        return Money(-self.amount, self.currency)

    def __lt__(self, other: Money) -> bool:
        return self.amount < self._same(other)

    def __le__(self, other: Money) -> bool:
        return self.amount <= self._same(other)

    def __bool__(self) -> bool:
        return bool(self.amount)

    def __str__(self) -> str:
        return f"{self.amount:f} {self.currency}"

    def __repr__(self) -> str:
        return in_brief("Money", str(self))

    def times(self, share: Decimal) -> Money:
        """Return the amount times a number, rounded half up to the decimals of the currency.

        Examples
        --------
        >>> Money.of("1030", "USD").times(Decimal("0.028"))
        <Money 28.84 USD>
        """
        return rounded_money(self.amount * share, self.currency)

    def _same(self, other: Money) -> Decimal:
        if other.currency != self.currency:
            raise DomainError(
                f"amounts must have one currency, got {self.currency} and {other.currency}",
                todo="State the rate of the payment",
                code="other-currency",
                value=other.currency,
            )
        return other.amount


def rounded_money(amount: Decimal, currency: str) -> Money:
    """Return an amount of money rounded half up to the decimals of its currency.

    Examples
    --------
    >>> rounded_money(Decimal("348.383438"), "USD")
    <Money 348.38 USD>
    """
    _check_size(amount)
    step = Decimal(1).scaleb(-decimals_of(currency))
    return Money(amount.quantize(step, rounding=ROUND_HALF_UP), currency)


def stated(amount: Money | None, otherwise: str = "unknown") -> str:
    """Return an amount of money in words, or that it is not stated; 0 is an amount.

    Examples
    --------
    >>> stated(Money.of("0", "USD")), stated(None)
    ('0.00 USD', 'unknown')
    """
    return otherwise if amount is None else str(amount)


def sum_of(amounts: Iterable[Money], currency: str) -> Money:
    """Return the sum of amounts of money in one currency; 0 if there are none.

    Examples
    --------
    >>> sum_of([Money.of("1.50", "USD"), Money.of("2", "USD")], "USD")
    <Money 3.50 USD>
    """
    total = Money(Decimal(0), currency)
    for one in amounts:
        total += one
    return total


def _check_size(amount: Decimal) -> None:
    if not amount.is_finite() or amount.adjusted() >= _MOST_DIGITS:
        raise DomainError(
            f"an amount must be below {10**_MOST_DIGITS}, got {short_repr(amount)}",
            code="bad-amount",
            value=amount,
        )
