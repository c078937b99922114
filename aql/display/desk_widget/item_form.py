"""The form of an item: the readings that its terms need, and the defects to look for, by class."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from aql.contract.answers import is_not_applicable
from aql.contract.measures import Allowed, Answer, Measured
from aql.contract.terms import Term
from aql.display.decision_lines import line_name
from aql.display.desk_widget.place import Place
from aql.inspection.log import LogRow
from aql.languages import say
from aql.words import plural

if TYPE_CHECKING:
    from aql.desk.desk import Desk

__all__ = ["item_form", "named"]

Form = dict[str, object]

_MOST_CHOICES = 6  # of a list that become buttons; the rest of a long list is typed


def named(desk: Desk, place: Place) -> str:
    """Return the number of an item or carton in words, with its name if the header names it.

    The number is that in the order drawn.
    """
    if place.of == "cartons":
        return say("Carton {number}", number=place.item)
    name = desk.header.inspection.item_name(place.item)
    number = say("Item {number}", number=place.item)
    return number if name == str(place.item) else f"{number} ({name})"


def item_form(desk: Desk, place: Place) -> Form:
    """Return the form of an item or carton as plain values for the page."""
    rows = _rows(desk, place)
    done = any(not row.term and not row.class_ for row in rows)
    items = place.of == "items"
    photos = sum(photo.item == place.item for photo in desk.photos) if items else 0
    found = any(not row.value or _fails(desk, row) for row in rows if row.term or row.class_)
    return {
        "number": place.item,
        "of": place.of,
        "label": named(desk, place),
        "recorded": [_said(desk, row) for row in rows if row.term or row.class_],
        "photos": plural(photos, "photograph") if photos else "",
        "takes_photos": items,
        "readings": list(_readings(desk, place, rows)),
        "defects": list(_defects(desk, rows)) if items else [],
        "done": done,
        "finish": _finish(done, found) if items else "",
        "finished": say("{item}: inspected", item=named(desk, place)),
        "most": desk.header.lot.size if items else desk.header.lot.carton_count,
    }


def _rows(desk: Desk, place: Place) -> list[LogRow]:
    cartons = {term.id for term in desk.contract.terms if term.of == "cartons"}
    return [
        row
        for row in desk.rows
        if row.item == place.item and (row.term in cartons) == (place.of == "cartons")
    ]


def _finish(done: bool, found: bool) -> str:
    """The words of the large button."""
    if done:
        return say("Next item")
    return say("Done, next item") if found else say("No defect, next item")


def _said(desk: Desk, row: LogRow) -> str:
    what = _text(desk, row.term) or line_name(row.class_)
    return " · ".join(filter(None, [what, f"{row.value} {row.unit}".strip(), row.note]))


def _text(desk: Desk, term: str) -> str:
    return next((one.text for one in desk.contract.terms if one.id == term), "")


def _readings(desk: Desk, place: Place, rows: list[LogRow]) -> Iterator[Form]:
    """The readings that it needs; of a carton, also the terms judged by eye, which are answered with OK or NG."""
    needed = {term.id for term in desk.readings_needed(place.item, of=place.of)}
    for term in desk.contract.terms:
        seen = place.of == "cartons" and term.of == "cartons" and term.tested_as == "visual"
        if (term.id not in needed and not seen) or term.reading_of is not None:
            continue
        row = next((one for one in rows if one.term == term.id), None)
        unit = _unit(term)
        yield {
            "term": term.id,
            "text": term.text,
            "agreed": ""
            if seen or term.measure is None
            else say("agreed: {agreed}", agreed=term.measure.agreed()),
            "class": "" if term.class_ is None else line_name(term.class_),
            "kind": "choice" if seen else _kind(term),
            "unit": "" if unit == "1" else unit,
            "choices": [["OK", say("no defect")], ["NG", say("defect")]] if seen else _choices(term),
            "not_applicable": term.not_applicable,
            "recorded": "" if row is None else f"{row.value} {row.unit}".strip(),
            "conforms": None if row is None or seen else _conforms(term, row.value),
        }


def _kind(term: Term) -> str:
    """What the page offers: buttons, a field for a number, or a field for text."""
    if term.measure is None or isinstance(term.measure, Answer):
        return "choice"
    if isinstance(term.measure, Allowed):
        return "choice" if len(term.measure.allowed) <= _MOST_CHOICES else "text"
    return "number" if isinstance(term.measure, Measured) else "text"


def _choices(term: Term) -> list[list[str]]:
    """Each choice as it is recorded and as it is shown; of a list, "other" is typed."""
    if term.measure is None or isinstance(term.measure, Answer):
        return [["yes", say("yes")], ["no", say("no")]]
    if isinstance(term.measure, Allowed):
        return [[one, one] for one in term.measure.allowed]
    return []


def _unit(term: Term) -> str:
    return getattr(term.measure, "unit", None) or ""


def _fails(desk: Desk, row: LogRow) -> bool:
    """Whether a reading does not conform."""
    term = next((one for one in desk.contract.terms if one.id == row.term), None)
    return term is not None and _conforms(term, row.value) is False


def _conforms(term: Term, value: str) -> bool | None:
    return None if is_not_applicable(value) else term.judged(value).conforms


def _defects(desk: Desk, rows: list[LogRow]) -> Iterator[Form]:
    """The defects by class: a button for each term judged by eye, and one for any other defect of the class."""
    for one in desk.contract.classes:
        terms = [
            term
            for term in desk.contract.terms
            if term.class_ == one.name and term.tested_as == "visual" and term.of == "items"
        ]
        other = {
            "term": "",
            "text": say("Other {class_name} defect", class_name=line_name(one.name)),
            "times": sum(row.class_ == one.name and not row.term for row in rows),
        }
        yield {
            "class": one.name,
            "name": line_name(one.name),
            "buttons": [
                *(
                    {
                        "term": term.id,
                        "text": term.text,
                        "times": sum(row.term == term.id for row in rows),
                    }
                    for term in terms
                ),
                other,
            ],
        }
