"""An inspection and its verdict as HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aql import markup
from aql.display.verdict import DECIDED
from aql.scoring.reasons import breached_items, named_items

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aql.inspection.inspection import Inspection
    from aql.inspection.log import LogRow
    from aql.scoring.verdict import Verdict

__all__ = ["DECISION_TONES", "STATUS_TONES", "deciding_reasons", "inspection_html", "verdict_html"]

DECISION_TONES = {"accept": "good", "reject": "bad", "continue": "next", "hold": "wait"}
STATUS_TONES = {"met": "good", "breached": "bad", "unknown": "wait", "open": "open"}


def inspection_html(inspection: Inspection) -> markup.Html:
    """Return an inspection as a block of HTML: the lot, the visit, and how much the log holds, term by term."""
    header = inspection.header
    lot, visit = header.lot, header.inspection
    said = visit.inspected
    inspected = ", ".join(f"{name} {number}" for name, number in said) if isinstance(said, tuple) else said
    groups: dict[str, list[LogRow]] = {}
    for row in inspection.rows:
        groups.setdefault(row.term or f"{row.class_}, no term", []).append(row)
    facts = markup.facts(
        [
            ("Produced", lot.produced),
            ("Packed", lot.packed),
            ("Cartons", lot.cartons),
            ("Shipped on", lot.shipped_on),
            ("SKUs", ", ".join(f"{one.sku} {one.quantity}" for one in lot.skus) or None),
            ("Date", visit.date),
            ("Inspector", ", ".join(filter(None, (visit.inspector, visit.company))) or None),
            ("Place", visit.place),
            ("Inspected", inspected),
            ("Follows", visit.reinspection_of or None),
            ("Photographs", len(visit.photos) or None),
        ]
    )
    log = markup.table(
        ("term", "rows", "items", "count"),
        [
            (
                name,
                len(rows),
                len({row.item for row in rows if row.item is not None}) or "",
                sum(row.count for row in rows if row.count is not None) or "",
            )
            for name, rows in groups.items()
        ],
        numbers=("rows", "items", "count"),
    )
    return markup.block(
        f"Inspection of lot {lot.id} of order {header.contract}, {lot.size} items",
        facts,
        markup.part("The log"),
        log if groups else markup.element("p", "It holds nothing."),
        *((markup.part("Remarks"), markup.items(visit.remarks)) if visit.remarks else ()),
    )


def deciding_reasons(verdict: Verdict, decision: str) -> Iterator[tuple[str, str]]:
    """Yield what of a verdict has this decision, each line or term of the lot with its reason."""
    for line in verdict.lines:
        if line.decision == decision:
            counted = f"; counted: {named_items(line.items)}" if line.items else ""
            yield line.name, "; ".join(line.reasons) + counted
    for term in verdict.lot_terms:
        if term.decision == decision and term.status not in {"met", "open"}:
            yield term.term, f"agreed: {term.agreed}; found: {term.found}"


def verdict_html(verdict: Verdict) -> markup.Html:
    """Return a verdict as a block of HTML: the decision, the lines, the lot's terms, the breaches, the notes."""
    parts: list[markup.Html | None] = [
        markup.element(
            "p",
            markup.badge(DECISION_TONES[verdict.decision], verdict.decision),
            f" The lot {DECIDED[verdict.decision]}.",
            class_="aql-lead",
        ),
        markup.items(
            markup.Html(markup.element("b", name) + markup.element("span", f": {why}."))
            for name, why in (
                deciding_reasons(verdict, verdict.decision) if verdict.decision != "accept" else ()
            )
        ),
        markup.part("Classes and terms with a plan of their own"),
        markup.table(
            ("line", "decision", "found", "Ac", "Re", "sample", "plan"),
            [
                (
                    line.name,
                    markup.badge(DECISION_TONES[line.decision], line.decision),
                    line.found,
                    "—" if line.ac is None else line.ac,
                    line.re,
                    line.sample,
                    line.basis,
                )
                for line in verdict.lines
            ],
            numbers=("found", "Ac", "Re", "sample"),
        ),
    ]
    if verdict.lot_terms:
        parts.append(markup.part("Terms of the whole lot"))
        parts.append(
            markup.table(
                ("term", "status", "agreed", "found"),
                [
                    (one.term, markup.badge(STATUS_TONES[one.status], one.status), one.agreed, one.found)
                    for one in verdict.lot_terms
                ],
            )
        )
    if verdict.breaches:
        parts.append(markup.part("Terms not met"))
        parts.append(
            markup.table(
                ("term", "class", "agreed", "found", "beyond", "items"),
                [
                    (
                        one.term,
                        one.class_name,
                        one.agreed,
                        one.found,
                        one.difference,
                        breached_items(one.items, bare=True),
                    )
                    for one in verdict.breaches
                ],
                numbers=("beyond",),
            )
        )
    if verdict.notes:
        parts += [markup.part("Notes"), markup.items(verdict.notes)]
    return markup.block(f"Lot {verdict.lot} of order {verdict.order}, {verdict.lot_size} items", *parts)
