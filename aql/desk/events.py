"""The events of a recording: what its file holds, in the order of its lines, less what was taken back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import cast

from aql.documents.journal import Journal
from aql.documents.loading import load_document
from aql.errors import AqlError, DomainError
from aql.inspection.header import InspectionHeader, Photo
from aql.inspection.log import LogRow
from aql.inspection.log_sources import read_log
from aql.words import short_repr

__all__ = ["Events", "item_number", "row_of"]

_KEY = 128  # longest key of a call


class Events:
    """The events of a recording, each on the disk before the call that adds it returns.

    Attributes
    ----------
    journal : Journal
        The file; its first line is the beginning of the recording.
    header : InspectionHeader
        The header of the inspection.
    current : list of (int, LogRow or Photo)
        Number and content of each event that was not taken back.
    notes : list of str
        What was found when the file was opened, and times that go backwards.
    """

    def __init__(
        self, journal: Journal, header: InspectionHeader, clock: Callable[[], datetime] | None
    ) -> None:
        self.journal, self.header = journal, header
        self.current: list[tuple[int, LogRow | Photo]] = []
        self.notes = list(journal.notes)
        self._clock = clock or _now
        self._keys: set[str] = set()
        self._last_time: datetime | None = None

    @property
    def count(self) -> int:
        """How many there are, those that were taken back and the taking back included."""
        return len(self.journal.entries) - 1

    @property
    def rows(self) -> tuple[LogRow, ...]:
        """The rows; one with nothing but an item says that it was inspected."""
        return tuple(one for _, one in self.current if isinstance(one, LogRow))

    @property
    def photos(self) -> tuple[Photo, ...]:
        """The photographs."""
        return tuple(one for _, one in self.current if isinstance(one, Photo))

    def has(self, key: object) -> bool:
        """Whether an event with this key has been recorded; no event has the key ``""``."""
        if not isinstance(key, str) or len(key) > _KEY:
            raise DomainError(
                f"key must be text of at most {_KEY} characters, got {short_repr(key)}", value=key
            )
        return key in self._keys

    def add(self, content: LogRow | Photo, key: str) -> None:
        """Write a row or a photograph."""
        if isinstance(content, LogRow):
            self._write({"record": content.to_dict()}, key)
        else:
            self._write({"photo": content.model_dump(mode="json", exclude_none=True)}, key)
        self.current.append((self.count, content))

    def take_back(self, key: str) -> None:
        """Write that the last event is taken back."""
        if not self.current:
            raise DomainError("there is nothing to undo")
        self._write({"undo": self.current[-1][0]}, key)
        self.current.pop()

    def replay(self) -> None:
        """Restore the events of the file."""
        for number, entry in enumerate(self.journal.entries[1:], start=1):
            try:
                self._apply(number, entry)
                self._note(entry)
            except (AqlError, TypeError, KeyError, ValueError) as error:
                path = str(self.journal.path)
                raise AqlError(
                    f"line {number + 1} of {path!r} must be an event of this recording: {error}",
                    todo="Restore the file from a copy; nothing in it was changed",
                    code="bad-file",
                    file=path,
                    row=number + 1,
                ) from error

    def _apply(self, number: int, entry: Mapping[str, object]) -> None:
        if "undo" in entry:
            if not self.current or self.current[-1][0] != entry["undo"]:
                raise ValueError("it takes back an event that is not the last one")
            self.current.pop()
        elif "photo" in entry:
            cells = _object(entry["photo"], "a photograph")
            self.current.append((number, load_document(Photo, cells, source="the photograph")))
        else:
            cells = _object(entry["record"], "a record")
            item_number(cells.get("item"), self.header)
            self.current.append((number, row_of(cells, self.header)))

    def _write(self, event: Mapping[str, object], key: str) -> None:
        at = self._clock()
        if not isinstance(at, datetime):
            raise DomainError(f"clock must return a datetime, got {short_repr(at)}", value=at)
        self.journal.append(
            {"at": at.isoformat(timespec="milliseconds"), **({"key": key} if key else {}), **event}
        )
        self._note(self.journal.entries[-1])

    def _note(self, entry: Mapping[str, object]) -> None:
        """Note the key of an event, and a time that is before the one of the line before; the order is that of the lines."""
        if "key" in entry:
            self._keys.add(str(entry["key"]))
        at = datetime.fromisoformat(str(entry["at"]))
        if self._last_time is not None and at < self._last_time:
            self.notes.append(f"the clock went backwards before {at.isoformat(timespec='seconds')}")
        self._last_time = at


def row_of(cells: Mapping[str, object], header: InspectionHeader) -> LogRow:
    """Return a row from its cells, with the number of its item."""
    if cells.keys() == {"item"}:
        return LogRow(item=cast("int", cells["item"]))
    visit = header.inspection.model_copy(update={"inspected": header.lot.size, "items": ()})
    numbered = header.model_copy(update={"inspection": visit})
    (row,) = read_log(numbered, None, findings=None, rows=[dict(cells)])
    return row


def item_number(item: object, header: InspectionHeader) -> int:
    """Return the number of an item that is given by its number or name; raise if the lot has no such item."""
    names = header.inspection.item_numbers()
    if isinstance(item, str) and item in names:
        return names[item]
    size = header.lot.size
    if isinstance(item, bool) or not isinstance(item, int) or not 1 <= item <= size:
        allowed = "a name in the header" if names else f"a number from 1 to {size}"
        raise DomainError(f"item must be {allowed}, got {short_repr(item)}", value=item)
    return item


def _object(value: object, what: str) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        raise TypeError(f"{what} must be a JSON object")
    return value


def _now() -> datetime:
    return datetime.now(UTC)
