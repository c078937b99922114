"""On Dask and Spark, streams are run as on one machine, and what is wrong is named."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

import aql
from aql import DomainError, LogError, Scheme
from aql.documents.cluster_frames import cluster_of

pytestmark = [
    pytest.mark.engines,
    pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]

Maker = Callable[[Any], Any]
SCHEME = Scheme.lookup(1200, aql=2.5)
COLUMNS: dict[str, Any] = {"stream": "supplier", "order": "day", "found": "found"}


def rows_of(frame: Any) -> list[dict[str, Any]]:
    """The rows of a frame of a cluster; None for what is missing."""
    read = frame.compute() if hasattr(frame, "compute") else frame.toArrow().to_pandas()
    return [
        {name: None if pd.isna(cell) else cell for name, cell in row.items()}
        for row in read.to_dict("records")
    ]


def streams_of(lots: int) -> pa.Table:
    rng = np.random.default_rng(20260117)
    day = np.datetime64("2026-01-01", "us") + rng.permutation(lots).astype("timedelta64[h]")
    names = [f"S{number}" for number in rng.integers(0, 20, lots)]
    return pa.table({"supplier": names, "day": day, "found": rng.integers(0, 6, lots)})


def by_lot(frame: Any) -> list[tuple[Any, ...]]:
    names = ("supplier", "severity", "decision", "score", "next", "state")
    return sorted((str(row["day"]), *(row[name] for name in names)) for row in rows_of(frame))


class Eager:
    """A frame that is computed already."""

    def __init__(self, frame: pd.DataFrame) -> None:
        self.compute = lambda: frame


def test_streams_are_run_as_on_one_machine_and_go_on_from_their_states(made: Maker) -> None:
    table = streams_of(600)
    states: Any = None
    local: Any = None
    for month in (table.slice(0, 300), table.slice(300)):
        frame = made(month)
        done = aql.run_streams(frame, SCHEME, **COLUMNS, states=states)
        assert cluster_of(done) == cluster_of(frame)
        states = aql.stream_states(done, stream="supplier", states=states)
        alone = aql.run_streams(month.to_pandas(), SCHEME, **COLUMNS, states=local)
        local = aql.stream_states(alone, stream="supplier", states=local)
        assert [row[1:] for row in by_lot(done)] == [row[1:] for row in by_lot(Eager(alone.astype(object)))]
    got = sorted((row["supplier"], row["state"]) for row in rows_of(states))
    assert got == sorted(map(tuple, local.astype(object).to_numpy().tolist()))


def test_what_is_wrong_with_columns_is_raised_at_once(made: Maker) -> None:
    lots = made(pa.table({"supplier": ["A"], "day": [1], "found": [0]}))
    with pytest.raises(LogError, match="there is no column date"):
        aql.run_streams(lots, SCHEME, stream="supplier", order="date", found="found")
    with pytest.raises(DomainError, match="states must be a frame of"):
        aql.run_streams(lots, SCHEME, **COLUMNS, states=pd.DataFrame({"supplier": ["A"], "state": ["{}"]}))


def test_what_is_wrong_with_a_row_of_a_stream_is_raised_when_it_is_computed(made: Maker) -> None:
    lots = made(pa.table({"supplier": ["A", "A"], "day": [1, 1], "found": [0, 0]}))
    done = aql.run_streams(lots, SCHEME, **COLUMNS)
    with pytest.raises(Exception, match="supplier A, day 1: must order the lots of a stream"):
        rows_of(done)
