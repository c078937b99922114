"""The condition that a row is one of some kinds, with as few comparisons as the other kinds leave necessary."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import Any

import narwhals.stable.v2 as nw

__all__ = ["row_is_one_of"]

_FEW = 8
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


def _condition(columns: Sequence[str], kinds: Sequence[Kind], at: int) -> nw.Expr:
    """The condition of kinds that agree in the columns before that at place `at`."""
    # No cell is null, which makes these conditions on a column: not every engine can filter by a literal.
    if not any(hit for _, hit in kinds):
        return nw.col(columns[0]).is_null()
    if all(hit for _, hit in kinds):
        return ~nw.col(columns[0]).is_null()
    column, groups = nw.col(columns[at]), dict[Any, list[Kind]]()
    for kind in kinds:
        groups.setdefault(kind[0][at], []).append(kind)
    if len(groups) == 1:
        return _condition(columns, kinds, at + 1)
    whole = [cell for cell, group in groups.items() if all(hit for _, hit in group)]
    found = [column.is_in(whole)] if len(whole) > _FEW else [column == cell for cell in whole]
    for cell, group in groups.items():
        if cell not in whole and any(hit for _, hit in group):
            found.append((column == cell) & _condition(columns, group, at + 1))
    return reduce(or_, found)
