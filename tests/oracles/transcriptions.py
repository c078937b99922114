"""Tables transcribed by others, in `tests/golden/`, and the cells in which they differ from the package.

A transcription is read as text. The first columns of a row name the cell, the others are its value; both are joined by
spaces. `differences.csv` lists every cell in which the package has another value, and says why.
"""

import csv
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from tests.oracles.naive_tables import data_lines

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
KINDS = {"misprint", "rounding", "second reading", "not offered", "doubtful"}


class Difference(NamedTuple):
    """What the source has and what the package has."""

    there: str
    here: str


def transcription(name: str, key: int) -> dict[str, str]:
    """Value of every cell of a golden file, by its first `key` columns."""
    rows = list(csv.reader(data_lines(GOLDEN / name)))[1:]
    cells = {" ".join(row[:key]): " ".join(row[key:]).strip() for row in rows}
    assert len(cells) == len(rows), f"{name} has a cell twice"
    return cells


def differences(cells: Mapping[str, str], here: Callable[[str], str]) -> dict[str, Difference]:
    """Every cell for which `here` gives another value."""
    found = {cell: Difference(there, here(cell)) for cell, there in cells.items()}
    return {cell: both for cell, both in found.items() if both.there != both.here}


def listed(name: str) -> dict[str, Difference]:
    """The differences listed for a golden file, each with a reason."""
    found = {}
    for row in csv.DictReader(data_lines(GOLDEN / "differences.csv")):
        assert row["kind"] in KINDS, row
        assert row["why"].endswith("."), row
        if row["file"] == name:
            for cell in row["cells"].split("; "):
                found[cell] = Difference(row["there"], row["here"])
    return found
