"""Drawings of samples from lots that list their cartons."""

from __future__ import annotations

from hypothesis import strategies as st

from aql.scoring.draw import draw as draw_sample
from aql.scoring.drawing import Drawing
from aql.strategies._internal.contracts import contracts
from aql.types import DRAWN_BY

__all__ = ["cartons_of", "drawings"]


@st.composite
def drawings(draw: st.DrawFn) -> Drawing:
    """Drawings for any contract, by cartons or from all items alike."""
    cartons, units = draw(st.integers(1, 40)), draw(st.integers(2, 12))
    packed = [{"numbers": "1" if cartons == 1 else f"1-{cartons}", "units": units}]
    lot = {"id": "L1", "size": cartons * units, "carton": packed}
    by, seed = draw(st.sampled_from(DRAWN_BY)), draw(st.integers(0, 2**32))
    return draw_sample(draw(contracts()), lot, seed=seed, by=by)


def cartons_of(lot_size: int) -> int:
    """Return the number of cartons of a lot, each of 10 items."""
    return -(-lot_size // 10)
