"""The lines of a ledger: every transfer takes from one account what it gives to another, so a ledger sums to zero."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from aql.assurance.money import Money

__all__ = ["Account", "Entered", "LedgerLine", "transfer"]

Account = Literal["buyer", "supplier", "platform", "inspector", "payment-service", "carrier"]
"""Whose account a line changes."""

Entered = Literal[
    "goods-paid",
    "goods-refunded",
    "refunded-before",
    "inspection-paid",
    "inspection-refunded",
    "fee-of-paying",
    "fee-refunded",
    "return-freight",
    "coupon",
]
"""What a line is for."""


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One line of the ledger: positive amounts come into the account, negative ones leave it."""

    account: Account
    what: Entered
    amount: Money


def transfer(giver: Account, taker: Account, what: Entered, amount: Money) -> tuple[LedgerLine, LedgerLine]:
    """Return the two lines of a ledger for a transfer."""
    return LedgerLine(giver, what, -amount), LedgerLine(taker, what, amount)
