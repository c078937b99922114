"""Rows, frames and CSV files: what is neither text nor a number is told, as is more of it than the limits allow."""

import math
from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import repeat
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pytest

import aql
from aql.documents import InputLimits
from aql.inspection.file_kinds import TEXT_ENCODINGS
from aql.inspection.log_files import read_file
from tests.attack.hostile_files import HEADER, told


def load(findings: Any, limits: InputLimits | None = None, **how: object) -> aql.Inspection:
    return aql.Inspection.load({**HEADER, "findings": how}, findings=findings, limits=limits or InputLimits())


class BrokenRepr:
    def __repr__(self) -> str:
        raise RuntimeError


VALUES = [
    Fraction(1, 3),
    [1],
    {"a": 1},
    (1,),
    {1},
    b"x",
    object(),
    BrokenRepr(),
    1j,
    range(3),
    10**60,
    10**400,
    10**5000,
    Decimal("1e400"),
    Decimal("1e999999"),
    Decimal("1." + "1" * 400),
    "\ud800",
    "x" * 100_001,
]


@pytest.mark.parametrize("value", VALUES, ids=range(len(VALUES)))
@pytest.mark.parametrize(
    "table",
    [
        lambda value: [{"item": 1, "term": "a", "value": value}],
        lambda value: pd.DataFrame({"item": [1], "term": ["a"], "value": pd.Series([value], dtype=object)}),
    ],
    ids=["rows", "pandas"],
)
def test_a_value_that_is_neither_text_nor_number_is_told(
    table: Callable[[object], Any], value: object
) -> None:
    error = told("bad-value", lambda: load(table(value)))
    assert isinstance(error, aql.LogError)
    assert error.problems[0].column == "value"


@pytest.mark.parametrize("value", [[1], {"a": 1}, b"x"], ids=lambda value: type(value).__name__)
def test_the_same_in_polars(value: object) -> None:
    told("bad-value", lambda: load(pl.DataFrame({"item": [1], "term": ["a"], "value": [value]})))


@pytest.mark.parametrize("value", [10**28, 10**29, 10**59, Decimal(10) ** 29, Decimal("1." + "1" * 40)])
def test_numbers_of_many_digits_keep_them_all(value: int | Decimal) -> None:
    inspection = load([{"item": 1, "term": "a", "value": value}])
    written = f"{Decimal(value):f}"
    assert inspection.rows[0].value == written
    frame = pd.DataFrame({"item": [1], "term": ["a"], "value": pd.Series([value], dtype=object)})
    assert load(frame).rows[0].value == written


@pytest.mark.parametrize("value", [math.nan, Decimal("NaN"), Decimal("sNaN"), None, ""])
def test_no_value_is_an_empty_cell(value: object) -> None:
    assert load([{"item": 1, "term": "a", "value": value}]).rows[0].value == ""


@pytest.mark.parametrize("findings", [5, object(), [5], [None], ["a.csv", 5], {"item": 1}, b"a.csv"])
def test_what_is_no_log_is_told(findings: object) -> None:
    with pytest.raises(aql.AqlError):
        load(findings)


@pytest.mark.parametrize("name", [1, None, ("item",)])
def test_a_column_has_a_name(name: object) -> None:
    told("bad-value", lambda: load([{"item": 1, "class": "minor", name: 2}]))


def test_rows_without_end_are_bounded() -> None:
    told("too-many-rows", lambda: load(repeat({"item": 1, "class": "minor"}), InputLimits(rows=100)))


SMALL = InputLimits(rows=5, columns=4, cells=12, text_length=20)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b"item,class\n" + b"1,minor\n" * 5, "too-many-rows"),
        (b"\n" * 6, "too-many-rows"),
        (b"\r" * 6, "too-many-rows"),
        (b"item,class,note,term,value\n", "too-many-columns"),
        (b"," * 100, "too-many-columns"),
        (b"item,class,note,term\n" * 4, "too-many-cells"),
        (b"0" * 21, "too-long"),
        (b'"' + b"a\n" * 30 + b'"', "too-long"),
        (b'"' * 100, "too-long"),
    ],
)
def test_a_csv_file_beyond_a_limit_is_told(text: bytes, code: str, tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_bytes(text)
    told(code, lambda: load(path, SMALL))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b"0" * 5_000_000, "too-long"),
        (b"\0" * 5_000_000, "bad-encoding"),
        (b"," * 5_000_000, "too-many-columns"),
    ],
)
def test_zeros_and_commas_of_megabytes_are_told(text: bytes, code: str, tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_bytes(text)
    told(code, lambda: load(path))


def frames(values: dict[str, list[int]]) -> Iterator[Any]:
    yield pd.DataFrame(values)
    yield pl.DataFrame(values)
    yield pl.LazyFrame(values)
    yield [dict(zip(values, row, strict=True)) for row in zip(*values.values(), strict=True)]


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"item": [1] * 6}, "too-many-rows"),
        ({name: [1] for name in "abcde"}, "too-many-columns"),
        ({name: [1] * 4 for name in "abcd"}, "too-many-cells"),
    ],
)
def test_a_frame_beyond_a_limit_is_told(values: dict[str, list[int]], code: str) -> None:
    for frame in frames(values):
        told(code, lambda frame=frame: load(frame, SMALL))  # type: ignore[misc]


def test_a_lazy_frame_that_fails_is_told_with_its_cause() -> None:
    lazy = pl.LazyFrame({"item": [1]}).select(pl.col("nowhere"))
    assert told("bad-log", lambda: load(lazy)).__cause__ is not None


@pytest.mark.parametrize(
    "name",
    ["punycode", "idna", "utf-7", "unicode_escape", "rot13", "zlib", "mbcs", "a\0b", "ü", "x" * 999, ""],
)
def test_an_encoding_is_one_of_the_bounded_ones(name: str) -> None:
    told("bad-value", lambda: load([], encoding=name))


def test_every_allowed_encoding_reads_what_it_writes(tmp_path: Path) -> None:
    for name in TEXT_ENCODINGS:
        path = tmp_path / "log.csv"
        path.write_bytes("item,class\n1,minor\n".encode(name))
        assert len(load(path, encoding=name).rows) == 1, name


@pytest.mark.parametrize("sign", ["\0", "", ",,", "\n", '"', 5])
def test_a_delimiter_is_one_character(sign: object) -> None:
    told("bad-value", lambda: load([], delimiter=sign))


def test_300_000_bad_rows_make_a_short_message(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_bytes(b"item,class\n" + b"".join(b"x%d,minor\n" % row for row in range(3000)))
    error = told("bad-value", lambda: load(path))
    assert isinstance(error, aql.LogError)
    assert len(error.problems) == 3000
    assert len(str(error)) < 400


def test_a_reader_takes_the_defaults(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_bytes(b"item,class\n1,minor\n")
    assert read_file(path, load([]).header.findings).rows == ((2, ("1", "minor")),)


def test_the_name_of_a_column_has_a_length() -> None:
    name = "x" * 100_001
    told("too-long", lambda: load([{"item": 1, name: "x"}]))
    told("too-long", lambda: load(pd.DataFrame({"item": [1], name: ["x"]})))


@pytest.mark.parametrize(
    "make",
    [
        pd.DataFrame,
        lambda rows: pd.DataFrame(rows).astype("category"),
        pl.DataFrame,
        lambda rows: pl.DataFrame(rows).with_columns(pl.col("note").cast(pl.Categorical)),
        lambda rows: pl.DataFrame(rows).with_columns(pl.col("note").cast(pl.Enum(rows["note"][:1]))),
    ],
    ids=["pandas", "pandas categories", "polars", "polars categories", "polars enum"],
)
def test_one_long_text_in_every_row_of_a_frame(make: Callable[[dict[str, Any]], Any]) -> None:
    frame = make({"item": [1] * 30, "term": ["a"] * 30, "note": ["x" * 100] * 30, "unit": [""] * 30})
    told("too-large", lambda: load(frame, InputLimits(log_length=3029)))
    load(frame, InputLimits(log_length=3030 if isinstance(frame, pl.DataFrame) else 3060))
