"""The check of a contract before it is signed: terms that could not be enforced, and errors that prevent scoring."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from aql.contract.check_limits import check_limits
from aql.contract.check_minimums import check_minimums
from aql.contract.check_plans import check_plans
from aql.contract.check_references import check_references
from aql.contract.check_terms import check_terms
from aql.contract.contract import Contract
from aql.contract.findings import Finding, Findings
from aql.errors import DomainError
from aql.words import short_repr

__all__ = ["check"]


def check(contract: Contract) -> Findings:
    """Check whether a contract makes sense and can be enforced.

    Parameters
    ----------
    contract : Contract
        A contract; loading it has already checked its structure.

    Returns
    -------
    Findings
        The problems, errors first; empty if every term can be measured and enforced.

    Notes
    -----
    With an error the lot cannot be judged, so `score` refuses the contract. A warning means that a claim would be
    weaker. A note is for information.

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
            f"contract must be an aql.Contract, got {short_repr(contract)}",
            todo="Load one with aql.Contract.load",
            value=contract,
        )
    found = [*_order(contract), *check_plans(contract), *check_minimums(contract), *check_limits(contract)]
    found += [*check_terms(contract), *check_references(contract)]
    return Findings(replace(one, name=_name(one.path, contract)) for one in found)


def _name(path: str, contract: Contract) -> str:
    """The id of the term or the name of the class at a path, or ""."""
    place = re.match(r"(terms|classes)\[(\d+)\]", path)
    if place is None:
        return ""
    number = int(place[2])
    return contract.terms[number].id if place[1] == "terms" else contract.classes[number].name


def _order(contract: Contract) -> Iterator[Finding]:
    order, cover = contract.order, contract.cover
    if order.shipment_date is None:
        yield Finding(
            "warning",
            "no-shipment-date",
            "order.shipment_date",
            "The contract has no shipment date, so late delivery is not grounds for a claim.",
            "Add shipment_date = 2026-12-15.",
        )
    if order.quantity is None:
        yield Finding(
            "warning",
            "no-quantity",
            "order.quantity",
            "The contract has no quantity, so a short delivery is not grounds for a claim.",
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
                "Correct the amount.",
            )
    left, most = (None, None) if cover is None else (cover.remaining_limit, cover.limit)
    if left is not None and most is not None and left > most:
        yield Finding(
            "error",
            "bad-amount",
            "cover.remaining_limit",
            f"The remaining limit of {left:f} is above the limit of {most:f}.",
            "Correct one of them.",
        )
    if order.created is not None and order.shipment_date is not None and order.created > order.shipment_date:
        yield Finding(
            "error",
            "bad-date",
            "order.created",
            f"The order of {order.created} is later than its shipment date, {order.shipment_date}.",
            "Correct one of them.",
        )
    limit = most if left is None else left
    if limit is not None and order.total is not None and order.total > limit:
        yield Finding(
            "note",
            "above-cover",
            "cover.limit",
            f"The order total of {order.total:f} is above the cover limit of {limit:f}.",
            "A refund is at most the limit. Ask the supplier for a higher limit, or split the order.",
        )


def _amounts_of(contract: Contract) -> tuple[tuple[str, Decimal | None], ...]:
    if contract.cover is None:
        return ()
    return (
        ("cover.limit", contract.cover.limit),
        ("cover.remaining_limit", contract.cover.remaining_limit),
        ("cover.initial_payment", contract.cover.initial_payment),
    )
