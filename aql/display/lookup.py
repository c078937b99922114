"""A lookup in words and as HTML, clear enough for an inspector to read out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aql import markup
from aql.display.plan import plan_in_words, plan_title, stage_table
from aql.languages import marked
from aql.standards.editions import edition

if TYPE_CHECKING:
    from aql.standards.iso2859_1.lookup import FractionalLookup, Lookup

__all__ = ["cell_in_successor", "explain_lookup", "lookup_html", "plan_in_words"]

_MARKS = {"down": "arrow down", "up": "arrow up", "single": "*", "double": "++"}
_WAYS = {"down": "points down", "up": "points up", "single": "prints *", "double": "prints ++"}


def explain_lookup(found: Lookup | FractionalLookup) -> str:
    """Say in words what a lookup found, where the arrows led and how reliable the table is.

    Parameters
    ----------
    found : Lookup or FractionalLookup
        What `lookup` returned.

    Returns
    -------
    str
        Plain sentences.
    """
    return " ".join(_sentences(found))


def _sentences(found: Lookup | FractionalLookup) -> list[str]:
    if found.letter is None:
        return [
            *([found.note] if found.note else []),
            "A lot of one item has no code letter. By trade practice, inspect the item and accept it if it conforms.",
            _standing(found),
        ]
    if found.lot_size is not None and found.level is not None:
        entry = f"A lot of {found.lot_size} at level {found.level} has code letter {found.letter}."
    else:
        entry = f"Code letter {found.letter} was entered."
    said = [found.note, entry] if found.note else [entry]
    plan = plan_in_words(found.plan)
    if found.practice:
        said.append(
            'AQL 0, "not allowed", is not a column of the tables. By trade practice, the sample size is that of letter '
            f"{found.letter}: {plan}."
        )
    else:
        said.append(_way(found))
        said.append(f"The plan of letter {found.plan_letter} applies: {plan}.")
    if found.inspect_all:
        said.append(
            f"The sample is at least as large as the lot of {found.lot_size}: inspect every item; Ac and Re are "
            "unchanged."
        )
    elif found.lot_plan != found.plan:
        said.append(
            f"The lot of {found.lot_size} is used up before the last sample: {plan_in_words(found.lot_plan)}."
        )
    if found.per_hundred_items:
        said.append(f"AQL {found.aql} means nonconformities per 100 items.")
    if found.disputed:
        readings = [
            f"{cell.letter}, {cell.aql} of table {cell.table}: {cell.second_reading}"
            for cell in found.trace
            if cell.second_reading
        ]
        said.append(f"This cell has a second reading: {'; '.join(readings)}.")
    if found.unverified:
        said.append("The table of fractional plans is unverified: no transcription confirms it.")
    said.append(_standing(found))
    return said


def _way(found: Lookup | FractionalLookup) -> str:
    what = f"Table {found.trace[0].table} ({found.standard}, {found.severity}, {found.sampling} sampling)"
    steps = [cell for cell in found.trace if cell.mark != "plan"]
    if not steps:
        return f"{what} has a plan at AQL {found.aql}."
    first = steps[0]
    word = f"{what} {_WAYS[first.mark]} at letter {first.letter}, AQL {found.aql}"
    last = found.trace[-1]
    if last.table != found.trace[0].table:
        return f"{word}, to table {last.table}, letter {last.letter}."
    return f"{word}, to letter {last.letter}, whose own sample size is used."


def _standing(found: Lookup | FractionalLookup) -> str:
    status, cell = edition(found.standard).status, cell_in_successor(found)
    return f"{status.rstrip('.')}; {cell}." if cell else status


def cell_in_successor(found: Lookup | FractionalLookup) -> str:
    """Say in words how the cell of a lookup compares with the edition that replaced this one, or "".

    Examples
    --------
    >>> import aql
    >>> cell_in_successor(aql.lookup(1200, aql=2.5))
    'this cell is known to be unchanged there'
    """
    book = edition(found.standard)
    if book.successor is None or found.practice:
        return ""
    later = edition(book.successor)
    same = (
        found.sampling in later.samplings
        and not found.unverified
        and found.aql in later.verified_aqls(_columns(found))
        and found.plan_letter not in later.without_letters
    )
    return _CELLS[same]


_CELLS = {
    True: marked("this cell is known to be unchanged there"),
    False: marked("this cell has not been compared with it"),
}


def _columns(found: Lookup | FractionalLookup) -> tuple[str, ...]:
    from aql.tables import master_table

    return master_table(edition(found.standard).folder, "single_normal").aqls


def lookup_html(found: Lookup | FractionalLookup) -> markup.Html:
    """Return a lookup as a block of HTML."""
    trace = ", then ".join(f"{cell.letter} ({_MARKS.get(cell.mark, cell.mark)})" for cell in found.trace)
    pairs: list[tuple[str, object]] = [
        ("Standard", f"{found.standard}, table {found.table}"),
        ("Inspection", f"{found.severity}, {found.sampling} sampling"),
        ("Lot", None if found.lot_size is None else f"{found.lot_size} items, level {found.level or '—'}"),
        ("AQL", found.aql if not found.per_hundred_items else f"{found.aql} per 100 items"),
        ("Letter", found.letters or None),
        ("Cells", trace or None),
        ("Evidence", found.provenance.evidence),
    ]
    pairs.append(("Note", found.note or None))
    marks = markup.badges(
        markup.badge("wait", "disputed cell") if found.disputed else None,
        markup.badge("wait", "unverified table") if found.unverified else None,
        markup.badge("info", "inspect every item") if found.inspect_all else None,
        markup.badge("info", "trade practice, not in a table") if found.practice else None,
    )
    return markup.block(
        plan_title(found.plan),
        marks,
        stage_table(found.plan),
        markup.facts(pairs),
        markup.element("p", explain_lookup(found), class_="aql-dim"),
    )
