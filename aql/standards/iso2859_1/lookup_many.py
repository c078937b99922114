"""Looks up the single sampling plans for an array of lot sizes at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, cast

from aql.errors import DomainError
from aql.markup import Shown
from aql.plans.arrays import series_in
from aql.plans.plan import SinglePlan
from aql.standards.arguments import SMALLEST_LOT
from aql.standards.editions import DEFAULT_STANDARD, edition
from aql.standards.iso2859_1.code_letters import (
    band_of,
    is_array,
    letter_bands,
    lot_size_array,
    scalar_code_letter,
)
from aql.standards.iso2859_1.lookup import Lookup, lookup
from aql.standards.names import standard_named
from aql.types import AqlColumn, Counting, Level, Severity, Standard, StandardName
from aql.words import in_brief, plural

if TYPE_CHECKING:
    from typing import TypeAlias

    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from aql.plans.arrays import SeriesLike
    from aql.standards.iso2859_1.code_letters import LotSizes

    Aqls: TypeAlias = (
        AqlColumn
        | Sequence[AqlColumn]
        | NDArray[np.floating | np.integer | np.object_ | np.str_]
        | SeriesLike
    )
    Levels: TypeAlias = Level | Sequence[Level] | NDArray[np.object_ | np.str_] | SeriesLike

__all__ = ["ManyLookups", "lookup_many"]


def lookup_many(
    lot_sizes: LotSizes | SeriesLike,
    *,
    aql: Aqls,
    level: Levels = "II",
    severity: Severity = "normal",
    standard: StandardName = DEFAULT_STANDARD,
    counting: Counting | None = None,
) -> ManyLookups:
    """Look up single sampling plans for an array of lot sizes.

    Parameters
    ----------
    lot_sizes : array_like of int, any shape
        Lot sizes, 1 or more. [items]
    aql, level : one value, or an array or Series with one value per lot
        As in `lookup`. An array has the shape of `lot_sizes`; a pandas Series has its index.
    severity, standard, counting
        As in `lookup`; one value for all lots.

    Returns
    -------
    ManyLookups
        Arrays ``letter``, ``plan_letter``, ``n``, ``ac``, ``re``, ``inspect_all`` and ``practice`` of the same shape.

    Raises
    ------
    DomainError
        If a lot size, or an AQL or a level of a lot, is invalid; the message has its index. If `aql` or `level` does not
        have the shape, or the index, of `lot_sizes`. Otherwise as `lookup`.

    References
    ----------
    ISO 2859-1:1999, Tables 1 and 2; MIL-STD-105E, Tables I and II.

    Examples
    --------
    >>> found = lookup_many([30, 1200, 40000], aql=4.0)
    >>> found.n.tolist(), found.ac.tolist()
    ([13, 80, 315], [1, 7, 21])
    >>> found = lookup_many([30, 1200, 1], aql=["4.0", "0", "2.5"], level=["II", "I", "II"])
    >>> found.n.tolist(), found.ac.tolist(), found.letter.tolist()
    ([13, 32, 1], [1, 0, 0], ['D', 'G', None])
    """
    import numpy as np

    name, note = standard_named(standard)
    sizes = lot_size_array(lot_sizes, least=1)

    def found_for(lot_size: int | None, aql: AqlColumn, **entry: Any) -> Lookup:
        found: Lookup = lookup(
            lot_size, aql=aql, severity=severity, standard=standard, counting=counting, **entry
        )
        return found

    levels = _per_lot("level", level, lot_sizes, sizes, lambda one: _level(one, standard))
    aqls = _per_lot("aql", aql, lot_sizes, sizes, lambda one: found_for(SMALLEST_LOT, one).aql)
    letters, letter_at = _letters(sizes, levels, standard)
    cell = letter_at * len(aqls.words) + aqls.at
    has = np.zeros(len(letters) * len(aqls.words), dtype=np.bool_)
    has[cell] = True
    cells = np.flatnonzero(has)
    found: list[Lookup] = []
    for row, column in zip(*np.divmod(cells, len(aqls.words)), strict=True):
        letter, one = letters[row], aqls.words[column]
        found.append(found_for(1, one) if letter is None else found_for(None, one, letter=letter))
    at = (np.cumsum(has) - 1)[cell]

    def each(values: Iterable[object], kind: type) -> NDArray[Any]:
        return np.array(np.array(list(values), dtype=kind)[at], dtype=kind)

    plans = [cast("SinglePlan", one.plan) for one in found]
    n = each((plan.n for plan in plans), np.int64)
    return ManyLookups(
        standard=name,
        aql=aqls.as_given(),
        level=cast("Level", levels.as_given()),
        severity=severity,
        lot_size=sizes,
        letter=each((one.letter for one in found), object),
        plan_letter=each((one.plan_letter for one in found), object),
        n=n,
        ac=each((plan.ac for plan in plans), np.int64),
        re=each((plan.re for plan in plans), np.int64),
        inspect_all=np.array(n >= sizes),
        practice=each((one.practice for one in found), np.bool_),
        index=_index_of(lot_sizes),
        note=note,
    )


def _index_of(values: object) -> pd.Index | None:
    """The index of a pandas Series; None for other values."""
    return getattr(values, "index", None) if series_in(values) is not None else None


@dataclass(frozen=True, slots=True)
class _PerLot:
    """The distinct words of an argument, and which of them each lot has; a plain 0 if all lots have the same."""

    words: list[str]
    at: NDArray[np.int64] | int

    def as_given(self) -> str | NDArray[np.object_]:
        """The word of all lots, or an array with the word of each."""
        import numpy as np

        if isinstance(self.at, int):
            return self.words[0]
        return np.array(np.array(self.words, dtype=object)[self.at], dtype=object)


def _per_lot(
    name: str, value: object, lot_sizes: object, sizes: NDArray[np.int64], word_of: Callable[[Any], str]
) -> _PerLot:
    """Read an argument that is one value or one per lot; `word_of` checks a value and returns it as printed."""
    if not is_array(value):
        return _PerLot([word_of(value)], 0)
    import numpy as np

    values = np.asarray(value, dtype=object)
    if values.shape != sizes.shape:
        raise DomainError(
            f"{name} must be one value or have the shape of lot_sizes, {sizes.shape}, got {values.shape}"
        )
    index, own = _index_of(lot_sizes), _index_of(value)
    if index is not None and own is not None and not index.equals(own):
        raise DomainError(f"{name} must have the same index as lot_sizes")
    words: dict[str, int] = {}
    known: dict[object, int] = {}
    at: list[int] = []
    for place, one in enumerate(values.ravel().tolist()):
        try:
            found = known.get(one)
        except TypeError:
            found = None
        if found is None:
            found = words.setdefault(_word_at(f"{name}[{place}]", one, word_of), len(words))
            known[one] = found
        at.append(found)
    return _PerLot(list(words) or ["II"], np.array(at, dtype=np.int64).reshape(sizes.shape))


def _word_at(place: str, value: Any, word_of: Callable[[Any], str]) -> str:
    """Read one value of an array; the error of an invalid one has its index."""
    try:
        return word_of(value)
    except DomainError as error:
        raise DomainError(
            f"{place}: {error.problem}", todo=error.todo, code=error.code, **error.facts
        ) from None


def _level(value: Level, standard: StandardName) -> Level:
    scalar_code_letter(SMALLEST_LOT, value, standard)
    return value


def _letters(
    sizes: NDArray[np.int64], levels: _PerLot, standard: StandardName
) -> tuple[list[str | None], NDArray[np.intp]]:
    """The code letters of the lots, and which of them each lot has; the last is None, for lots of one item."""
    import numpy as np

    letters: dict[str | None, int] = {}
    at = np.zeros(sizes.shape, dtype=np.intp)
    for place, level in enumerate(levels.words):
        starts, of_bands = letter_bands(edition(standard).folder, cast("Level", level))
        of_band = np.array([letters.setdefault(letter, len(letters)) for letter in of_bands])
        here = np.array(of_band[band_of(sizes, starts)])
        at = here if isinstance(levels.at, int) else np.where(levels.at == place, here, at)
    at[sizes < SMALLEST_LOT] = len(letters)
    return [*letters, None], at


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
