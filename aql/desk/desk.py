"""Records an inspection item by item into a file that survives a crash."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from aql.contract.check import check
from aql.contract.contract import Contract
from aql.contract.terms import Term
from aql.desk.beginning import begin, checked_header
from aql.desk.events import Events
from aql.desk.gaps import check_gaps
from aql.desk.photographing import saved_photo
from aql.desk.progress import Recording, partial_inspection
from aql.desk.qualities import qualities_of
from aql.desk.recorded_rows import item_number, row_of
from aql.desk.state import DeskState
from aql.documents.input_limits import DEFAULT_LIMITS, InputLimits
from aql.documents.journal import Journal
from aql.documents.loading import Source
from aql.errors import DocumentError, DomainError, MissingExtraError
from aql.inspection.header import InspectionHeader, Photo
from aql.inspection.inspection import Inspection
from aql.inspection.log import LogRow
from aql.markup import as_html
from aql.markup.shown import widget_of
from aql.scoring.decision_line import Line, decision_lines
from aql.types import CountedOf
from aql.words import in_brief, plural, short_repr

if TYPE_CHECKING:
    from anywidget import AnyWidget

__all__ = ["Desk"]

Bundle = tuple[dict[str, object], dict[str, object]]
"""What a notebook shows of a value: its forms by their MIME types, and facts about them."""


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
        clock: Callable[[], datetime] | None = None,
    ) -> None:
        self.contract, self.header = contract, header
        self._events = Events(journal, header, clock)
        self._lines = _lines(contract, header)
        self._cartons = {term.id for term in contract.terms if term.of == "cartons"}
        self._qualities = qualities_of(contract, self._lines, qualities)
        self._watchers: list[Callable[[], object]] = []
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
        stated = {} if qualities is None else qualities
        given = None if header is None else checked_header(header, contract, limits)
        if given is not None:  # nothing is written if a line has no plan, or a quality is invalid
            qualities_of(contract, _lines(contract, given), stated)
        journal = Journal.open(path, limits=limits)
        try:
            kept = begin(journal, contract, given)
            desk = cls(contract, kept, journal, stated, clock)
            desk._events.replay()
            desk._recording(desk.rows).state(events=0, notes=())
        except BaseException:
            journal.close()
            raise
        return desk

    @property
    def path(self) -> Path:
        """The file of the recording."""
        return self._events.journal.path

    @property
    def state(self) -> DeskState:
        """What has been recorded, as of the last event."""
        if self._state is None:
            self._state = self._recording(self.rows).state(
                events=self._events.count, notes=tuple(self._events.notes)
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
        key: str = "",
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
        key : str
            A key of this call. If a call with the same key has been recorded, nothing more is; a program that does not
            know whether a call arrived can therefore repeat it.

        Raises
        ------
        LogError
            If the contract or an earlier row does not allow it. Nothing is recorded.
        AqlError
            If it cannot be written. Nothing is recorded.
        """
        if self.has(key):
            return self.state
        if item is None:
            item = self.state.next_item
            if item is None:
                raise DomainError("item is required: every sample is complete")
        cells = {
            "term": term,
            "class": class_,
            "value": value,
            "unit": unit,
            "note": note,
            "photo": photo,
            "carton": carton,
            "sku": sku,
        }
        given = {name: cell for name, cell in cells.items() if not (isinstance(cell, str) and cell == "")}
        row = self._checked_row({"item": item, **given})
        self._events.add(row, key)
        return self._changed()

    def photograph(
        self, data: bytes, *, item: int | str | None = None, caption: str = "", key: str = ""
    ) -> DeskState:
        """Save a photograph next to the file of the recording, record it with its checksum, and return the state after it.

        Parameters
        ----------
        data : bytes
            A PNG, JPEG, WebP or GIF file. It is saved unchanged.
        item : int or str, optional
            The item that it shows, by number or name.
        caption : str
            What it shows.
        key : str
            A key of this call, see `record`.

        Raises
        ------
        DomainError
            If it is not a picture. Nothing is saved.
        AqlError
            If it cannot be written. Nothing is recorded.
        """
        if self.has(key):
            return self.state
        number = None if item is None else item_number(item, self.header)
        self._events.add(saved_photo(self.path, data, number, caption), key)
        return self._changed()

    def undo(self, *, key: str = "") -> DeskState:
        """Take back the last event that was not taken back, and return the state after it; the file keeps both.

        A photograph that is taken back is no longer part of the inspection; its file is kept.

        Parameters
        ----------
        key : str
            A key of this call, see `record`.

        Raises
        ------
        DomainError
            If nothing is left to undo.
        AqlError
            If it cannot be written.
        """
        if self.has(key):
            return self.state
        self._events.take_back(key)
        return self._changed()

    @property
    def rows(self) -> tuple[LogRow, ...]:
        """What was recorded and not taken back, in that order; a row with nothing but an item says that it was inspected."""
        return self._events.rows

    @property
    def photos(self) -> tuple[Photo, ...]:
        """The photographs recorded and not taken back."""
        return self._events.photos

    @property
    def last(self) -> tuple[int, LogRow | Photo] | None:
        """Number and content of the event that `undo` would take back; None if there is none."""
        return self._events.current[-1] if self._events.current else None

    def has(self, key: str) -> bool:
        """Whether a call with this key has been recorded."""
        return self._events.has(key)

    def readings_needed(self, item: int, *, of: CountedOf = "items") -> tuple[Term, ...]:
        """Return the terms that need a reading of an item, or of a carton, in the order of the contract."""
        return self._recording(self.rows).readings_needed(item, of, self.state.lines)

    def inspection(self) -> Inspection:
        """Return what has been recorded as an inspection, for `aql.score`.

        Raises
        ------
        AqlError
            If items are missing before the last one recorded, or an item with a photograph is.
        """
        check_gaps(self.rows, self.photos, self._cartons)
        found = partial_inspection(self.header, self._lines, self.rows, cartons=self._cartons)
        return replace(found, header=found.header.with_photos(self.photos), folder=self.path.parent)

    def watch(self, told: Callable[[], object]) -> None:
        """Call a function after every event; the widget shows the new state with it."""
        self._watchers.append(told)

    def widget(self, *, language: str = "en") -> AnyWidget:
        """Return the widget that records this inspection in a notebook.

        A desk at the end of a cell shows the same widget in English.

        Parameters
        ----------
        language : {"en", "zh"}
            Language of the widget.

        Returns
        -------
        AnyWidget
            The widget. It records in this desk, and it shows what is recorded in any other way.

        Raises
        ------
        MissingExtraError
            If anywidget is not installed.
        DomainError
            If the language is unknown.
        """
        return widget_of(self, language)

    def _repr_mimebundle_(self, **_: object) -> Bundle:
        """What a notebook shows: the widget, or the state if anywidget is not installed."""
        state: dict[str, object] = {"text/html": as_html(self.state), "text/plain": repr(self)}
        try:
            shown: Bundle | None = self.widget()._repr_mimebundle_()
        except MissingExtraError:
            return state, {}
        return (state, {}) if shown is None else ({**state, **shown[0]}, shown[1])

    def close(self) -> None:
        """Close the file and release its lock."""
        self._events.journal.close()

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

    def _recording(self, rows: tuple[LogRow, ...]) -> Recording:
        return Recording(self.contract, self.header, self._lines, self._qualities, rows)

    def _checked_row(self, cells: Mapping[str, object]) -> LogRow:
        """Return a row that the contract and the rows before allow; otherwise raise."""
        item = item_number(cells["item"], self.header)
        row = replace(row_of({**cells, "item": item}, self.header), file=f"item {item}", number=None)
        same = tuple(one for one in self.rows if one.item == row.item)
        self._recording((*same, row)).state(events=0, notes=())
        return row

    def _changed(self) -> DeskState:
        """The state after an event, of which all watchers are told."""
        self._state = None
        for told in self._watchers:
            told()
        return self.state


def _lines(contract: Contract, header: InspectionHeader) -> tuple[Line, ...]:
    """The decision lines of a lot."""
    return decision_lines(
        contract,
        header.lot.size,
        cartons=header.lot.carton_count,
        severity_of=header.inspection.severity_for,
    )
