"""Which item or carton the widget shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aql.types import CountedOf

if TYPE_CHECKING:
    from aql.desk.desk import Desk

__all__ = ["Place"]


@dataclass(frozen=True, slots=True)
class Place:
    """An item, or a carton, by its number in the order drawn."""

    item: int
    of: CountedOf = "items"

    @classmethod
    def start(cls, desk: Desk) -> Place | None:
        """Return where to continue: at the item whose inspection was not finished, else at the next one."""
        rows = [row for row in desk.rows if row.item is not None]
        cartons = {term.id for term in desk.contract.terms if term.of == "cartons"}
        if rows and rows[-1].item is not None and rows[-1].term not in cartons:
            last = rows[-1].item
            finished = any(row.item == last and not row.term and not row.class_ for row in rows)
            if not finished:
                return cls(last)
        return cls.next_item(desk)

    @classmethod
    def next_item(cls, desk: Desk) -> Place | None:
        """Return the next item that an open line needs, or the next carton; None if there is neither."""
        item = desk.state.next_item
        return cls.next_carton(desk) if item is None else cls(item)

    @classmethod
    def next_carton(cls, desk: Desk) -> Place | None:
        """Return the first carton that an open line needs and that has no entry; None if there is none."""
        found = []
        for line in desk.state.lines:
            if line.of == "cartons" and line.progress == "open":
                recorded = {row.item for row in desk.rows if row.term == line.name}
                found += [item for item in range(1, line.sample + 1) if item not in recorded][:1]
        return cls(min(found), "cartons") if found else None
