"""Checking a contract before anyone signs it: what could never be claimed on, and what would stop an inspection."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from aql.contract.check_plans import check_plans
from aql.contract.check_terms import check_terms
from aql.contract.contract import Contract
from aql.contract.findings import Finding, Findings
from aql.documents.problems import in_short
from aql.errors import DomainError

__all__ = ["check"]


def check(contract: Contract) -> Findings:
    """Judge what a contract says.

    Parameters
    ----------
    contract : Contract
        A contract that loaded; loading has checked its shape.

    Returns
    -------
    Findings
        What was found, errors first; empty for a contract in which every term can be measured and enforced.

    Notes
    -----
    An error stops `score`: nobody could say whether the lot conforms. A warning weakens a claim. A note is worth
    knowing.

    Examples
    --------
    >>> contract = Contract.load(
    ...     {
    ...         "order": {"id": "PO-1", "quantity": 3000, "shipment_date": "2026-12-15"},
    ...         "classes": [{"name": "major", "aql": 2.5}],
    ...         "terms": [{"id": "battery", "class": "major", "text": "Long lasting battery"}],
    ...     }
    ... )
    >>> found = check(contract)
    >>> found[0].code, found[0].path
    ('unmeasurable', 'terms[0]')
    """
    if not isinstance(contract, Contract):
        raise DomainError(
            f"contract must be an aql.Contract, got {in_short(contract)}",
            todo="Load one with aql.Contract.load",
            value=contract,
        )
    return Findings([*_order(contract), *check_plans(contract), *check_terms(contract)])


def _order(contract: Contract) -> Iterator[Finding]:
    order, cover = contract.order, contract.cover
    if order.shipment_date is None:
        yield Finding(
            "warning",
            "no-shipment-date",
            "order.shipment_date",
            "The contract has no shipment date, so late delivery cannot be claimed on.",
            "Add shipment_date = 2026-12-15.",
        )
    if order.quantity is None:
        yield Finding(
            "warning",
            "no-quantity",
            "order.quantity",
            "The contract has no quantity, so a short delivery cannot be claimed on.",
            "Add quantity = 3000.",
        )
    if order.unit_price is not None and order.currency is None:
        yield Finding(
            "warning", "no-currency", "order.currency", "The price has no currency.", 'Add currency = "USD".'
        )
    for name, amount in (("order.unit_price", order.unit_price), *_amounts_of(contract)):
        if amount is not None and amount < 0:
            yield Finding(
                "error",
                "bad-amount",
                name,
                f"The amount must be 0 or more, got {amount}.",
                "Write an amount of 0 or more.",
            )
    if (
        cover is not None
        and cover.limit is not None
        and order.total is not None
        and order.total > cover.limit
    ):
        yield Finding(
            "note",
            "above-cover",
            "cover.limit",
            f"The order of {order.total:f} is above the cover's limit of {cover.limit:f}.",
            "At most the limit can be refunded; ask the supplier for a higher one, or split the order.",
        )


def _amounts_of(contract: Contract) -> tuple[tuple[str, Decimal | None], ...]:
    if contract.cover is None:
        return ()
    return (("cover.limit", contract.cover.limit), ("cover.initial_payment", contract.cover.initial_payment))
