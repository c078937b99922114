"""What the rows of a log mean: each different row is judged once, by the rules for the log of a single lot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from aql.contract.contract import Contract
from aql.inspection.findings_source import FindingsSource
from aql.inspection.header import InspectionHeader
from aql.inspection.inspection import Inspection
from aql.inspection.log import LogRow, parse_rows
from aql.inspection.log_cells import RawLog
from aql.scoring.decision_line import decision_lines
from aql.scoring.defects import Defect
from aql.scoring.observations import Observations, observe

__all__ = ["RowKind", "row_kinds"]

_ANY_LOT = 2**40
"""Size of a lot that has any item."""


@dataclass(slots=True)
class RowKind:
    """What a row means, whichever lot and item it is about.

    Attributes
    ----------
    defects : list of Defect
        The defects that it reports, all on its item.
    read : set of str
        Terms of which it has a reading, or says that they do not apply.
    near : set of str
        Terms of which the reading is too near to a limit to be told from it.
    line : str
        Decision line whose findings it records with an item; "" if it records none.
    count : tuple of (str, str) or None
        Line and term that it counts without an item.
    answer : tuple of (str, str) or None
        Lot term and the answer to it.
    is_seen : bool
        Whether a defect was looked for by eye and found.
    is_cleared : bool
        Whether it says that nothing was found on its item.
    is_bad : bool
        Whether the row contradicts the contract.
    """

    defects: list[Defect] = field(default_factory=list)
    read: set[str] = field(default_factory=set)
    near: set[str] = field(default_factory=set)
    line: str = ""
    count: tuple[str, str] | None = None
    answer: tuple[str, str] | None = None
    is_seen: bool = False
    is_cleared: bool = False
    is_bad: bool = False


def row_kinds(contract: Contract, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> list[RowKind]:
    """Return the kinds of rows: each different row is judged without the others.

    Parameters
    ----------
    contract : Contract
        A contract whose check finds no error.
    columns : sequence of str
        Columns of a log, without those of the lot and the stage.
    rows : sequence of sequence of str
        The cells of each row; the item is "1" if the row has one.
    """
    header = InspectionHeader.model_validate(
        {"contract": contract.order.id, "lot": {"id": "any", "size": _ANY_LOT}}
    )
    place = columns.index("item") if "item" in columns else None
    numbered = [
        (
            number,
            tuple(str(number) if at == place and cell else cell for at, cell in enumerate(row)),
        )
        for number, row in enumerate(rows, start=1)
    ]
    parsed, problems = parse_rows(
        RawLog("findings", tuple(columns), tuple(numbered)), header, FindingsSource()
    )
    kinds = [RowKind() for _ in rows]
    for problem in problems:
        if problem.row is None:
            raise ValueError(problem)
        kinds[problem.row - 1].is_bad = True
    lines = decision_lines(contract, _ANY_LOT, cartons=_ANY_LOT)
    with_item = [row for row in parsed if row.item is not None]
    _take(contract, kinds, with_item, observe(contract, Inspection(header, tuple(with_item)), lines))
    for row in parsed:
        if row.item is None:
            _take(contract, kinds, [row], observe(contract, Inspection(header, (row,)), lines))
    return kinds


def _take(
    contract: Contract,
    kinds: list[RowKind],
    rows: Sequence[LogRow],
    seen: Observations,
) -> None:
    """Note what was observed in rows on different items, or in a single row without an item."""
    for problem in seen.problems:
        if problem.row is not None:
            kinds[problem.row - 1].is_bad = True
    for one in seen.defects:
        kinds[one.item - 1].defects.append(one)
    for term, readings in seen.readings.items():
        for item, reading in readings.items():
            kinds[item - 1].read.add(term)
            if reading.too_near is not None:
                kinds[item - 1].near.add(term)
    for term, items in seen.not_applicable.items():
        for item in items:
            kinds[item - 1].read.add(term)
    own = {
        term.id: term.id if term.own_line else term.class_ or "" for term in contract.terms if term.is_read
    }
    for row in rows:
        kind = kinds[(row.number or 0) - 1]
        if row.item is None:
            kind.count = next(((one.line, one.term) for one in seen.counts), None)
            kind.answer = next(iter(seen.answers.items()), None)
        elif row.term in kind.read:
            kind.line = own[row.term]
        elif kind.defects:
            kind.line, kind.is_seen = kind.defects[0].line, True
        else:
            kind.is_cleared = row.term not in own and not kind.is_bad
