"""The events of a recording: what its file holds, in the order of its lines, less what was taken back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from aql.desk.recorded_rows import naming_line, object_of, rows_of
from aql.documents.journal import Journal
from aql.documents.loading import load_document
from aql.errors import AqlError, DomainError
from aql.inspection.header import InspectionHeader, Photo
from aql.inspection.log import LogRow
from aql.words import short_repr

__all__ = ["Events"]

_KEY = 128  # longest key of a call
_MOST = 50_000


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
        """Restore the events of the file; all its rows are read at once, which is several times faster."""
        entries = dict(enumerate(self.journal.entries[1:], start=1))
        path = self.journal.path
        if len(entries) > _MOST:
            raise AqlError(
                f"{str(path)!r} must have at most {_MOST} events, got {len(entries)}",
                code="too-many-rows",
                file=str(path),
            )
        records = {number: one for number, one in entries.items() if "undo" not in one and "photo" not in one}
        rows = rows_of(records, self.header, path)
        for number, entry in entries.items():
            with naming_line(number, path):
                self._apply(number, entry, rows)
                self._note(entry)

    def _apply(self, number: int, entry: Mapping[str, object], rows: Mapping[int, LogRow]) -> None:
        if number in rows:
            self.current.append((number, rows[number]))
        elif "undo" in entry:
            if not self.current or self.current[-1][0] != entry["undo"]:
                raise ValueError("it takes back an event that is not the last one")
            self.current.pop()
        else:
            cells = object_of(entry["photo"], "a photograph")
            self.current.append((number, load_document(Photo, cells, source="the photograph")))

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
        at = at if at.tzinfo else at.replace(tzinfo=UTC)
        if self._last_time is not None and at < self._last_time:
            self.notes.append(f"the clock went backwards before {at.isoformat(timespec='seconds')}")
        self._last_time = at


def _now() -> datetime:
    return datetime.now(UTC)
