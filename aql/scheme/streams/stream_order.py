"""The lots of a frame, stream by stream in the order of inspection."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from aql.errors import LogError, Problem
from aql.scheme.streams.stream_frames import LotFrame, column_problem
from aql.words import listed, short_repr

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["StreamOrder", "first_rows", "in_streams"]

_MOST_NAMED = 5


@dataclass(frozen=True, slots=True, eq=False)
class StreamOrder:
    """The lots of a frame, stream by stream in the order of inspection.

    Attributes
    ----------
    rows : ndarray of intp or None
        The rows of the frame in that order; None if it has them so.
    begins : ndarray of intp
        The place of the first lot of each stream, and the number of lots.
    names : tuple
        The streams; a stream of several columns is a tuple.
    """

    rows: NDArray[np.intp] | None
    begins: NDArray[np.intp]
    names: tuple[Any, ...]

    def sorted(self, values: NDArray[Any]) -> NDArray[Any]:
        """Return values of the rows of the frame, stream by stream in the order of inspection."""
        return values if self.rows is None else values[self.rows]

    def as_given(self, values: NDArray[Any]) -> NDArray[Any]:
        """Return values of the lots, stream by stream, in the order of the rows of the frame."""
        import numpy as np

        if self.rows is None:
            return values
        given = np.empty_like(values)
        given[self.rows] = values
        return given

    def row(self, place: int) -> int:
        """Return the row of the frame of a lot."""
        return place if self.rows is None else int(self.rows[place])


def in_streams(frame: LotFrame, stream: Sequence[str], order: Sequence[str]) -> StreamOrder:
    """Sort the lots of a frame by stream and order.

    Raises
    ------
    LogError
        If a column is missing or of the wrong kind, the order has several time zones, or two lots of a stream have the
        same place in it.
    """
    import numpy as np

    streams, count = _combined([frame.places(name) for name in stream])
    moments = [_moments(frame, name) for name in order]
    moment = moments[0] if len(moments) == 1 else _combined(moments)[0]
    rows, ties = _sorted_rows(streams, count, moment) if count else (None, _ties(streams, moment))
    lots = np.bincount(streams, minlength=count) if count else np.zeros(0, dtype=np.intp)
    begins = np.concatenate(([0], np.cumsum(lots)))
    heads = begins[:-1] if rows is None else rows[begins[:-1]]
    names = _names(frame, stream, heads)
    found = StreamOrder(rows, begins, names)
    _check_ties(found, ties, [*stream, *order], frame)
    return found


def first_rows(frame: LotFrame, names: Sequence[str]) -> tuple[NDArray[Any], list[int]]:
    """Return the place of each row among the different rows of some columns, and a row of each."""
    import numpy as np

    places, count = _combined([frame.places(name) for name in names])
    rows = np.empty(count, dtype=np.intp)
    rows[places] = np.arange(len(places))
    return places, rows.tolist()


def _names(frame: LotFrame, stream: Sequence[str], heads: NDArray[np.intp]) -> tuple[Any, ...]:
    """The names of the streams, whose first lots are in these rows."""
    columns = [frame.rows.get_column(name)[heads.tolist()].to_list() for name in stream]
    return tuple(columns[0]) if len(columns) == 1 else tuple(zip(*columns, strict=True))


def _combined(columns: Sequence[NDArray[Any]]) -> tuple[NDArray[Any], int]:
    """Columns of whole numbers as one column of small whole numbers that sorts like them, and how many there are."""
    combined, count = _dense(columns[0])
    for column in columns[1:]:
        other, several = _dense(column)
        combined, count = _dense(combined.astype("int64") * several + other)
    return combined, count


def _dense(values: NDArray[Any]) -> tuple[NDArray[Any], int]:
    """The places of values among the different values, in the smallest type, and how many there are."""
    import numpy as np

    if not len(values):
        return values, 0
    if values.dtype.itemsize < 8:  # where a difference might not fit
        values = values.astype(np.int64)
    low, high = int(values.min()), int(values.max())
    if high - low < max(2**20, 2 * len(values)):
        shifted = values if low == 0 else values - low
        seen = np.zeros(high - low + 1, dtype=np.bool_)
        seen[shifted] = True
        count = int(seen.sum())
        small = np.uint16 if count <= 2**16 else np.int64
        if count == len(seen):
            return shifted.astype(small, copy=False), count
        return (np.cumsum(seen) - 1).astype(small)[shifted], count
    different, places = np.unique(values, return_inverse=True)
    return places.astype(np.uint16 if len(different) <= 2**16 else np.int64), len(different)


def _sorted_rows(
    streams: NDArray[Any], count: int, moment: NDArray[Any]
) -> tuple[NDArray[np.intp] | None, NDArray[np.intp]]:
    """The rows by stream and moment, None if they are so; and the places of lots with the moment of the lot before."""
    import numpy as np

    same_stream = streams[1:] == streams[:-1]
    if (streams[1:] >= streams[:-1]).all() and not ((moment[1:] < moment[:-1]) & same_stream).any():
        return None, _ties(streams, moment)
    low = int(moment.min())
    step, bits = 1, (len(streams) - 1).bit_length()
    width = int(moment.max()) - low
    if width < 2**63 <= count * (width + 1) << bits:
        step = int(np.gcd.reduce(moment - low)) or 1
    span = width // step + 1
    if count * span << bits < 2**63:
        # Stream, moment and row in one number, because numbers are sorted several times faster than their places.
        packed = streams.astype(np.int64)
        packed *= span
        packed += (moment - low) // step if step > 1 else moment - low
        packed <<= bits
        packed += np.arange(len(streams))
        packed.sort()
        rows = packed & ((1 << bits) - 1)
        packed >>= bits
        return rows.astype(np.intp, copy=False), np.flatnonzero(packed[1:] == packed[:-1]) + 1
    by_moment = np.argsort(moment, kind="stable")
    rows = by_moment[np.argsort(streams[by_moment], kind="stable")]
    return rows, _ties(streams[rows], moment[rows])


def _ties(streams: NDArray[Any], moment: NDArray[Any]) -> NDArray[np.intp]:
    """The places of lots with the stream and moment of the lot before."""
    import numpy as np

    return np.flatnonzero((streams[1:] == streams[:-1]) & (moment[1:] == moment[:-1])) + 1


def _check_ties(order: StreamOrder, ties: NDArray[np.intp], columns: Sequence[str], frame: LotFrame) -> None:
    """Raise for lots with the same place in the order of their stream."""
    problems = []
    for place in ties[:_MOST_NAMED].tolist():
        row = order.row(place)
        where = ", ".join(f"{name} {frame.value(name, row)}" for name in columns)
        message = "must order the lots of a stream, got two lots with the same value. Add a column to order"
        problems.append(Problem(where, message, code="out-of-order", column=columns[-1]))
    if problems:
        raise LogError("the frame of lots", problems)


def _moments(frame: LotFrame, name: str) -> NDArray[Any]:
    """A column of numbers, dates or times as whole numbers in the same order."""
    import narwhals.stable.v2 as nw
    import numpy as np

    series = frame.column(name)
    kind = series.dtype
    if kind.is_float() or kind == nw.UInt64:
        return np.unique(series.to_numpy(), return_inverse=True)[1]
    if kind.is_integer():
        return series.to_numpy().astype(np.int64, copy=False)
    if kind == nw.Date:
        return series.dt.timestamp("ms").to_numpy() // 86_400_000
    if isinstance(kind, nw.Datetime):
        return series.dt.timestamp("ms" if kind.time_unit == "s" else kind.time_unit).to_numpy()
    if kind == nw.Object:
        return _moments_of_objects(name, series.to_list())
    raise column_problem(name, f"must be a column of dates, times or numbers, got {kind}")


def _moments_of_objects(name: str, values: Sequence[object]) -> NDArray[np.int64]:
    """Dates or times of Python, all of one kind and in one time zone, as whole numbers in the same order."""
    import numpy as np

    for row, value in enumerate(values, start=1):
        if value is None or (isinstance(value, date) and value != value):  # noqa: PLR0124 - NaT of pandas
            raise column_problem(name, f"must not be missing, as in row {row}", "missing-value")
    kinds = {type(value) for value in values}
    if not all(issubclass(kind, date) for kind in kinds):
        value = next(value for value in values if not isinstance(value, date))
        raise column_problem(name, f"must be a column of dates, times or numbers, got {short_repr(value)}")
    if len({issubclass(kind, datetime) for kind in kinds}) == 2:
        raise column_problem(name, "must be a column of dates or of times, got both")
    zones = {
        str(value.tzinfo) if value.tzinfo else "no time zone"
        for value in values
        if isinstance(value, datetime)
    }
    if len(zones) > 1:
        raise column_problem(name, f"must be in one time zone, got {listed(sorted(zones))}")
    ranks = {value: place for place, value in enumerate(sorted(set(values)))}  # type: ignore[type-var]
    return np.array([ranks[value] for value in values], dtype=np.int64)
