"""The plans of many lots as HTML: the first lots and the last, so that it stays short."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aql import markup
from aql.words import plural

if TYPE_CHECKING:
    from aql.standards.iso2859_1.lookup_many import ManyLookups

__all__ = ["many_lookups_html"]

_FIRST, _LAST = 8, 2
_HEAD = ("lot", "level", "AQL", "letter", "n", "Ac", "Re", "")


def many_lookups_html(many: ManyLookups) -> markup.Html:
    """Return the plans of many lots as a block of HTML: at most ten rows, and how many are left out."""
    count = many.n.size
    shown = list(range(count))
    if count > _FIRST + _LAST:
        shown = [*range(_FIRST), *range(count - _LAST, count)]
    rows = [_row(many, place) for place in shown]
    if count > len(shown):
        rows.insert(_FIRST, ("…", *[""] * (len(_HEAD) - 2), f"{count - len(shown)} more"))
    title = f"{plural(count, 'lot')}, {many.standard}, {many.severity} inspection"
    note = markup.element("p", many.note, class_="aql-dim") if many.note else None
    return markup.block(title, markup.table(_HEAD, rows), note)


def _row(many: ManyLookups, place: int) -> tuple[object, ...]:
    letter, plan_letter = many.letter.flat[place], many.plan_letter.flat[place]
    return (
        many.lot_size.flat[place],
        many.level if isinstance(many.level, str) else many.level.flat[place],
        many.aql if isinstance(many.aql, str) else many.aql.flat[place],
        letter if letter == plan_letter else f"{letter} → {plan_letter}",
        many.n.flat[place],
        many.ac.flat[place],
        many.re.flat[place],
        "inspect every item" if many.inspect_all.flat[place] else "",
    )
