"""The single sampling plans of many lots, as arrays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from aql.markup import Shown
from aql.types import Level, Severity, Standard
from aql.words import in_brief, plural

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

__all__ = ["ManyLookups"]

_ARRAYS = ("letter", "plan_letter", "n", "ac", "re", "inspect_all", "practice")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ManyLookups(Shown):
    """Single sampling plans of many lots, as read-only arrays with the shape of the lot sizes.

    Two of them are equal if all their values are.

    Attributes
    ----------
    standard, severity : str
        The arguments of the lookup.
    aql, level : str, or ndarray of str
        AQL column as printed, and inspection level; arrays if there was one per lot.
    lot_size : ndarray of int64
        The lot sizes. [items]
    letter, plan_letter : ndarray of str or None
        Code letter of each lot, and letter of its plan; None for a lot of one item, which has none.
    n, ac, re : ndarray of int64
        Sample size, acceptance number and rejection number.
    inspect_all : ndarray of bool
        Whether the sample is at least as large as the lot.
    practice : ndarray of bool
        Whether the plan is trade practice rather than a cell of a table: AQL 0, or a lot of one item.
    index : pandas Index or None
        The index of the lot sizes, if they were a pandas Series.
    note : str
        As in `Lookup`.
    """

    standard: Standard
    aql: str | NDArray[np.object_]
    level: Level | NDArray[np.object_]
    severity: Severity
    lot_size: NDArray[np.int64]
    letter: NDArray[np.object_]
    plan_letter: NDArray[np.object_]
    n: NDArray[np.int64]
    ac: NDArray[np.int64]
    re: NDArray[np.int64]
    inspect_all: NDArray[np.bool_]
    practice: NDArray[np.bool_]
    index: pd.Index | None = None
    note: str = ""

    def __post_init__(self) -> None:
        for array in (self.aql, self.level, self.lot_size, *(getattr(self, name) for name in _ARRAYS)):
            if not isinstance(array, str):
                array.flags.writeable = False

    def to_frame(self) -> pd.DataFrame:
        """Return the arrays as the columns of a pandas frame: one row per lot, with the index of the lot sizes."""
        import pandas as pd

        return pd.DataFrame({name: getattr(self, name).ravel() for name in _ARRAYS}, index=self.index)

    def __eq__(self, other: object) -> bool:
        import numpy as np

        if not isinstance(other, ManyLookups):
            return NotImplemented
        return all(np.array_equal(one, two) for one, two in zip(_values(self), _values(other), strict=True))

    def __hash__(self) -> int:
        return hash(
            (self.standard, self.severity, self.lot_size.tobytes(), self.n.tobytes(), self.ac.tobytes())
        )

    def __reduce__(self) -> tuple[Any, ...]:
        return ManyLookups, tuple(_values(self))

    def __repr__(self) -> str:
        level = f"level {self.level}" if isinstance(self.level, str) else "a level per lot"
        aql = f"AQL {self.aql}" if isinstance(self.aql, str) else "an AQL per lot"
        lots = plural(self.n.size, "lot")
        return in_brief("ManyLookups", f"{self.standard}, {lots}, {level}, {aql}, {self.severity}")


def _values(many: ManyLookups) -> Iterator[Any]:
    return (getattr(many, field.name) for field in fields(many))
