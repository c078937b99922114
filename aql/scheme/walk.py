"""Qualities and chances of a series of lots whose quality may change."""

from __future__ import annotations

from typing import Any

from aql.checks import whole_number
from aql.errors import DomainError
from aql.plans.arrays import Floats, Number, Numbers, SeriesLike
from aql.plans.inspection_error import Inspector, averaged, seen
from aql.plans.quality import Quality, parse_quality
from aql.scheme.chain import Chain
from aql.scheme.long_run_chain import Switching, kind_chances
from aql.types import Model, Unit

__all__ = ["chances_by_lot", "qualities_by_lot"]

_MOST_LOTS = 10**6


def qualities_by_lot(
    p: Number | Numbers | SeriesLike | None,
    lots: int | None,
    *,
    model: Model,
    lot_size: int | None,
    nonconforming: Number | Numbers | SeriesLike | None,
    unit: Unit,
) -> tuple[Quality, int]:
    """Check the qualities of a walk lot by lot, one or one per lot; return them with the number of lots."""
    given = parse_quality(p, model=model, lot_size=lot_size, nonconforming=nonconforming, unit=unit)
    import numpy as np

    shape = np.shape(given.values)
    if len(shape) > 1 or (shape and shape[0] == 0):
        raise DomainError(f"p must be one quality or one per lot, got an array of shape {shape}")
    if np.isnan(given.values).any():
        raise DomainError("p must be known for every lot, got NaN")
    if lots is None:
        if not shape:
            raise DomainError("lots is required with one quality", code="missing-value")
        return given, shape[0]
    count = whole_number(lots, "lots", least=1, most=_MOST_LOTS)
    if shape and shape[0] != count:
        raise DomainError(f"p must be one quality or {count}, one per lot, got {shape[0]}")
    return given, count


def chances_by_lot(scheme: Switching, chain: Chain, given: Quality, inspector: Inspector | None) -> Floats:
    """Return the chances of all kinds of outcome for a walk lot by lot, one row per quality."""
    import numpy as np

    apparent = seen(given, inspector)
    model, size = given.model, given.lot_size

    def work(values: Floats) -> Any:
        return np.array(kind_chances(scheme, chain, values, model, size))

    found: Floats = averaged(work, apparent, inspector)(np.atleast_1d(np.asarray(apparent.values)))
    return found.T
