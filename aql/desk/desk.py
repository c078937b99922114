"""Records an inspection item by item into a file that survives a crash."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self, cast

from aql.checks import share
from aql.contract.check import check
from aql.contract.contract import Contract
from aql.desk.beginning import begin, checked_header
from aql.desk.progress import Recording, partial_inspection
from aql.desk.state import DeskState
from aql.documents.input_limits import DEFAULT_LIMITS, InputLimits
from aql.documents.journal import Journal
from aql.documents.loading import Source
from aql.errors import AqlError, DocumentError, DomainError
from aql.inspection.header import InspectionHeader
from aql.inspection.inspection import Inspection
from aql.inspection.log import LogRow
from aql.inspection.log_sources import read_log
from aql.scoring.decision_line import Line, decision_lines
from aql.words import in_brief, listed, plural, ranges, short_repr

__all__ = ["Desk"]

_MOST_PER_ITEM = 1_000_000
"""The largest quality that a line can have, in nonconformities per item."""


class Desk:
    """An inspection that is being recorded, item by item, in an append-only file.

    Every event is on the disk before the call that records it returns. Opening the file again restores the same state,
    also after the program was killed or the computer stopped. Open one with `Desk.open`, and close it at the end, or use
    it in a ``with`` statement.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> contract = Contract.load({"order": {"id": "PO-1"}, "classes": [{"name": "major", "aql": 2.5}]})
    >>> header = {"contract": "PO-1", "lot": {"id": "L1", "size": 40}}
    >>> with (
    ...     tempfile.TemporaryDirectory() as folder,
    ...     Desk.open(contract, header, Path(folder) / "L1.jsonl") as desk,
    ... ):
    ...     state = desk.record(item=1)
    ...     state = desk.record(item=2, class_="major", note="dent")
    ...     print(state.lines[0])
    <DeskLine major: reject, 1 found (Ac 0, Re 1), 2 of 5 inspected>
    """

    def __init__(
        self,
        contract: Contract,
        header: InspectionHeader,
        journal: Journal,
        qualities: Mapping[str, float],
        clock: Callable[[], datetime],
    ) -> None:
        self.contract, self.header = contract, header
        self._journal, self._clock = journal, clock
        self._lines = _lines(contract, header)
        self._cartons = {term.id for term in contract.terms if term.of == "cartons"}
        self._qualities = _qualities(contract, self._lines, qualities)
        self._events: list[tuple[int, LogRow]] = []
        self._notes = list(journal.notes)
        self._last_time: datetime | None = None
        self._state: DeskState | None = None

    @classmethod
    def open(
        cls,
        contract: Contract,
        header: Source | InspectionHeader | None,
        path: str | os.PathLike[str],
        *,
        qualities: Mapping[str, float] | None = None,
        clock: Callable[[], datetime] | None = None,
        limits: InputLimits = DEFAULT_LIMITS,
    ) -> Self:
        """Open a recording, or start one.

        Parameters
        ----------
        contract : Contract
            A contract whose check finds no error.
        header : path, mapping, InspectionHeader or None
            The header of the inspection, without the number inspected and without findings. None to continue with the
            header in the file.
        path : str or path
            The recording, such as ``"L1.jsonl"``.
        qualities : mapping of str to float, optional
            Qualities of lines, for the chance that the lot will be accepted: fractions nonconforming, or nonconformities
            per item. Defaults to the AQLs.
        clock : function, optional
            Returns the time of an event; defaults to the time of the computer.
        limits : InputLimits
            How large the recording may be.

        Returns
        -------
        Desk
            The recording, locked until it is closed.

        Raises
        ------
        DocumentError
            If the contract has an error, or the header is invalid.
        AqlError
            If the file cannot be opened or is open in another program, was written for another contract or header or by
            another version, or has a line that is not an event.
        """
        errors = check(contract).errors
        if errors:
            raise DocumentError("the contract", [error.as_problem() for error in errors])
        if clock is not None and not callable(clock):
            raise DomainError(f"clock must be a function, got {short_repr(clock)}", value=clock)
        given = None if header is None else checked_header(header, contract, limits)
        if given is not None:  # nothing is written if a line has no plan, or a quality is invalid
            _qualities(contract, _lines(contract, given), {} if qualities is None else qualities)
        journal = Journal.open(path, limits=limits)
        try:
            kept = begin(journal, contract, given)
            desk = cls(contract, kept, journal, {} if qualities is None else qualities, clock or _now)
            desk._replay()
        except BaseException:
            journal.close()
            raise
        return desk

    @property
    def path(self) -> Path:
        """The file of the recording."""
        return self._journal.path

    @property
    def state(self) -> DeskState:
        """What has been recorded, as of the last event."""
        if self._state is None:
            self._state = self._recording(self._rows()).state(
                events=len(self._journal.entries) - 1, notes=tuple(self._notes)
            )
        return self._state

    def record(
        self,
        item: int | str | None = None,
        *,
        term: str = "",
        class_: str = "",
        value: object = "",
        unit: str = "",
        note: str = "",
        photo: str = "",
        carton: str = "",
        sku: str = "",
    ) -> DeskState:
        """Record an item, or something found on it, and return the state after it.

        Parameters
        ----------
        item : int or str, optional
            Number of the item in the order drawn, or its name if the header names the items. Defaults to the next one
            that is needed.
        term, class_ : str
            Term or class of a finding, or of a reading; without them, the item conforms to everything seen by eye.
        value : str, int or Decimal
            The reading.
        unit, note, photo, carton, sku : str
            The other columns of a log.

        Raises
        ------
        LogError
            If the contract or an earlier row does not allow it. Nothing is recorded.
        AqlError
            If it cannot be written. Nothing is recorded.
        """
        if item is None:
            item = self.state.next_item
            if item is None:
                raise DomainError("item is required: every sample is complete")
        cells = {
            "item": item,
            "term": term,
            "class": class_,
            "value": value,
            "unit": unit,
            "note": note,
            "photo": photo,
            "carton": carton,
            "sku": sku,
        }
        row = self._checked_row(
            {name: cell for name, cell in cells.items() if not (isinstance(cell, str) and cell == "")}
        )
        self._write({"record": row.to_dict()})
        self._events.append((len(self._journal.entries) - 1, row))
        return self.state

    def undo(self) -> DeskState:
        """Take back the last event that was not taken back, and return the state after it; the file keeps both.

        Raises
        ------
        DomainError
            If nothing is left to undo.
        AqlError
            If it cannot be written.
        """
        if not self._events:
            raise DomainError("there is nothing to undo")
        self._write({"undo": self._events[-1][0]})
        self._events.pop()
        return self.state

    def inspection(self) -> Inspection:
        """Return what has been recorded as an inspection, for `aql.score`.

        Raises
        ------
        AqlError
            If items are missing before the last one recorded.
        """
        rows = self._rows()
        for cartons in (False, True):
            items = {
                one.item for one in rows if one.item is not None and (one.term in self._cartons) == cartons
            }
            gaps = set(range(1, max(items, default=0) + 1)) - items
            if gaps:
                what = "cartons" if cartons else "items"
                raise AqlError(
                    f"{what} {ranges(sorted(gaps))} must be recorded, because {what[:-1]} {max(items)} is",
                    code="missing-value",
                )
        return partial_inspection(self.header, self._lines, rows, cartons=self._cartons)

    def close(self) -> None:
        """Close the file and release its lock."""
        self._journal.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        state = self.state
        found = f"{state.lot}: {state.decision}, {plural(state.inspected, 'item')}, {plural(state.events, 'event')}"
        return in_brief("Desk", found)

    def _rows(self) -> tuple[LogRow, ...]:
        return tuple(row for _, row in self._events)

    def _recording(self, rows: tuple[LogRow, ...]) -> Recording:
        return Recording(self.contract, self.header, self._lines, self._qualities, rows)

    def _checked_row(self, cells: Mapping[str, object]) -> LogRow:
        """Return a row that the contract and the rows before allow; otherwise raise."""
        item = self._item_number(cells["item"])
        row = replace(_row({**cells, "item": item}, self.header), file=f"item {item}", number=None)
        same = tuple(one for one in self._rows() if one.item == row.item)
        self._recording((*same, row)).state(events=0, notes=())
        return row

    def _item_number(self, item: object) -> int:
        names = self.header.inspection.item_numbers()
        if isinstance(item, str) and item in names:
            return names[item]
        size = self.header.lot.size
        if isinstance(item, bool) or not isinstance(item, int) or not 1 <= item <= size:
            allowed = "a name in the header" if names else f"a number from 1 to {size}"
            raise DomainError(f"item must be {allowed}, got {short_repr(item)}", value=item)
        return item

    def _write(self, event: Mapping[str, object]) -> None:
        at = self._clock()
        if not isinstance(at, datetime):
            raise DomainError(f"clock must return a datetime, got {short_repr(at)}", value=at)
        self._journal.append({"at": at.isoformat(timespec="milliseconds"), **event})
        self._note_time(self._journal.entries[-1])
        self._state = None

    def _replay(self) -> None:
        """Restore the events of the file."""
        for number, entry in enumerate(self._journal.entries[1:], start=1):
            try:
                self._apply(number, entry)
                self._note_time(entry)
            except (AqlError, TypeError, KeyError, ValueError) as error:
                raise AqlError(
                    f"line {number + 1} of {str(self.path)!r} must be an event of this recording: {error}",
                    todo="Restore the file from a copy; nothing in it was changed",
                    code="bad-file",
                    file=str(self.path),
                    row=number + 1,
                ) from error
        self._recording(self._rows()).state(events=0, notes=())

    def _apply(self, number: int, entry: Mapping[str, object]) -> None:
        if "undo" in entry:
            if not self._events or self._events[-1][0] != entry["undo"]:
                raise ValueError("it takes back an event that is not the last one")
            self._events.pop()
            return
        cells = entry["record"]
        if not isinstance(cells, Mapping):
            raise TypeError("a record must be a JSON object")
        self._item_number(cells.get("item"))
        self._events.append((number, _row(cells, self.header)))

    def _note_time(self, entry: Mapping[str, object]) -> None:
        """Note a time that is before the one of the line before; the order is that of the lines."""
        at = datetime.fromisoformat(str(entry["at"]))
        if self._last_time is not None and at < self._last_time:
            self._notes.append(f"the clock went backwards before {at.isoformat(timespec='seconds')}")
        self._last_time = at


def _row(cells: Mapping[str, object], header: InspectionHeader) -> LogRow:
    """A row from its cells, with the number of its item."""
    if cells.keys() == {"item"}:
        return LogRow(item=cast("int", cells["item"]))
    visit = header.inspection.model_copy(update={"inspected": header.lot.size, "items": ()})
    numbered = header.model_copy(update={"inspection": visit})
    (row,) = read_log(numbered, None, findings=None, rows=[dict(cells)])
    return row


def _now() -> datetime:
    return datetime.now(UTC)


def _lines(contract: Contract, header: InspectionHeader) -> tuple[Line, ...]:
    """The decision lines of a lot."""
    return decision_lines(
        contract,
        header.lot.size,
        cartons=header.lot.carton_count,
        severity_of=header.inspection.severity_for,
    )


def _qualities(contract: Contract, lines: tuple[Line, ...], given: Mapping[str, float]) -> dict[str, float]:
    """The quality of each line: as given, or per item its AQL, or that of its class if it has its own plan."""
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
