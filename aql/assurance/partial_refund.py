"""Partial refunds by a named method: a share, the missing quantity, the price reduction of the CISG, or a ruling."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, get_args

from aql.assurance.cover import CoverAnswer
from aql.assurance.grounds import Ground
from aql.assurance.money import Money
from aql.documents.decimals import exact_number
from aql.errors import DomainError
from aql.words import short_repr

__all__ = ["METHODS", "Method", "RefundValues", "amount_of", "partial_refund"]

Method = Literal["share", "missing-quantity", "price-reduction", "ruling"]
"""How a partial refund is computed; no rule set states a formula."""
METHODS: tuple[Method, ...] = get_args(Method)  #: The same words as a tuple.

Exact = Decimal | str | None


@dataclass(frozen=True, slots=True)
class RefundValues:
    """What the methods compute with; each needs its own: see `partial_refund`."""

    share: Exact = None
    delivered: Exact = None
    conforming: Exact = None
    amount: Exact = None


def partial_refund(
    method: Method, values: RefundValues, cover: CoverAnswer, grounds: Sequence[Ground], currency: str
) -> Money | None:
    """Return a partial refund before it is limited to the cover; None if the payments are unknown.

    Parameters
    ----------
    method : str
        ``"share"`` and ``"missing-quantity"``: the share of what was paid that `values.share` states;
        ``"price-reduction"``: the price times 1 minus the value delivered over the value conforming (CISG article 50);
        ``"ruling"``: `values.amount`.
    values : RefundValues
        The numbers of the method.
    cover : CoverAnswer
        Price and payments.
    grounds : sequence of Ground
        The grounds that are not refused.
    currency : str
        Currency of the order.

    Raises
    ------
    DomainError
        If a number is missing or out of range, or a price is to be reduced for late delivery alone.
    """
    if method == "ruling":
        return amount_of(_needed(values.amount, "amount", method), currency, "amount")
    if method != "price-reduction":
        share = _share(_needed(values.share, "share", method))
        return None if cover.listed is None else cover.listed.times(share)
    if grounds and all(one.kind in {"late-shipment", "not-shipped"} for one in grounds):
        raise DomainError(
            "price-reduction must be about the goods: article 50 does not apply to late delivery",
            value=method,
        )
    worth = amount_of(_needed(values.delivered, "delivered", method), currency, "delivered")
    agreed = amount_of(_needed(values.conforming, "conforming", method), currency, "conforming")
    if not agreed or agreed < worth:
        raise DomainError("conforming must be above 0 and not below delivered", value=values.conforming)
    price = cover.total if cover.total is not None else cover.listed
    return None if price is None else price.times(1 - worth.amount / agreed.amount)


def amount_of(value: Decimal | str, currency: str, name: str) -> Money:
    """Return an amount for a partial refund, which must not be negative."""
    amount = Money.of(value, currency)
    if amount.amount < 0:
        raise DomainError(
            f"{name} must be 0 or more, got {amount.amount}", code="bad-amount", value=amount.amount
        )
    return amount


def _needed(value: Exact, name: str, method: str) -> Decimal | str:
    if value is None:
        raise DomainError(f"the method {method!r} needs {name}", code="missing-value")
    return value


def _share(value: Decimal | str) -> Decimal:
    exact = exact_number(value)
    if exact is None or not 0 <= exact <= 1:
        raise DomainError(
            f"share must be from 0 to 1, got {short_repr(value)}", todo='Write "0.3" for 30 %', value=value
        )
    return exact
