"""The row of a file that names the columns: the first filled row, or the one declared in the header."""

from __future__ import annotations

from collections.abc import Sequence

from aql.errors import LogError
from aql.inspection.findings_source import FindingsSource
from aql.inspection.log_cells import problem_at
from aql.inspection.log_columns import known_names, plain_name

__all__ = ["header_place"]

_SEARCHED = 40
"""Number of rows searched for column names. [rows]"""


def header_place(rows: Sequence[tuple[int, Sequence[str]]], how: FindingsSource, called: str) -> int:
    """Return the position of the header row, which names the columns.

    Parameters
    ----------
    rows : sequence of (int, sequence of str)
        The filled rows with their numbers.
    how : FindingsSource
        The declared header row, the mapping of columns, and whether the log is wide.
    called : str
        Name of the file in error messages.

    Raises
    ------
    LogError
        If the declared row is empty, or names no columns while another row does.
    """
    number = rows[0][0] if how.header_row is None else how.header_row
    place = next((at for at, (one, _) in enumerate(rows) if one == number), None)
    if place is None:
        message = f"header_row is {number}, but that row is empty or below the end of the file"
        raise LogError(called, [problem_at(called, number, message, code="no-columns")])
    known = known_names(how)
    needed = {plain_name(name) for name, meaning in (*how.columns, *_LOG) if meaning in _needed(how)}
    if _seems_header(rows[place][1], known, needed):
        return place
    other = next((at for at, cells in rows[:_SEARCHED] if _seems_header(cells, known, needed)), None)
    if other is not None:
        text = next(cell for cell in rows[place][1] if cell)
        message = f"contains {text!r}; row {other} seems to name the columns. Write header_row = {other} under [findings]"
        raise LogError(called, [problem_at(called, number, message, code="no-columns")])
    return place


_LOG = tuple((name, name) for name in ("term", "class", "item"))


def _needed(how: FindingsSource) -> set[str]:
    """The columns of which a log must have one."""
    return {"item"} if how.wide else {"term", "class"}


def _seems_header(cells: Sequence[str], known: set[str], needed: set[str]) -> bool:
    """Whether a row names two known columns, and one of those that a log needs."""
    names = {plain_name(cell) for cell in cells if cell}
    return len(names & known) > 1 and bool(names & needed)
