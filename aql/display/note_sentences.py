"""Notes on a verdict: what a reader must know besides the counts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from aql.display.decision_lines import line_name
from aql.display.lookup import cell_in_successor
from aql.display.reasons import reason_in_words
from aql.languages import say
from aql.standards.editions import edition

if TYPE_CHECKING:
    from aql.scoring.line_result import LineResult
    from aql.scoring.verdict import Verdict

__all__ = ["cell_notes", "edition_notes", "verdict_notes"]


def verdict_notes(verdict: Verdict) -> tuple[str, ...]:
    """Return the notes on a verdict in words, each a sentence.

    Parameters
    ----------
    verdict : Verdict
        The verdict.

    Returns
    -------
    tuple of str
        Sample sizes that still differ, notes on lines, findings that do not count, findings that no term covers, and a
        lot larger than its order.

    Examples
    --------
    >>> from aql import examples, score
    >>> print(*verdict_notes(score(*examples.tablet_order())))
    1 nonconforming item was found that no term covers; it counts, but is not grounds for a claim.
    """
    return tuple(map(reason_in_words, verdict.notes))


def edition_notes(verdict: Verdict) -> Iterator[str]:
    """Yield notes on a verdict in words: each edition's status, with what is known of its cells in the next edition."""
    yield from dict.fromkeys(
        line.lookup.note for line in verdict.lines if line.lookup is not None and line.lookup.note
    )
    of_cells: dict[str, dict[str, list[str]]] = {}
    for line in verdict.lines:
        if line.lookup is not None:
            known = of_cells.setdefault(edition(line.lookup.standard).status, {})
            cell = cell_in_successor(line.lookup)
            if cell:
                known.setdefault(cell, []).append(line.name)
    for status, known in of_cells.items():
        cells = (
            say("{lines}: {cell}.", lines=say(", ").join(map(line_name, names)), cell=say(cell))
            for cell, names in known.items()
        )
        yield " ".join([say(status), *cells])


def cell_notes(verdict: Verdict) -> Iterator[str]:
    """Yield notes on a verdict in words: second readings of cells, and plans that are trade practice."""
    for line in verdict.lines:
        for cell in line.lookup.trace if line.lookup is not None else ():
            if cell.second_reading:
                yield say(
                    "{line}: another source reads table {table}, letter {letter}, AQL {aql} as {reading}; the plan above is "
                    "that of the table used here.",
                    line=line_name(line.name),
                    table=cell.table,
                    letter=cell.letter,
                    aql=cell.aql,
                    reading=cell.second_reading,
                )
        if line.practice:
            yield f"{line_name(line.name)}: {_practice(line)}"


def _practice(line: LineResult) -> str:
    if line.lookup is not None and line.lookup.letter is None:
        return say(
            "a lot of one item has no code letter. By trade practice, the item is inspected and one nonconformity rejects "
            "the lot."
        )
    if line.not_allowed:
        return say(
            'AQL 0, "not allowed", is not a column of the tables. By trade practice, the sample size is that of the '
            "code letter, and one nonconformity rejects the lot, whichever item it is on."
        )
    letter = line.lookup.plan_letter if line.lookup is not None else ""
    return say(
        "the sample size is that of the lot's letter, with Ac and Re of letter {letter}. "
        "This is trade practice, not a plan of the standard.",
        letter=letter,
    )
