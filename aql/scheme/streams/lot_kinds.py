"""The kinds of lots in a frame: each different combination of plan, counts and answers is judged once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from aql.errors import DomainError
from aql.scheme.lot_outcomes import PlanInForce, outcome_that_matters
from aql.scheme.outcome import Found, Outcome, decide
from aql.scheme.plan_in_force import in_force
from aql.scheme.scheme import Scheme
from aql.scheme.streams.stream_frames import LotFrame, column_problem
from aql.scheme.streams.transition import LotKind
from aql.types import SEVERITIES

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["ANSWERS", "LotColumns", "RowCodes", "kinds_of_lots"]

ANSWERS = ("steady", "authority", "resubmitted", "resume")
"""The answers of yes or no that a lot may have."""

_CHUNK = 2**20
_LARGEST_TABLE = 2**22


@dataclass(frozen=True, slots=True)
class LotColumns:
    """The names of the columns that describe a lot.

    Attributes
    ----------
    found : tuple of str
        The number found; for plans of several stages, the cumulative numbers by stage.
    size : str or None
        The size of the lot.
    answers : mapping of str to str
        The columns by the answer, one of `ANSWERS`.
    """

    found: tuple[str, ...]
    size: str | None
    answers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Plans:
    """A scheme as it applies to lots of a size: the plans in force on the three severities."""

    scheme: Scheme
    forces: tuple[PlanInForce, ...]


def kinds_of_lots(
    frame: LotFrame, columns: LotColumns, schemes: Sequence[Scheme], scheme_of: NDArray[np.intp] | None
) -> tuple[NDArray[Any], list[LotKind]]:
    """Return the kind of each lot of a frame, and the kinds.

    Parameters
    ----------
    frame : LotFrame
        The frame.
    columns : LotColumns
        The names of its columns.
    schemes : sequence of Scheme
        The different schemes.
    scheme_of : ndarray of intp or None
        The place of the scheme of each row; None if there is one.

    Raises
    ------
    LogError
        If a column is missing or of the wrong kind, or there is no plan for the size of a lot.
    """
    plans, plans_of = _plans(frame, columns, schemes, scheme_of)
    several = len(columns.found) > 1
    counts = [
        frame.numbers(name, least=0, missing=several and place > 0)
        for place, name in enumerate(columns.found)
    ]
    answers = {name: frame.answers(column) for name, column in columns.answers.items()}
    parts = [*([] if plans_of is None else [plans_of]), *counts, *answers.values()]
    codes = RowCodes(parts)
    judged: dict[LotKind, int] = {}

    def kind(values: Sequence[int]) -> int:
        rest = list(values)
        own = plans[0 if plans_of is None else rest.pop(0)]
        found = rest[: len(counts)]
        said = {name: bool(value) for name, value in zip(answers, rest[len(counts) :], strict=True)}
        return judged.setdefault(_judged(own, _found(found, columns), said), len(judged))

    return codes.replaced(kind), list(judged)


def _found(counts: Sequence[int], columns: LotColumns) -> Found:
    """The number found, or the numbers of the stages that were drawn."""
    if len(counts) == 1:
        return counts[0]
    drawn = [count for count in counts if count >= 0]
    if any(count >= 0 > before for before, count in pairwise(counts)):
        name = next(name for name, count in zip(columns.found, counts, strict=True) if count < 0)
        raise column_problem(name, "must not be missing where a later stage has a number", "missing-value")
    return tuple(drawn)


def _judged(plans: _Plans, found: Found, answers: Mapping[str, bool]) -> LotKind:
    """What lots with these plans, counts and answers mean on each severity."""
    outcomes: list[Outcome | None] = []
    rules = plans.scheme.rules
    for force in plans.forces:
        try:
            sampled = decide(force.on_lot, found, plans.scheme.counting)
            outcome = outcome_that_matters(rules, force, sampled)
        except DomainError:
            outcomes.append(None)
            continue
        if sampled.accepted and force.severity != "tightened":
            outcome = _answered(outcome, answers)
        outcomes.append(outcome)
    return LotKind(tuple(outcomes), answers.get("resubmitted", False), answers.get("resume", False))


def _answered(outcome: Outcome, answers: Mapping[str, bool]) -> Outcome:
    """An outcome with whether production is steady and the authority allows reduced inspection."""
    return replace(outcome, steady=answers.get("steady", True), authority=answers.get("authority", True))


def _plans(
    frame: LotFrame, columns: LotColumns, schemes: Sequence[Scheme], scheme_of: NDArray[np.intp] | None
) -> tuple[list[_Plans], NDArray[Any] | None]:
    """The different plans, and the place of those of each row; None if all rows have the same."""
    if columns.size is None:
        return [_Plans(one, one.forces) for one in schemes], scheme_of
    sizes = frame.numbers(columns.size, least=1)
    codes = RowCodes([sizes] if scheme_of is None else [sizes, scheme_of])
    found: dict[_Plans, int] = {}

    def place(values: Sequence[int]) -> int:
        scheme = schemes[values[1] if len(values) > 1 else 0]
        try:
            forces = tuple(in_force(scheme, severity, lot_size=values[0]) for severity in SEVERITIES)
        except DomainError as error:
            raise column_problem(columns.size or "", str(error), error.code) from None
        return found.setdefault(_Plans(scheme, forces), len(found))

    plans_of = codes.replaced(place)
    return list(found), plans_of


class RowCodes:
    """Rows of several small whole numbers as one number each, so that the different rows are few.

    The rows are coded a chunk at a time, so that no long array is made.
    """

    def __init__(self, parts: Sequence[NDArray[Any]]) -> None:
        self.parts = parts
        # A missing number is -1.
        self.bases = [int(part.max()) + 2 if len(part) else 1 for part in parts]

    def replaced(self, value: Callable[[Sequence[int]], int]) -> NDArray[Any]:
        """Return the value of each row, found once for each different row."""
        import numpy as np

        size = 1
        for base in self.bases:
            size *= base
        if size > _LARGEST_TABLE:
            return self._by_sorting(value)
        seen = np.zeros(size, dtype=np.bool_)
        for _, codes in self._chunks():
            seen[codes] = True
        different = np.flatnonzero(seen)
        values = _small([value(self._values(code)) for code in different.tolist()])
        table = np.zeros(size, dtype=values.dtype)
        table[different] = values
        done = np.empty(len(self.parts[0]), dtype=values.dtype)
        for chunk, codes in self._chunks():
            done[chunk] = table[codes]
        return done

    def _chunks(self) -> Iterator[tuple[slice, NDArray[np.intp]]]:
        """The codes of the rows, a chunk at a time."""
        import numpy as np

        for begin in range(0, len(self.parts[0]), _CHUNK):
            chunk = slice(begin, begin + _CHUNK)
            codes = self.parts[0][chunk].astype(np.intp) + 1
            for part, base in zip(self.parts[1:], self.bases[1:], strict=True):
                codes *= base
                codes += part[chunk]
                codes += 1
            yield chunk, codes

    def _values(self, code: int) -> list[int]:
        """The numbers of a row from its code."""
        values = []
        for base in reversed(self.bases):
            code, value = divmod(code, base)
            values.append(value - 1)
        return values[::-1]

    def _by_sorting(self, value: Callable[[Sequence[int]], int]) -> NDArray[Any]:
        """The value of each row where the numbers are large."""
        import numpy as np

        table = np.stack([part.astype(np.int64) for part in self.parts], axis=1)
        different, places = np.unique(table, axis=0, return_inverse=True)
        return _small([value(row) for row in different.tolist()])[places.ravel()]


def _small(values: Sequence[int]) -> NDArray[Any]:
    """Whole numbers from 0 in the smallest type."""
    import numpy as np

    return np.array(values, dtype=np.min_scalar_type(max(values, default=0)))
