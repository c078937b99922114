"""Takes what the page of the widget sends: checks it, records it in the desk, and answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from aql.checks import decimal_comma
from aql.display.desk_widget.photo_parts import PhotoParts
from aql.display.desk_widget.place import Place
from aql.display.desk_widget.words import refusal_words
from aql.errors import AqlError, DomainError
from aql.words import short_repr

if TYPE_CHECKING:
    from aql.desk.desk import Desk
    from aql.types import CountedOf

__all__ = ["Taps"]

Answer = dict[str, object]

_LONGEST = 2000  # characters of a text that a page can send


class Taps:
    """What a person taps on the page, one message each.

    A message has a `key` of its own and says what to `do`: ``"record"``, ``"undo"``, ``"photo"`` or ``"show"``. The answer
    has the same key. It says `ok` only after the entry is on the disk. A message that arrives twice is recorded once,
    also if the program was restarted in between, because the key is part of the recording.

    Attributes
    ----------
    place : Place or None
        The item that the page shows; None if every sample is complete.
    """

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.place = Place.start(desk)
        self._parts = PhotoParts()

    def take(self, message: object, buffers: Sequence[bytes | memoryview] = ()) -> Answer | None:
        """Do what a message says and return the answer; None for a part of a photograph that has further parts."""
        key = message.get("key") if isinstance(message, Mapping) else None
        try:
            if not isinstance(message, Mapping) or not isinstance(key, str) or not key:
                raise DomainError(f"a message must have a key, got {short_repr(message)}", value=message)
            done = self._done(key, message, [bytes(one) for one in buffers])
        except AqlError as error:
            doing = str(message.get("do")) if isinstance(message, Mapping) else ""
            text = refusal_words(error, doing=doing)
            return {"key": key if isinstance(key, str) else "", "ok": False, "text": text}
        return {"key": key, "ok": True, "text": ""} if done else None

    def _done(self, key: str, message: Mapping[str, object], buffers: list[bytes]) -> bool:
        what = message.get("do")
        if what == "show":
            self.place = self._place(message)
        elif what == "record":
            self._record(key, message)
        elif what == "undo":
            self._undo(key, message)
        elif what == "photo":
            return self._photo(key, message, buffers)
        else:
            raise DomainError(
                f'do must be "record", "undo", "photo" or "show", got {short_repr(what)}', value=what
            )
        return True

    def _record(self, key: str, message: Mapping[str, object]) -> None:
        place = self._place(message)
        term, class_name, value, note = (_text(message, one) for one in ("term", "class", "value", "note"))
        if not term and not class_name and (value or note):
            raise DomainError("term or class is required with value or note")
        found = next((one for one in self.desk.contract.terms if one.id == term), None)
        is_number = bool(value) and found is not None and found.tested_as == "measured"
        unit = (getattr(found.measure, "unit", None) or "") if is_number and found is not None else ""
        if is_number:  # the number keys of a phone may have a comma only
            value = decimal_comma(value) or value
        self.desk.record(place.item, term=term, class_=class_name, value=value, unit=unit, note=note, key=key)
        finished = place.of == "items" and not term and not class_name
        if finished or (place.of == "cartons" and not self._left(place)):
            self.place = Place.next_item(self.desk)
        else:
            self.place = place

    def _left(self, place: Place) -> bool:
        """Whether a carton still needs an entry."""
        recorded = {row.term for row in self.desk.rows if row.item == place.item}
        lines = [one for one in self.desk.state.lines if one.of == "cartons" and place.item <= one.sample]
        return any(one.name not in recorded for one in lines)

    def _undo(self, key: str, message: Mapping[str, object]) -> None:
        number = _number(message, "event")
        last = self.desk.last
        if not self.desk.has(key) and (last is None or last[0] != number):
            raise AqlError(
                "another entry was recorded or taken back meanwhile", todo="Look at the last entry again"
            )
        self.desk.undo(key=key)
        if last is not None and last[1].item is not None:
            cartons = {one.id for one in self.desk.contract.terms if one.of == "cartons"}
            self.place = Place(
                last[1].item, "cartons" if getattr(last[1], "term", "") in cartons else "items"
            )

    def _photo(self, key: str, message: Mapping[str, object], buffers: list[bytes]) -> bool:
        place = self._place(message)
        if len(buffers) != 1:
            raise DomainError(f"a photograph must be in one buffer, got {len(buffers)}")
        part, count, size = (_number(message, one) for one in ("part", "parts", "size"))
        whole = self._parts.take(key, part, count, size, buffers[0])
        if whole is None:
            return False
        caption = _text(message, "note")
        item = place.item if place.of == "items" else None
        self.desk.photograph(whole, item=item, caption=caption, key=key)
        return True

    def _place(self, message: Mapping[str, object]) -> Place:
        """The item or carton that a message names."""
        item, of = _number(message, "item"), message.get("of", "items")
        kinds: dict[object, CountedOf] = {"items": "items", "cartons": "cartons"}
        if of not in kinds:
            raise DomainError(f'of must be "items" or "cartons", got {short_repr(of)}', value=of)
        lot = self.desk.header.lot
        most = lot.size if of == "items" else lot.carton_count or 0
        if not 1 <= item <= most:
            raise DomainError(f"item must be a number from 1 to {most}, got {item}", value=item)
        return Place(item, kinds[of])


def _text(message: Mapping[str, object], name: str) -> str:
    text = message.get(name, "")
    if not isinstance(text, str) or len(text) > _LONGEST:
        raise DomainError(
            f"{name} must be text of at most {_LONGEST} characters, got {short_repr(text)}", value=text
        )
    return text.strip()


def _number(message: Mapping[str, object], name: str) -> int:
    number = message.get(name)
    if isinstance(number, bool) or not isinstance(number, int) or number < 0:
        raise DomainError(f"{name} must be a whole number, got {short_repr(number)}", value=number)
    return number
