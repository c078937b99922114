"""Columns of streams: whole numbers exactly up to 2**53, missing ones by engine, and dense places that order as the values do."""

from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from aql import LogError
from aql.scheme.streams.stream_frames import read_lots
from aql.scheme.streams.stream_order import _dense, in_streams


@pytest.mark.parametrize("kind", ["int64", "uint64", "float64"])
def test_whole_numbers_are_exact_below_2_to_the_53(kind: str) -> None:
    largest = 2**53 - 1
    good = pd.DataFrame({"size": np.array([1, largest], dtype=kind)})
    assert read_lots(good).numbers("size", least=1).tolist() == [1, largest]
    beyond = pd.DataFrame({"size": np.array([1, 2**53], dtype=kind)})
    with pytest.raises(LogError, match=r"column size: must be a whole number, .* in row 2"):
        read_lots(beyond).numbers("size", least=1)


@pytest.mark.parametrize(
    "frame",
    [
        pl.DataFrame({"second": pl.Series([1, None, 2], dtype=pl.Int64)}),
        pl.DataFrame({"second": pl.Series([1, None, 2], dtype=pl.UInt8)}),
        pl.DataFrame({"second": pl.Series([1.0, None, 2.0], dtype=pl.Float64)}),
        pl.DataFrame({"second": pl.Series([1.0, np.nan, 2.0], dtype=pl.Float32)}),
        pa.table({"second": pa.array([1, None, 2], pa.int32())}),
        pa.table({"second": pa.array([1.0, None, 2.0])}),
        pd.DataFrame({"second": pd.Series([1, None, 2], dtype="Int64")}),
        pd.DataFrame({"second": pd.Series([1, None, 2], dtype="Float64")}),
        pd.DataFrame({"second": [1.0, np.nan, 2.0]}),
    ],
    ids=range(9),
)
def test_a_missing_number_of_a_stage_is_minus_1_in_every_engine(frame: Any) -> None:
    found = read_lots(frame).numbers("second", least=0, missing=True)
    assert found.tolist() == [1, -1, 2]
    assert found.dtype.kind == "i"
    with pytest.raises(LogError, match="must not be missing, as in row 2"):
        read_lots(frame).numbers("second", least=0)


@pytest.mark.parametrize("number", [-1, -2, 0.5, 2**53])
@pytest.mark.parametrize("kind", ["int64", "float64", "Int64"])
def test_a_number_that_cannot_be_is_not_taken_for_a_missing_one(number: Any, kind: str) -> None:
    if number == 0.5 and kind != "float64":
        return
    frame = pd.DataFrame(
        {"second": pd.Series([0, number, None] if kind != "int64" else [0, number], dtype=kind)}
    )
    for missing in (True, False):
        with pytest.raises(
            LogError, match=rf"a whole number, 0 or more, got {number}\S* in row 2|must not be missing"
        ):
            read_lots(frame).numbers("second", least=0, missing=missing)


# A short order that is sorted, one that is not, and one whose numbers are too far apart to be packed with their rows.
ORDERS: dict[str, list[int]] = {
    "sorted": [1, 2, 2, 3],
    "mixed": [2, 3, 2, 1],
    "far apart": [2, 2**62 + 1, 2, -(2**62)],
}


@pytest.mark.parametrize("order", ORDERS.values(), ids=[*ORDERS])
def test_two_lots_of_one_moment_are_named_by_it(order: list[int]) -> None:
    frame = read_lots(pd.DataFrame({"supplier": "A", "day": order}))
    with pytest.raises(LogError, match="supplier A, day 2: must order the lots of a stream") as raised:
        in_streams(frame, ["supplier"], ["day"])
    assert len(raised.value.problems) == 1


@pytest.mark.parametrize("order", [[5, 7, 9, 11], [9, 5, 11, 7], [2**62, -5, 2**62 + 3, -(2**62)]])
def test_lots_of_two_streams_come_in_their_order(order: list[int]) -> None:
    frame = read_lots(pd.DataFrame({"supplier": [*"BABA"], "day": order}))
    found = in_streams(frame, ["supplier"], ["day"])
    by_stream = {
        name: [order[found.row(place)] for place in range(found.begins[at], found.begins[at + 1])]
        for at, name in enumerate(found.names)
    }
    assert by_stream == {"A": sorted(order[1::2]), "B": sorted(order[::2])}
    assert found.as_given(found.sorted(np.array(order))).tolist() == order


@pytest.mark.parametrize("step", [1, 3, 64], ids=["whole range", "range with gaps", "wide range"])
@pytest.mark.parametrize("different", [2**16, 2**16 + 1])
def test_many_different_values_keep_their_order(different: int, step: int) -> None:
    """Values of few or many bits, of which the places just fit in 16 bits, or just do not."""
    ranks = np.random.default_rng(3).permutation(different)
    places, count = _dense(ranks * step - 7)
    assert count == different
    assert (places == ranks).all()
    assert places.dtype == ("uint16" if different <= 2**16 else "int64"), "the smallest type"


def test_streams_named_by_numbers_beyond_2_to_the_63_come_in_their_order() -> None:
    frame = read_lots(pd.DataFrame({"supplier": np.array([2**63, 5, 2**63 + 1], "uint64"), "day": [1, 1, 1]}))
    found = in_streams(frame, ["supplier"], ["day"])
    assert found.names == (5, 2**63, 2**63 + 1)
