"""The condition that a row is one of some kinds, with as few comparisons as the other kinds leave necessary."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import Any

import narwhals.stable.v2 as nw

__all__ = ["FEW", "number_of_comparisons", "row_is_one_of"]

FEW = 8
"""Up to this many cells are compared one by one, which every engine can do before it joins frames."""

Kind = tuple[tuple[Any, ...], bool]
"""The cells of a kind of row, and whether it is one of those looked for."""


def row_is_one_of(columns: Sequence[str], kinds: Sequence[tuple[Any, ...]], hits: Sequence[bool]) -> nw.Expr:
    """Return the condition that a row is one of the kinds that are hits.

    Parameters
    ----------
    columns : sequence of str
        The columns in which the kinds differ.
    kinds : sequence of tuple
        The cells of every kind of row that there is.
    hits : sequence of bool
        Which of them are looked for.
    """
    return _condition(columns, list(zip(kinds, hits, strict=True)), 0)


def number_of_comparisons(kinds: Sequence[tuple[Any, ...]], hits: Sequence[bool]) -> int:
    """Return with how many cells a row is compared to know whether it is one of the kinds that are hits."""
    return _comparisons(list(zip(kinds, hits, strict=True)), 0)


def _comparisons(kinds: Sequence[Kind], at: int) -> int:
    """The comparisons of `_condition`."""
    hits = [hit for _, hit in kinds]
    if all(hits) or not any(hits):
        return 0
    groups = [group for group in _groups(kinds, at).values() if any(hit for _, hit in group)]
    return sum(_comparisons(group, at + 1) for group in groups) + (len(groups))


def _groups(kinds: Sequence[Kind], at: int) -> dict[Any, list[Kind]]:
    """The kinds by their cell in a column."""
    groups: dict[Any, list[Kind]] = {}
    for kind in kinds:
        groups.setdefault(kind[0][at], []).append(kind)
    return groups


def _condition(columns: Sequence[str], kinds: Sequence[Kind], at: int) -> nw.Expr:
    """The condition of kinds that agree in the columns before that at place `at`."""
    # No cell is null, which makes these conditions on a column: not every engine can filter by a literal.
    if not any(hit for _, hit in kinds):
        return nw.col(columns[0]).is_null()
    if all(hit for _, hit in kinds):
        return ~nw.col(columns[0]).is_null()
    column, groups = nw.col(columns[at]), _groups(kinds, at)
    if len(groups) == 1:
        return _condition(columns, kinds, at + 1)
    whole = [cell for cell, group in groups.items() if all(hit for _, hit in group)]
    found = [column.is_in(whole)] if len(whole) > FEW else [column == cell for cell in whole]
    for cell, group in groups.items():
        if cell not in whole and any(hit for _, hit in group):
            found.append((column == cell) & _condition(columns, group, at + 1))
    return reduce(or_, found)
