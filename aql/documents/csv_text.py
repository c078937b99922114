"""Splits the text of a CSV file into rows of cells, within the limits."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator

from aql.documents.input_limits import InputLimits, over_limit
from aql.errors import AqlError

__all__ = ["csv_rows"]


def csv_rows(
    text: str, delimiter: str, called: str, limits: InputLimits, told: Callable[[int, str], AqlError]
) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield the rows of a text that are not empty, each with the number of its first line.

    Parameters
    ----------
    text : str
        The text; a line feed, a carriage return or both end a line.
    delimiter : str
        What separates cells.
    called : str
        Name of the file in messages.
    limits : InputLimits
        How many rows and cells it may have, and how long it and its cells may be.
    told : callable
        Returns the error for a line with broken quotes, from its number and the reason.

    Raises
    ------
    AqlError
        If it is beyond a limit.
    """
    if len(text) > limits.log_length:
        raise over_limit(called, "log_length", limits)
    for line in io.StringIO(text, newline=""):
        if len(line) > limits.cells and line.count(delimiter) > limits.cells:  # before they become cells
            raise over_limit(called, "columns", limits)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    start, cells_in_all = 1, 0
    try:
        for number, cells in enumerate(reader, start=1):
            cells_in_all += len(cells)
            for limit, many in (("rows", number), ("columns", len(cells)), ("cells", cells_in_all)):
                if many > getattr(limits, limit):
                    raise over_limit(called, limit, limits, place=f"row {start}")
            if max(map(len, cells), default=0) > limits.text_length:
                raise over_limit(called, "text_length", limits, place=f"row {start}")
            stripped = tuple(map(str.strip, cells))
            if any(stripped):
                yield start, stripped
            start = reader.line_num + 1
    except csv.Error as error:
        if "field larger than field limit" in str(error):
            raise over_limit(called, "text_length", limits, place=f"row {start}") from error
        raise told(start, f"not valid CSV: {error}. Check the quotes") from error
