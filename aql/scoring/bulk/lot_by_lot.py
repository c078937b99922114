"""Chosen lots of frames as inspections of one lot each."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from numbers import Integral, Real
from typing import Any

import narwhals.stable.v2 as nw

from aql.contract.contract import Contract
from aql.inspection.log_cells import cell_text
from aql.scoring.bulk.engines import Frame
from aql.scoring.bulk.given import GivenFindings, GivenLots

__all__ = ["header_of", "inspections", "records"]

_LOT = ("size", "produced", "packed", "cartons", "shipped_on")
_VISIT = ("date", "inspector", "company", "place", "reinspection_of")


def records(frame: Frame, chosen: Frame) -> dict[object, list[dict[str, Any]]]:
    """Return lot by lot the rows of the chosen lots as they were given."""
    found: dict[object, list[dict[str, Any]]] = {}
    for row in frame.join(chosen.select("lot"), on="lot", how="semi").collect().rows(named=True):
        lot = row.pop("lot")
        found.setdefault(lot, []).append({name: _plain(cell) for name, cell in row.items()})
    return found


def inspections(
    contract: Contract, lots: GivenLots, findings: GivenFindings, chosen: Frame
) -> Iterator[tuple[Any, list[dict[str, Any]], list[dict[str, Any]]]]:
    """Yield lot by lot the headers and logs of the chosen lots; a lot has one header unless it is listed twice."""
    logs = records(findings.raw, chosen)
    if findings.value == nw.Float32:
        _mark_32_bits(logs)
    for lot, rows in records(lots.raw, chosen).items():
        yield lot, [header_of(contract, lot, row) for row in rows], logs.get(lot, [])


def _mark_32_bits(logs: Mapping[object, list[dict[str, Any]]]) -> None:
    """Mark the readings as 32-bit floats, which the frame has widened."""
    for rows in logs.values():
        for row in rows:
            if row["value"] is not None:
                row["value"] = cell_text(row["value"], ".", bits=32)


def header_of(contract: Contract, lot: object, row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the header of a single lot from its row in a frame, to look at it lot by lot."""
    given = {name: _whole(cell) for name, cell in row.items() if cell is not None and cell != ""}
    visit: dict[str, Any] = {name: given[name] for name in _VISIT if name in given}
    for name in ("inspected", "severity"):
        by_line = {
            column.removeprefix(f"{name}_"): cell
            for column, cell in given.items()
            if column.startswith(f"{name}_")
        }
        if name in given or by_line:
            visit[name] = given.get(name, by_line)
    return {
        "contract": given.get("contract", contract.order.id),
        "lot": {"id": str(lot)} | {name: given[name] for name in _LOT if name in given},
        "inspection": visit,
    }


def _whole(cell: Any) -> Any:
    """A number of a header as an int, if it has no fraction."""
    if isinstance(cell, bool) or not isinstance(cell, Real):
        return cell
    if isinstance(cell, Integral):
        return int(cell)  # as a float it may be another number
    return int(float(cell)) if float(cell).is_integer() else cell


def _plain(cell: Any) -> Any:
    """A cell as a document has it: whole numbers as int, days without a time, None where it is missing."""
    if cell is None or type(cell).__name__ in {"NAType", "NaTType"}:
        return None
    if isinstance(cell, datetime):
        # Not every engine has days without a time.
        return cell.date() if cell.time() == time.min else cell.isoformat()
    if isinstance(cell, (str, bool, int, date)):
        return cell
    if isinstance(cell, Real) and math.isnan(float(cell)):
        return None
    return cell
