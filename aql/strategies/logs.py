"""Strategies over logs as frames: the findings of an inspection in the columns that a program reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from aql.contract.contract import Contract
from aql.errors import DomainError
from aql.inspection.inspection import Inspection
from aql.standards.arguments import choice
from aql.strategies.visits import inspections

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["findings_frames", "frame_of"]

_COLUMNS = ("lot", "item", "term", "class", "value", "unit", "count", "note")
_NUMBERS = ("item", "count")
_TYPES = ("Int64", "object", "float64")


def findings_frames(
    contract: Contract, *, decision: str | None = None, lot_size: int | None = None
) -> st.SearchStrategy[pd.DataFrame]:
    """Logs of findings as pandas frames, in the forms in which they arrive.

    Parameters
    ----------
    contract : Contract
        A contract whose check finds no error.
    decision, lot_size : optional
        As in `inspections`.

    Returns
    -------
    SearchStrategy of DataFrame
        One row a finding or reading. Columns in any order, those that nothing needs often left out; item and count as
        whole numbers that may be missing, as floats or as objects. ``frame.attrs["header"]`` is the header that goes
        with the log, so that ``aql.Inspection.load(frame.attrs["header"], findings=frame)`` gives the inspection.

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
    return _frames(inspections(contract, decision=decision, lot_size=lot_size))


@st.composite
def _frames(draw: st.DrawFn, found: st.SearchStrategy[Inspection]) -> pd.DataFrame:
    inspection = draw(found)
    numbers = draw(st.sampled_from(_TYPES))
    frame = frame_of(inspection, numbers=numbers)
    unused = [name for name in frame.columns if name != "class" and frame[name].isna().all()]
    if draw(st.booleans()):
        frame = frame.drop(columns=unused)
    if draw(st.booleans()):
        frame = frame[draw(st.permutations(list(frame.columns)))]
    frame.attrs["header"] = inspection.header.to_dict()
    return frame


def frame_of(inspection: Inspection, *, numbers: str = "Int64") -> pd.DataFrame:
    """The log of an inspection as a frame; `numbers` is the type of item and count."""
    import pandas as pd

    choice(numbers, "type of numbers", _TYPES)
    if any(row.item is not None and row.item >= 2**53 for row in inspection.rows):
        raise DomainError(
            "an item above 2**53", "a frame may hold items as floats", "Number the items from 1"
        )
    rows: list[tuple[Any, ...]] = [
        (
            inspection.header.lot.id,
            row.item,
            row.term or None,
            row.class_ or None,
            row.value or None,
            row.unit or None,
            row.count,
            row.note or None,
        )
        for row in inspection.rows
    ]
    frame = pd.DataFrame(rows, columns=list(_COLUMNS), dtype=object)
    return frame.astype(dict.fromkeys(_NUMBERS, numbers))
