"""Columns of streams: whole numbers exactly up to 2**53, missing ones by engine, and dense places that order as the values do."""

from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest

from aql import LogError
from aql.scheme.streams.stream_frames import read_lots
from aql.scheme.streams.stream_order import _dense


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
        pl.DataFrame({"second": pl.Series([1.0, None, 2.0], dtype=pl.Float64)}),
        pd.DataFrame({"second": pd.Series([1, None, 2], dtype="Int64")}),
        pd.DataFrame({"second": [1.0, np.nan, 2.0]}),
    ],
    ids=["polars int", "polars float", "pandas Int64", "pandas float"],
)
def test_a_missing_number_of_a_stage_is_minus_1_in_every_engine(frame: Any) -> None:
    found = read_lots(frame).numbers("second", least=0, missing=True)
    assert found.tolist() == [1, -1, 2]
    assert found.dtype.kind == "i"
    with pytest.raises(LogError, match="must not be missing, as in row 2"):
        read_lots(frame).numbers("second", least=0)


@pytest.mark.parametrize("step", [1, 3, 64], ids=["whole range", "range with gaps", "wide range"])
@pytest.mark.parametrize("different", [2**16, 2**16 + 1])
def test_many_different_values_keep_their_order(different: int, step: int) -> None:
    """Values of few or many bits, of which the places just fit in 16 bits, or just do not."""
    ranks = np.random.default_rng(3).permutation(different)
    places, count = _dense(ranks * step - 7)
    assert count == different
    assert (places == ranks).all()
