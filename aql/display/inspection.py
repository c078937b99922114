"""An inspection, and the findings of a contract's check, as HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aql import markup

if TYPE_CHECKING:
    from aql.contract.findings import Findings
    from aql.inspection.inspection import Inspection
    from aql.inspection.log import LogRow

__all__ = ["findings_html", "inspection_html"]


def inspection_html(inspection: Inspection) -> markup.Html:
    """Return an inspection as a block of HTML: the lot, the inspection, and the number of log rows by term."""
    header = inspection.header
    lot, visit = header.lot, header.inspection
    by_line = visit.inspected if isinstance(visit.inspected, tuple) else ()
    inspected = ", ".join(f"{name} {number}" for name, number in by_line) or visit.inspected or None
    groups: dict[str, list[LogRow]] = {}
    for row in inspection.rows:
        name = f"{row.class_}, no term" if row.class_ else "the item as a whole"
        groups.setdefault(row.term or name, []).append(row)
    facts = markup.facts(
        [
            ("Produced", lot.produced),
            ("Packed", lot.packed),
            ("Cartons", lot.carton_count),
            ("Shipped on", lot.shipped_on),
            ("SKUs", ", ".join(f"{one.sku} {one.quantity}" for one in lot.skus) or None),
            ("Date", visit.date),
            ("Inspector", ", ".join(filter(None, (visit.inspector, visit.company))) or None),
            ("Place", visit.place),
            ("Inspected", inspected),
            ("Items by name", len(visit.items) or None),
            ("Reinspection of", visit.reinspection_of or None),
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
        markup.part("Log"),
        log if groups else markup.element("p", "The log is empty."),
        *((markup.part("Remarks"), markup.items(visit.remarks)) if visit.remarks else ()),
    )


_TONES = {"error": "bad", "warning": "wait", "note": "info"}


def findings_html(findings: Findings) -> markup.Html:
    """Return the findings of a check as a block of HTML."""
    if not findings:
        return markup.block("Check", markup.badge("good", "every term can be measured and enforced"))
    rows = [
        (markup.badge(_TONES[one.severity], one.severity), one.where, one.problem, one.rewrite)
        for one in findings
    ]
    return markup.block(
        f"Check: {findings.counts()}",
        markup.table(("", "where", "problem", "fix"), rows),
    )
