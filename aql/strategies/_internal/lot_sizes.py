"""Lot sizes, often at the edges of the bands that share a code letter."""

from __future__ import annotations

from functools import cache

from hypothesis import strategies as st

from aql.checks import choice, whole_number
from aql.standards.arguments import SMALLEST_LOT
from aql.standards.editions import DEFAULT_STANDARD, edition
from aql.standards.iso2859_1.code_letters import letter_bands
from aql.types import LEVELS, Level, Standard

__all__ = ["LARGEST_LOT", "lot_sizes"]

LARGEST_LOT = 1_000_000


def lot_sizes(
    level: Level | None = None,
    *,
    standard: Standard = DEFAULT_STANDARD,
    min_size: int = SMALLEST_LOT,
    max_size: int = LARGEST_LOT,
) -> st.SearchStrategy[int]:
    """Strategy for lot sizes; about half of them are the first or last of a band in the table of code letters.

    Parameters
    ----------
    level : str, optional
        Inspection level whose bands are used; defaults to the bands of every level.
    standard : str
        Edition, one of `aql.STANDARDS`.
    min_size, max_size : int
        Smallest and largest lot size. [items]

    Returns
    -------
    SearchStrategy of int
        Lot sizes; they shrink to the smallest. [items]

    Raises
    ------
    DomainError
        If `min_size` is below 2 or above `max_size`, or the level or edition is unknown.

    Examples
    --------
    >>> from hypothesis import find
    >>> find(lot_sizes(), lambda size: size > 1200)
    1201
    """
    least = whole_number(min_size, "min_size", least=SMALLEST_LOT)
    most = whole_number(max_size, "max_size", least=least)
    levels = LEVELS if level is None else (choice(level, "level", LEVELS),)
    edges = [size for size in _band_edges(edition(standard).folder, levels) if least <= size <= most]
    sizes = st.integers(least, most)
    return sizes | st.sampled_from(edges) if edges else sizes


@cache
def _band_edges(folder: str, levels: tuple[Level, ...]) -> tuple[int, ...]:
    """The first lot size of every band and the last one of the band before it, in ascending order."""
    firsts = {first for level in levels for first in letter_bands(folder, level)[0]}
    return tuple(sorted(firsts | {first - 1 for first in firsts if first > SMALLEST_LOT}))
