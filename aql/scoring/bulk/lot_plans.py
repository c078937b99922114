"""The plans of many lots: lots with the same plans share one set of decision lines."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field

import narwhals.stable.v2 as nw

from aql.contract.contract import Contract
from aql.errors import AqlError
from aql.scoring.decision_line import Line, SeverityOf, decision_lines
from aql.standards.editions import edition
from aql.standards.iso2859_1.code_letters import letter_bands
from aql.types import SEVERITIES, Severity

__all__ = ["Facts", "LotGroups", "Plans", "lot_groups"]

Facts = tuple[int, int | None, tuple[tuple[str, Severity], ...] | Severity | None]
"""What the plans of a lot depend on: its size, its cartons, and its severity as in a header."""


@dataclass(slots=True)
class Plans:
    """The different sets of decision lines of a contract, in the order in which they were met.

    Attributes
    ----------
    contract : Contract
        A contract whose check finds no error.
    sets : list of tuple of Line
        The sets; their places are the keys of lots.
    """

    contract: Contract
    sets: list[tuple[Line, ...]] = field(default_factory=list)
    _keys: dict[tuple[object, ...], int] = field(default_factory=dict)

    def key_of(self, facts: Facts) -> int:
        """Return the key of a lot.

        Raises
        ------
        DomainError
            If the tables have no plan for the lot.
        """
        size, cartons, severity = facts
        stated = dict(severity) if isinstance(severity, tuple) else {}
        one = severity if isinstance(severity, str) else None

        def severity_of(line: str, class_name: str) -> Severity | None:
            return one or stated.get(line, stated.get(class_name))

        lines = decision_lines(self.contract, size, cartons=cartons, severity_of=severity_of)
        same = tuple((line.name, line.lot_plan, line.origin) for line in lines)
        key = self._keys.setdefault(same, len(self.sets))
        if key == len(self.sets):
            self.sets.append(lines)
        return key


@dataclass(frozen=True, slots=True)
class LotGroups:
    """How lots are grouped by size, so that the lots of a group have the same plans.

    Attributes
    ----------
    bands : tuple of (int, int)
        The first lot size of each band of sizes with the same plans, and the first size in it that no sample exhausts.
        The size of a smaller lot limits its samples, so each of these sizes has its own group; without bands, each has.
    """

    bands: tuple[tuple[int, int], ...]

    def of(self, size: nw.Expr) -> nw.Expr:
        """Return a size in the same group, which is the smallest one for lots that no sample exhausts."""
        group = size
        for start, first in self.bands:
            own = nw.lit(first)
            own = own if start == first else nw.when(size >= first).then(own).otherwise(size)
            group = nw.when(size >= start).then(own).otherwise(group)
        return group


def lot_groups(contract: Contract) -> LotGroups:
    """Return how many lots are grouped by size, so that lots with the same plans share them.

    Examples
    --------
    >>> contract = Contract.load({"order": {"id": "PO-1"}, "classes": [{"name": "major", "aql": 6.5}]})
    >>> lot_groups(contract).bands[:4]
    ((2, 3), (9, 9), (16, 16), (26, 26))
    """
    inspect = (*(one.inspect for one in contract.classes), *(one.inspect for one in contract.terms))
    if any(one is not None for one in inspect):
        return LotGroups(())
    bands = []
    for start in sorted({2, *_band_starts(contract)}):
        lines = (line for lines in _at_every_severity(contract, start) for line in lines)
        bands.append((start, max(start, *(line.plan.total for line in lines), 1)))
    return LotGroups(tuple(bands))


def _band_starts(contract: Contract) -> Iterator[int]:
    """The first lot size of every band of the tables at the levels that the contract uses."""
    folder = edition(contract.inspection.standard).folder
    for level in {contract.inspection.level, *(term.level for term in contract.terms if term.level)}:
        yield from letter_bands(folder, level)[0]


def _at_every_severity(contract: Contract, lot_size: int) -> Iterator[tuple[Line, ...]]:
    """The decision lines of a lot at each severity that the tables have for it."""
    for severity in SEVERITIES:
        with suppress(AqlError):
            yield decision_lines(contract, lot_size, cartons=lot_size, severity_of=_always(severity))


def _always(severity: Severity) -> SeverityOf:
    return lambda _line, _class: severity
