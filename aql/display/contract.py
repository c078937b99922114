"""A contract as HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aql import markup
from aql.contract.terms import Term

if TYPE_CHECKING:
    from aql.contract.contract import Contract, Cover
    from aql.contract.terms import Class
    from aql.plans.plan import MultiplePlan, SinglePlan

__all__ = ["contract_html"]


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
            ("Cover", _cover(contract.cover)),
            (
                "Inspection",
                f"{clause.standard}, level {clause.level}, {clause.severity}, {clause.sampling} sampling",
            ),
            ("Counting", f"{clause.counting}; samples {clause.sample}"),
            (
                "Packed",
                None if clause.packed_share is None else f"at least {float(100 * clause.packed_share):g} %",
            ),
        ]
    )
    classes = markup.table(
        ("class", "plan"),
        [(one.name, _plan(one)) for one in contract.classes],
    )
    terms = markup.table(
        ("term", "class", "agreed", "plan"),
        [
            (
                term.id,
                term.class_ or "the lot",
                _agreed(term),
                _own_plan(term),
            )
            for term in contract.terms
        ],
    )
    return markup.block(
        f"Contract {order.id}",
        head,
        *((markup.part("Classes"), classes) if contract.classes else ()),
        *((markup.part("Terms"), terms) if contract.terms else ()),
    )


def _cover(cover: Cover | None) -> str | None:
    """The cover of the order on one line."""
    if cover is None:
        return None
    amounts = (
        ("limit", cover.limit),
        ("remaining limit", cover.remaining_limit),
        ("initial payment", cover.initial_payment),
    )
    said = [f"{name} {amount}" for name, amount in amounts if amount is not None]
    return ", ".join([f"rules {cover.rules}", *([cover.type] if cover.type else []), *said])


def _agreed(term: Term) -> markup.Html:
    """What was agreed, followed by the text of the term unless that repeats it."""
    agreed = term.agreed()
    return markup.element("span", agreed) if term.text in agreed else markup.with_small(agreed, term.text)


def _own_plan(term: Term) -> str:
    """The plan of a term with its own plan, and whose readings it judges."""
    plan = f"{_plan(term)}{', of cartons' if term.of == 'cartons' else ''}" if term.own_line else ""
    read = "" if term.reading_of is None else f"readings of {term.reading_of}"
    return "; ".join(part for part in (plan, read) if part)


def _plan(one: Class | Term) -> str:
    """The plan of a class, or of a term with its own plan, in words."""
    level = f"level {one.level}" if isinstance(one, Term) and one.level is not None else ""
    if one.plan is not None:
        return _stated(one.plan.plan())
    if isinstance(one, Term) and one.sample is not None:
        return f"sample of {one.sample}, Ac {one.ac or 0}"
    if one.inspect is not None:
        return f"every item, Ac {one.ac or 0}"
    aql = f"AQL {one.aql}" + (", not allowed" if not one.aql else "") if one.aql is not None else ""
    return ", ".join(part for part in (aql, level) if part)


def _stated(plan: SinglePlan | MultiplePlan) -> str:
    """A plan stated in the contract, stage by stage."""
    return "; ".join(
        f"n {stage.n}, Ac {'#' if stage.ac is None else stage.ac}, Re {stage.re}" for stage in plan.stages
    )
