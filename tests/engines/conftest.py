"""Sessions of Dask and Spark that the tests share; without Java, those of Spark are skipped."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pandas as pd
import pytest


@pytest.fixture(scope="session")
def spark() -> Iterator[Any]:
    """A local session of Spark with few partitions, in a time zone that is not UTC."""
    sql = pytest.importorskip("pyspark.sql")
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        pytest.skip("no Java")
    session = (
        sql.SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.sql.session.timeZone", "Asia/Shanghai")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


@pytest.fixture(params=["dask", "spark"])
def made(request: pytest.FixtureRequest) -> Callable[[Any], Any]:
    """A function that makes a frame of an engine of a pyarrow table."""
    if request.param == "dask":
        dask = pytest.importorskip("dask.dataframe")
        return lambda table: dask.from_pandas(table.to_pandas(types_mapper=_nullable), npartitions=3)
    make: Callable[[Any], Any] = request.getfixturevalue("spark").createDataFrame
    return make


def _nullable(kind: object) -> Any:
    return pd.Int64Dtype() if str(kind) == "int64" else None
