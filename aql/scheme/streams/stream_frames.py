"""Frames with one row per lot: their columns read as arrays, and columns added to them, in each engine's own way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from aql.checks import nearest
from aql.documents.cluster_frames import CLUSTERS
from aql.errors import DomainError, LogError, Problem
from aql.words import listed, short_repr

if TYPE_CHECKING:
    import narwhals.stable.v2 as nw
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["ENGINES", "LotFrame", "Words", "column_names", "column_problem", "read_lots"]

ENGINES: Mapping[str, str] = {
    "pandas": "pandas",
    "polars": "polars",
    "pyarrow": "pyarrow",
    "duckdb": "DuckDB",
}
"""The engines by the name that narwhals gives them."""


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """A column of few different words: the place of each row's word, -1 where it is missing."""

    places: NDArray[Any]
    words: Sequence[str]


@dataclass(frozen=True, slots=True, eq=False)
class LotFrame:
    """A frame with one row per lot.

    Attributes
    ----------
    rows : narwhals.DataFrame
        Its rows.
    engine : str
        One of `ENGINES`, the engine of the frame that came.
    given : object
        The frame that came.
    """

    rows: nw.DataFrame[Any]
    engine: str
    given: Any

    def column(self, name: str) -> nw.Series[Any]:
        """Return a column, which must be there and have no missing value."""
        import narwhals.stable.v2 as nw

        if name not in self.rows.columns:
            close = nearest(name, self.rows.columns)
            hint = f'. Did you mean "{close}"?' if close else ""
            raise column_problem(name, f"there is no column {name}{hint}", "no-column")
        series = self.rows.get_column(name)
        if series.dtype == nw.Object:  # its values are checked one by one where it is read
            return series
        missing = series.is_null() | series.is_nan() if series.dtype.is_float() else series.is_null()
        if missing.any():
            row = int(missing.arg_true()[0])
            raise column_problem(name, f"must not be missing, as in row {row + 1}", "missing-value")
        return series

    def numbers(self, name: str, *, least: int, missing: bool = False) -> NDArray[Any]:
        """Return a column of whole numbers from `least`; with `missing`, -1 stands for one that is missing."""
        import numpy as np

        absent = None
        if missing and name in self.rows.columns:
            series = self.rows.get_column(name)
            if series.dtype.is_numeric():
                empty = series.is_null() | series.is_nan() if series.dtype.is_float() else series.is_null()
                absent = empty.to_numpy()
                series = series if series.dtype.is_float() else series.fill_null(least)
        else:
            series = self.column(name)
        if not (series.dtype.is_integer() or series.dtype.is_float()):
            raise column_problem(name, f"must be a column of whole numbers, got {series.dtype}")
        values = series.to_numpy()
        if series.dtype.is_float():
            values = values if absent is None else np.where(absent, least, values)
            # A float of 2 ** 53 or more may stand for another whole number.
            _check(name, least, values, ~((values == np.floor(values)) & (np.abs(values) < 2**53)))
            values = values.astype(np.int64)
        if len(values) and int(values.min()) < least:
            _check(name, least, values, values < least)
        if len(values) and int(values.max()) >= 2**53:
            _check(name, least, values, values >= 2**53)
        values = values.astype(np.int64) if values.dtype == np.uint64 or absent is not None else values
        return values if absent is None else np.where(absent, -1, values)

    def answers(self, name: str) -> NDArray[np.bool]:
        """Return a column of True and False."""
        import narwhals.stable.v2 as nw
        import numpy as np

        series = self.column(name)
        if series.dtype != nw.Boolean:
            raise column_problem(name, f"must be a column of True and False, got {series.dtype}")
        return series.to_numpy().astype(np.bool_, copy=False)

    def places(self, name: str) -> NDArray[Any]:
        """Return a column of text or whole numbers as numbers that are equal where the values are."""
        import narwhals.stable.v2 as nw

        series = self.column(name)
        if series.dtype.is_integer():
            return series.to_numpy()
        if not isinstance(series.dtype, (nw.String, nw.Categorical, nw.Enum)):
            raise column_problem(name, f"must be a column of text or whole numbers, got {series.dtype}")
        native: Any = series.to_native()
        if self.engine == "pandas":
            import pandas as pd

            codes: NDArray[Any] = pd.factorize(native)[0]
            return codes
        if self.engine == "polars":
            import polars as pl

            physical: NDArray[Any] = native.cast(pl.Categorical).to_physical().to_numpy()
            return physical
        import pyarrow as pa

        encoded = native if pa.types.is_dictionary(native.type) else native.dictionary_encode()
        indices: NDArray[Any] = encoded.unify_dictionaries().combine_chunks().indices.to_numpy()
        return indices

    def value(self, name: str, row: int) -> Any:
        """Return the value of a column in a row, as a value of Python."""
        return self.rows.get_column(name)[row : row + 1].to_list()[0]

    def with_columns(self, columns: Mapping[str, Words | NDArray[Any]]) -> Any:
        """Return the frame that came with further columns; a negative number is one that is missing."""
        native: Any = self.rows.to_native()
        if self.engine == "pandas":
            return native.assign(**{name: _pandas_column(one) for name, one in columns.items()})
        if self.engine == "polars":
            added = native.with_columns([_polars_column(name, one) for name, one in columns.items()])
            return added if type(added) is type(self.given) else added.lazy()
        for name, one in columns.items():
            native = native.append_column(name, _arrow_column(one))
        if self.engine == "pyarrow":
            return native
        return self.given.query("given", "SELECT * FROM native").materialize()


def column_names(given: object, name: str) -> tuple[str, ...]:
    """Return the names of one or several columns, which are the argument `name`."""
    names: tuple[object, ...] = (given,) if isinstance(given, str) else ()
    if not names and isinstance(given, (list, tuple)):
        names = tuple(given)
    if not names or not all(isinstance(one, str) for one in names):
        raise DomainError(f"{name} must be a column or several, got {short_repr(given)}", value=given)
    return cast("tuple[str, ...]", names)


def column_problem(name: str, message: str, code: Any = "bad-value") -> LogError:
    """Return the error for a column of a frame of lots."""
    where = f"lots, column {name}"
    return LogError("the frame of lots", [Problem(where, message, code=code, column=name)])


def read_lots(lots: object) -> LotFrame:
    """Read a frame of lots; a lazy one is collected.

    Raises
    ------
    DomainError
        If it is not a frame of one of the engines.
    """
    import narwhals.stable.v2 as nw
    from narwhals.exceptions import DuplicateError

    wanted = f"lots must be a frame of {listed([*ENGINES.values(), *CLUSTERS.values()], last='or')}"
    try:
        read: Any = nw.from_native(lots)
    except TypeError:
        raise DomainError(f"{wanted}, got {type(lots).__name__}", value=lots) from None
    except DuplicateError as error:
        raise DomainError("lots must have columns with different names", code="two-columns") from error
    engine = read.implementation.value
    if engine not in ENGINES:
        raise DomainError(f"{wanted}, got one of {engine}", value=engine)
    for column in read.collect_schema():
        if not isinstance(column, str):
            raise DomainError(f"lots must have columns named by text, got {short_repr(column)}", value=column)
    return LotFrame(read.collect() if isinstance(read, nw.LazyFrame) else read, engine, lots)


def _pandas_column(one: Words | NDArray[Any]) -> Any:
    import pandas as pd

    if isinstance(one, Words):
        kind = pd.CategoricalDtype(list(one.words))
        return pd.Categorical.from_codes(one.places, dtype=kind, validate=False)
    return pd.arrays.IntegerArray(one, one < 0)


def _polars_column(name: str, one: Words | NDArray[Any]) -> Any:
    import polars as pl

    places = one.places if isinstance(one, Words) else one
    column = pl.Series(name, places)
    if len(places) and int(places.min()) < 0:
        column = column.set(column < 0, None)
    if not isinstance(one, Words):
        return column
    kind = pl.Enum(pl.Series(one.words, dtype=pl.String))
    return pl.Series(name, one.words, dtype=kind).gather(column)


def _arrow_column(one: Words | NDArray[Any]) -> Any:
    import pyarrow as pa

    if not isinstance(one, Words):
        return pa.array(one, mask=one < 0)
    places = pa.array(one.places, mask=one.places < 0)
    return pa.DictionaryArray.from_arrays(places, pa.array(list(one.words), pa.string()))


def _check(name: str, least: int, values: NDArray[Any], bad: NDArray[np.bool]) -> None:
    """Raise for the first bad value of a column of whole numbers, if there is one."""
    if bad.any():
        row = int(bad.argmax())
        got = f"{values[row]} in row {row + 1}"
        raise column_problem(name, f"must be a whole number, {least} or more, got {got}")
