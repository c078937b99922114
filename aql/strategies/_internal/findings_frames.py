"""Logs as pandas frames, with the variations that occur in practice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

from hypothesis import strategies as st

from aql.contract.contract import Contract
from aql.inspection.findings_source import FindingsSource
from aql.inspection.inspection import Inspection
from aql.inspection.log import LogRow
from aql.strategies._internal.inspections import inspections
from aql.types import Decision

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["findings_frames"]

_COLUMNS = (
    *("lot", "stage", "item", "term", "class", "value", "unit", "count", "carton", "sku", "photo", "note"),
)
_Numbers = Literal["Int64", "object", "float64"]
_NUMBERS: tuple[_Numbers, ...] = get_args(_Numbers)


def findings_frames(
    contract: Contract, *, decision: Decision | None = None, lot_size: int | None = None
) -> st.SearchStrategy[pd.DataFrame]:
    """Strategy for logs as pandas frames, with the variations that occur in practice.

    Parameters
    ----------
    contract : Contract
        A contract whose check finds no error.
    decision, lot_size : optional
        As in `inspections`.

    Returns
    -------
    SearchStrategy of DataFrame
        One row per finding or reading. Columns are in any order, and empty ones are often missing. Item and count are
        nullable integers, floats or objects. ``frame.attrs["header"]`` is the header of the inspection, so
        ``aql.Inspection.load(frame.attrs["header"], findings=frame)`` loads the inspection.

    Raises
    ------
    DomainError
        As in `inspections`.

    Examples
    --------
    >>> import aql
    >>> from hypothesis import find
    >>> contract, _ = aql.examples.tablet_order()
    >>> frame = find(findings_frames(contract, decision="reject"), lambda frame: len(frame) > 0)
    >>> inspection = aql.Inspection.load(frame.attrs["header"], findings=frame)
    >>> aql.score(contract, inspection).decision
    'reject'
    """
    return _findings_frames(inspections(contract, decision=decision, lot_size=lot_size))


@st.composite
def _findings_frames(draw: st.DrawFn, drawn: st.SearchStrategy[Inspection]) -> pd.DataFrame:
    inspection = draw(drawn)
    frame = findings_frame(inspection, numbers=draw(st.sampled_from(_NUMBERS)))
    empty = [name for name in frame.columns if name != "class" and frame[name].isna().all()]
    if draw(st.booleans()):
        frame = frame.drop(columns=empty)
    if draw(st.booleans()):
        frame = frame[draw(st.permutations(list(frame.columns)))]
    frame.attrs["header"] = header_of_frame(inspection)
    return frame


def header_of_frame(inspection: Inspection) -> dict[str, object]:
    """Return the header for the frame, which has a row per finding and one lot, whatever the log had that it comes from."""
    given = inspection.header.findings
    how = FindingsSource(decimal=given.decimal, answers=given.answers)
    return inspection.header.model_copy(update={"findings": how}).to_dict()


def findings_frame(inspection: Inspection, *, numbers: _Numbers) -> pd.DataFrame:
    """Return the log of a drawn inspection as a frame of findings; `numbers` is the type of item and count."""
    import pandas as pd

    lot, visit = inspection.header.lot.id, inspection.header.inspection

    def item(row: LogRow) -> int | str | None:
        return row.item if row.item is None or not visit.items else visit.item_name(row.item)

    rows = [
        (
            *(lot, row.stage, item(row), row.term, row.class_, row.value, row.unit, row.count),
            *(row.carton, row.sku, row.photo, row.note),
        )
        for row in inspection.rows
    ]
    cells = [[cell if cell != "" else None for cell in row] for row in rows]
    frame = pd.DataFrame(cells, columns=list(_COLUMNS), dtype=object)
    return frame.astype(
        {name: numbers for name in ("stage", "item", "count") if name != "item" or not visit.items}
    )
