"""The files of the examples."""

from __future__ import annotations

import csv
from pathlib import Path

__all__ = ["example_file", "example_rows"]


def example_file(name: str) -> Path:
    """Return the path of an example file, such as ``"tablet_order/contract.toml"``.

    Examples
    --------
    >>> example_file("tablet_order/contract.toml").is_file()
    True
    """
    return Path(__file__).parent / name


def example_rows(name: str) -> list[dict[str, str]]:
    """Return the rows of an example file by column, without the comments on top."""
    lines = example_file(name).read_text("utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))
