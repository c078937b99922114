"""The quality of each line, at which the desk computes the chance that the line will accept."""

from __future__ import annotations

from collections.abc import Mapping

from aql.checks import share
from aql.contract.contract import Contract
from aql.errors import DomainError
from aql.scoring.decision_line import Line
from aql.words import listed, short_repr

__all__ = ["qualities_of"]

_MOST_PER_ITEM = 1_000_000
"""The largest quality that a line can have, in nonconformities per item."""


def qualities_of(contract: Contract, lines: tuple[Line, ...], given: Mapping[str, float]) -> dict[str, float]:
    """Return the quality of each line: as given, or per item its AQL, or that of its class if it has its own plan."""
    names = [line.name for line in lines]
    if not isinstance(given, Mapping):
        raise DomainError(f"qualities must be a mapping of lines to numbers, got {short_repr(given)}")
    unknown = [name for name in given if name not in names]
    if unknown:
        raise DomainError(
            f"qualities must name lines ({', '.join(names)}), got {listed(map(short_repr, unknown))}",
            value=unknown,
        )
    of_class = {one.name: one.aql for one in contract.classes}
    found = {
        line.name: float(aql) / 100
        for line in lines
        if (aql := of_class.get(line.class_name) if line.lookup is None else line.lookup.aql) is not None
    }
    by_items = contract.inspection.counting == "items"
    for name, quality in given.items():
        found[name] = share(quality, f"the quality of {name}", most=1 if by_items else _MOST_PER_ITEM)
    return found
