"""A value as code that builds it again: what Hypothesis prints of a failing example."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Protocol

from aql.errors import DomainError
from aql.types import SAMPLINGS, SEVERITIES, STANDARDS

if TYPE_CHECKING:
    from aql.contract.contract import Contract
    from aql.inspection.inspection import Inspection
    from aql.standards.iso2859_1.lookup import FractionalLookup, Lookup

__all__ = ["Call", "contract_code", "inspection_code", "lookup_code", "print_code", "value_code"]

Call = tuple[str, tuple[object, ...], dict[str, Any]]
"""A function by its public name, and the arguments that give the value."""


class Printer(Protocol):
    """The printer of Hypothesis."""

    known_object_printers: Mapping[Any, Any]

    def text(self, obj: str, /) -> None: ...

    def repr_call(self, func_name: str, args: Any, kwargs: Any, /) -> None: ...


def print_code(value: object, call: Call | None, printer: Printer) -> None:
    """Print the code of a value: `call`, or its ``repr`` without one; for a verdict, the call of `aql.score`.

    A verdict that the printer does not know is printed as the call that builds it from a dict.
    """
    scored = call is not None and call[0] == "aql.Verdict.from_dict"
    for key, printers in printer.known_object_printers.items() if scored else ():
        if getattr(key, "value", None) is value and printers:
            printers[0](value, printer, False)
            return
    if call is None:
        printer.text(repr(value))
    else:
        printer.repr_call(*call)


def contract_code(contract: Contract) -> Call:
    """Return a contract as code: the call that loads it from a dict.

    Examples
    --------
    >>> import aql
    >>> contract = aql.Contract.load({"order": {"id": "PO-1"}, "classes": [{"name": "major", "aql": 2.5}]})
    >>> contract_code(contract)
    ('aql.Contract.load', ({'order': {'id': 'PO-1'}, 'classes': [{'name': 'major', 'aql': 2.5}]},), {})
    """
    return "aql.Contract.load", (_without_schema(contract.to_dict()),), {}


def inspection_code(inspection: Inspection) -> Call:
    """Return an inspection as code: the call that builds it from a dict of header and log."""
    return "aql.Inspection.from_dict", (_without_schema(inspection.to_dict()),), {}


def _without_schema(document: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in document.items() if key != "schema"}


def lookup_code(found: Lookup | FractionalLookup) -> Call:
    """Return a lookup as code: the call that finds it, or one that builds it from a dict if it has other options.

    Examples
    --------
    >>> import aql
    >>> lookup_code(aql.lookup(1200, aql=2.5, severity="tightened"))
    ('aql.lookup', (1200,), {'aql': '2.5', 'severity': 'tightened'})
    """
    from aql.standards.iso2859_1.lookup import lookup

    size = () if found.lot_size is None else (found.lot_size,)
    given: dict[str, Any] = {
        "aql": found.aql,
        "letter": found.letter if found.level is None else None,
        "level": found.level if found.level != "II" else None,
        "severity": found.severity if found.severity != SEVERITIES[0] else None,
        "sampling": found.sampling if found.sampling != SAMPLINGS[0] else None,
        "standard": found.standard if found.standard != STANDARDS[0] else None,
    }
    stated = {key: value for key, value in given.items() if value is not None}
    for options in ({}, {"fractional": True}, {"prefer_below": True}):
        asked: dict[str, Any] = stated | options
        try:
            if lookup(found.lot_size, **asked) == found:
                return "aql.lookup", size, asked
        except DomainError:
            continue
    return value_code(found)


def value_code(value: Any) -> Call:
    """Return a value as code: the call that builds it from a dict."""
    kind = type(value)
    home = "aql" if kind.__name__ != "FractionalLookup" else "aql.standards"
    return f"{home}.{kind.__name__}.from_dict", (value.to_dict(),), {}
