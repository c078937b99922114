"""What was found on each SKU of a lot; the decision is on the lot as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from aql.inspection.lot import Lot
from aql.scoring.defects import Count, Defect
from aql.words import in_brief, listed, plural

__all__ = ["SkuResult", "sku_results"]


@dataclass(frozen=True, slots=True, repr=False)
class SkuResult:
    """What was found on the items of one SKU.

    Attributes
    ----------
    sku : str
        The SKU; "" for items and counts whose SKU the log does not state.
    quantity : int or None
        Items of this SKU in the lot, if the header states it. [items]
    logged : int
        Number of items of this SKU in the log. [items]
    found : tuple of (str, int)
        What counts in each decision line; lines without findings are left out. A count without item numbers counts in
        full.
    """

    sku: str
    quantity: int | None
    logged: int
    found: tuple[tuple[str, int], ...]

    def __repr__(self) -> str:
        found = (
            listed(f"{number} in {line}" for line, number in self.found) if self.found else "nothing found"
        )
        return in_brief(
            "SkuResult", f"{self.sku or 'not stated'}, {plural(self.logged, 'item')} logged: {found}"
        )


def sku_results(
    lot: Lot,
    skus: Mapping[int, str],
    items: Iterable[int],
    defects: Sequence[Defect],
    counts: Sequence[Count],
    *,
    by_items: bool,
) -> tuple[SkuResult, ...]:
    """Return what was found on each SKU; nothing if the log states no SKU.

    Parameters
    ----------
    lot : Lot
        The lot.
    skus : mapping of int to str
        SKU of each item whose SKU the log states.
    items : iterable of int
        Items in the log.
    defects, counts : sequence of Defect, sequence of Count
        The defects, each with the line in which it counts, and the counts without item numbers.
    by_items : bool
        Whether items are counted; otherwise nonconformities are.

    Returns
    -------
    tuple of SkuResult
        The SKUs of the lot in its order, then any others in alphabetical order, and last what has no SKU.
    """
    if not skus and not any(one.sku for one in counts):
        return ()
    quantities = {one.sku: one.quantity for one in lot.skus}
    logged: dict[str, set[int]] = {}
    for item in items:
        logged.setdefault(skus.get(item, ""), set()).add(item)
    found: dict[str, dict[str, int]] = {}
    counted: set[tuple[int, str]] = set()
    for one in defects:
        if one.counts and not (by_items and (one.item, one.counts_in) in counted):
            counted.add((one.item, one.counts_in))
            _add(found, one.sku, one.counts_in, 1 if by_items else one.times)
    for count in counts:
        if count.number:
            _add(found, count.sku, count.line, count.number)
    others = sorted({*logged, *found} - {*quantities, ""})
    last = [""] if "" in found or "" in logged else []
    return tuple(
        SkuResult(sku, quantities.get(sku), len(logged.get(sku, ())), tuple(found.get(sku, {}).items()))
        for sku in (*quantities, *others, *last)
    )


def _add(found: dict[str, dict[str, int]], sku: str, line: str, number: int) -> None:
    of_sku = found.setdefault(sku, {})
    of_sku[line] = of_sku.get(line, 0) + number
