"""Checks that a recording has no gap before it is scored."""

from __future__ import annotations

from collections.abc import Iterable

from aql.errors import AqlError
from aql.inspection.header import Photo
from aql.inspection.log import LogRow
from aql.words import ranges

__all__ = ["check_gaps"]


def check_gaps(rows: Iterable[LogRow], photos: Iterable[Photo], cartons: set[str]) -> None:
    """Raise an error if items or cartons are missing before the last one recorded, or an item with a photograph is.

    `cartons` has the ids of the terms of cartons.
    """
    items: set[int] = set()
    opened: set[int] = set()
    for row in rows:
        if row.item is not None:
            (opened if row.term in cartons else items).add(row.item)
    for recorded, what in ((items, "item"), (opened, "carton")):
        last = max(recorded, default=0)
        gaps = sorted(set(range(1, last + 1)) - recorded)
        if gaps:
            raise _missing(gaps, what, f"{what} {last} is")
    unseen = sorted({one.item for one in photos if one.item is not None} - items)
    if unseen:
        raise _missing(unseen, "item", f"a photograph shows {'it' if len(unseen) == 1 else 'them'}")


def _missing(numbers: list[int], what: str, why: str) -> AqlError:
    plural = "" if len(numbers) == 1 else "s"
    return AqlError(f"{what}{plural} {ranges(numbers)} must be recorded, because {why}", code="missing-value")
