"""The SKU and the carton of each item: the log agrees with the lot and with itself."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator

from aql.checks import Suggestions
from aql.errors import MOST_PROBLEMS, Problem
from aql.inspection.log import LogRow
from aql.inspection.log_cells import whole_number
from aql.inspection.lot import Lot
from aql.words import listed

__all__ = ["item_skus"]

_MOST = 10
"""How many SKUs or cartons a message names."""


def item_skus(rows: Iterable[LogRow], lot: Lot) -> tuple[dict[int, str], list[Problem]]:
    """Return the SKU of each item whose SKU the log states, and every row whose SKU or carton is wrong.

    Parameters
    ----------
    rows : iterable of LogRow
        The log, without the terms whose items are cartons.
    lot : Lot
        The lot; if it lists its SKUs or its cartons, the log must name no other.
    """
    skus: dict[int, str] = {}
    cartons: dict[int, str] = {}
    problems: list[Problem] = []
    in_cartons = (one.sku for one in lot.carton if one.sku)
    known = dict.fromkeys([*(one.sku for one in lot.skus), *in_cartons])
    suggestions = Suggestions()
    listing = _Cartons(lot)
    for row in rows:
        found = [*_sku_problems(row, known, suggestions)] or [*listing.problems(row)]
        for column, text, before in (("sku", row.sku, skus), ("carton", row.carton, cartons)):
            if not found and row.item is not None and text and before.setdefault(row.item, text) != text:
                message = f"must be {before[row.item]!r}, as in another row of item {row.item}, got {text!r}"
                found.append(row.problem(message, column=column))
        problems += found
        if len(problems) > MOST_PROBLEMS:
            break
    return skus, problems


def _sku_problems(row: LogRow, known: Collection[str], suggestions: Suggestions) -> Iterator[Problem]:
    """What is wrong with the SKU of a row: the lot does not have it."""
    if row.sku and known and row.sku not in known:
        close = suggestions.nearest(row.sku, known)
        hint = f". Did you mean {close!r}?" if close else ""
        message = (
            f"must be {listed(known, last='or', most=_MOST)}, the SKUs of the lot, got {row.sku!r}{hint}"
        )
        yield row.problem(message, column="sku", code="unknown-name", nearest=close)


class _Cartons:
    """The cartons that a lot lists, found by their numbers."""

    def __init__(self, lot: Lot) -> None:
        spans = sorted((first, last, one.sku) for one in lot.carton for first, last in one.numbers)
        self._firsts = [first for first, _, _ in spans]
        self._spans = spans

    def problems(self, row: LogRow) -> Iterator[Problem]:
        """What is wrong with the carton of a row: the lot does not list it, or has another SKU in it."""
        if not row.carton or not self._spans:
            return
        number = whole_number(row.carton)
        at = -1 if number is None else bisect_right(self._firsts, number) - 1
        first, last, sku = self._spans[max(at, 0)]
        if number is None or not first <= number <= last:
            known = [f"{low} to {high}" if low < high else f"{low}" for low, high, _ in self._spans[:_MOST]]
            known += [""] * (len(self._spans) - len(known))  # only counted
            message = (
                f"must be {listed(known, last='or', most=_MOST)}, the cartons of the lot, got {row.carton!r}"
            )
            yield row.problem(message, column="carton", code="unknown-name")
        elif sku and row.sku and row.sku != sku:
            yield row.problem(f"must be {sku!r}, the SKU of carton {number}, got {row.sku!r}", column="sku")
