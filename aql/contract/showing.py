"""A contract and the findings of its check as HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aql import markup

if TYPE_CHECKING:
    from aql.contract.document import Contract
    from aql.contract.findings import Findings

__all__ = ["contract_html", "findings_html"]

_TONES = {"error": "bad", "warning": "wait", "note": "info"}


def contract_html(contract: Contract) -> markup.Html:
    """Return a contract as a block of HTML: the order, the classes and the terms."""
    order, clause = contract.order, contract.inspection
    price = f"{order.unit_price} {order.currency or ''}".strip() if order.unit_price is not None else None
    head = markup.facts(
        [
            ("Supplier", order.supplier),
            ("Product", order.product),
            ("Quantity", order.quantity),
            ("Unit price", price),
            ("Ship by", order.shipment_date),
            (
                "Inspection",
                f"{clause.standard}, level {clause.level}, {clause.severity}, {clause.sampling} sampling",
            ),
            ("Counting", f"{clause.counting}; samples {clause.sample}"),
        ]
    )
    classes = markup.table(
        ("class", "AQL or plan"),
        [(one.name, f"AQL {one.aql}" if one.aql is not None else _stated(one)) for one in contract.classes],
    )
    terms = markup.table(
        ("term", "class", "agreed", "text"),
        [(term.id, term.class_ or "the lot", term.agreed(), term.text) for term in contract.terms],
    )
    return markup.block(f"Contract {order.id}", head, classes, terms)


def _stated(one: object) -> str:
    plan = getattr(one, "plan", None)
    return str(plan.plan()) if plan is not None else "every item"


def findings_html(findings: Findings) -> markup.Html:
    """Return the findings of a check as a block of HTML."""
    if not findings:
        return markup.block("Check", markup.badge("good", "every term can be measured and claimed on"))
    rows = [
        (markup.badge(_TONES[one.severity], one.severity), one.path, one.problem, one.rewrite)
        for one in findings
    ]
    return markup.block(
        f"Check: {findings.counts()}",
        markup.table(("", "where", "what is wrong", "what would mend it"), rows),
    )
