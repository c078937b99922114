"""A resubmitted lot, which is inspected for the classes that the authority names in the header."""

from __future__ import annotations

from aql.contract.contract import Contract
from aql.inspection.header import InspectionHeader

__all__ = ["for_classes_named", "names_classes"]


def for_classes_named(contract: Contract, header: InspectionHeader) -> Contract:
    """Return the contract for a resubmission, with the classes named under ``severity``; otherwise as it is.

    Terms of the lot stay; terms and limits stay if all their classes are named.

    Examples
    --------
    >>> classes = [{"name": "major", "aql": 2.5}, {"name": "minor", "aql": 4.0}]
    >>> contract = Contract.load({"order": {"id": "PO-1"}, "classes": classes})
    >>> again = {"reinspection_of": "L1", "severity": {"major": "tightened"}}
    >>> header = {"contract": "PO-1", "lot": {"id": "L1", "size": 500}, "inspection": again}
    >>> for_classes_named(contract, InspectionHeader.model_validate(header)).class_names()
    ('major',)
    """
    severity = header.inspection.severity
    if not isinstance(severity, tuple) or not names_classes(header):
        return contract
    named = {name for name, _ in severity}
    classes = tuple(one for one in contract.classes if one.name in named)
    kept = {one.name for one in classes}
    terms = tuple(one for one in contract.terms if one.class_ is None or one.class_ in kept)
    members = kept | {one.id for one in terms}
    limits = tuple(one for one in contract.limits if set(one.of) <= members)
    return contract.model_copy(update={"classes": classes, "terms": terms, "limits": limits})


def names_classes(header: InspectionHeader) -> bool:
    """Return whether a header is that of a resubmission for some classes, those that it names."""
    return bool(header.inspection.reinspection_of) and isinstance(header.inspection.severity, tuple)
