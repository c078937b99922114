"""What the widget shows of a recording, as plain values for its page; the page itself decides nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from aql.display.decision_lines import line_name
from aql.display.desk import (
    PROGRESS,
    TONES,
    ac_in_words,
    chances_in_words,
    decided_in_words,
    share_in_words,
)
from aql.display.desk_widget.item_form import item_form, named
from aql.display.desk_widget.place import Place
from aql.inspection.header import Photo
from aql.languages import html_language, say
from aql.words import listed, plural

if TYPE_CHECKING:
    from aql.desk.desk import Desk
    from aql.desk.state import DeskLine, DeskState, LineProgress
    from aql.inspection.log import LogRow

__all__ = ["View", "desk_view", "event_in_words"]

_SIGNS: dict[LineProgress, str] = {"accept": "✓", "reject": "✗", "open": "○", "hold": "!"}

View = dict[str, object]
"""Values that JSON can represent."""


def desk_view(desk: Desk, place: Place | None) -> View:
    """Return what the widget shows while an item is inspected; None if every sample is complete."""
    state = desk.state
    last = desk.last
    return {
        "recording": _recording(desk),
        "language": html_language(),
        "title": say("Lot {lot}", lot=state.lot),
        "order": " · ".join(filter(None, [state.order, desk.contract.order.product])),
        "progress": say("{items} recorded", items=plural(state.inspected, "item")),
        "decision": _badge(state.decision),
        "tone": TONES[state.decision],
        "chance": _chance(state),
        "lines": [_line(one) for one in state.lines],
        "further": [_further(one) for one in state.lines if one.stage > 1 and one.progress == "open"],
        "item": None if place is None else item_form(desk, place),
        "complete": say("Every sample is complete.") if state.next_item is None else "",
        "missing": [
            {
                "item": one.item,
                "text": say(
                    "{item} needs {terms}", item=named(desk, Place(one.item)), terms=listed(one.terms)
                ),
            }
            for one in state.missing
        ],
        "places": _places(desk),
        "last": None if last is None else {"number": last[0], "text": event_in_words(desk, last[1])},
        "notes": list(state.notes),
        "file": say("Every entry is saved in {file}", file=desk.path.name),
    }


def event_in_words(desk: Desk, content: LogRow | Photo) -> str:
    """Say what was recorded, such as "item 3: dent"."""
    if isinstance(content, Photo):
        shown = say("photograph") if content.caption is None else content.caption
        return shown if content.item is None else f"{named(desk, Place(content.item))}: {shown}"
    cartons = any(term.id == content.term and term.of == "cartons" for term in desk.contract.terms)
    item = named(desk, Place(content.item or 0, "cartons" if cartons else "items"))
    what = content.term or line_name(content.class_)
    if not what:
        return say("{item}: inspected", item=item)
    parts = [what, f"{content.value} {content.unit}".strip(), content.note]
    return f"{item}: {', '.join(filter(None, parts))}"


def _recording(desk: Desk) -> str:
    """A name of the recording, under which the page keeps an entry that was not confirmed."""
    text = f"{desk.path.resolve()}\n{desk.header.contract}\n{desk.header.lot.id}"
    return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()[:16]


def _badge(progress: LineProgress) -> str:
    return f"{_SIGNS[progress]} {say(PROGRESS[progress])}"


def _chance(state: DeskState) -> str:
    if state.chance is None or state.decision in {"accept", "reject"}:
        return ""
    return say("Chance of acceptance at these qualities: {chance}", chance=share_in_words(state.chance))


def _line(one: DeskLine) -> View:
    sample = say("{inspected} of {sample} inspected", inspected=one.inspected, sample=_sample(one))
    if one.stage > 1:
        sample = say("{sample}, sample {number}", sample=sample, number=one.stage)
    chances = chances_in_words(one)
    decided = decided_in_words(one) if one.decided_at is not None else ""
    return {
        "name": line_name(one.name),
        "tone": TONES[one.progress],
        "badge": _badge(one.progress),
        "found": str(one.found),
        "limits": f"Ac {ac_in_words(one.ac)} · Re {one.re}",
        "sample": sample,
        "share": min(one.inspected / one.sample, 1.0) if one.sample else 1.0,
        "decided": decided,
        "chance": say("Chance: {chances}", chances=chances) if chances and not decided else "",
    }


def _further(one: DeskLine) -> str:
    """Say that a further sample of a line is due."""
    if one.of == "cartons":
        return say(
            "{line} needs sample {number}, up to carton {last}.",
            line=line_name(one.name),
            number=one.stage,
            last=one.sample,
        )
    return say(
        "{line} needs sample {number}, up to item {last}.",
        line=line_name(one.name),
        number=one.stage,
        last=one.sample,
    )


def _sample(one: DeskLine) -> str:
    return plural(one.sample, "item") if one.of == "items" else plural(one.sample, "carton")


def _places(desk: Desk) -> list[View]:
    """Where the page can go: to the next item, and to the next carton if the contract has terms of cartons."""
    return [{"of": place.of, "item": place.item, "text": named(desk, place)} for place in _next_places(desk)]


def _next_places(desk: Desk) -> Iterator[Place]:
    if desk.state.next_item is not None:
        yield Place(desk.state.next_item)
    carton = Place.next_carton(desk)
    if carton is not None:
        yield carton
