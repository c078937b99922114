"""The cells of a log as text: the width of binary floats is kept, and limits hold up to their last row, column and cell."""

from datetime import date, time, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import aql
from aql.documents.floats import FloatText
from aql.documents.input_limits import InputLimits
from aql.inspection.findings_source import FindingsSource
from aql.inspection.log_cells import cell_problem, cell_text, problem_at, whole_number
from aql.inspection.log_sources import read_table
from tests.scoring.builders import header

LONG = 10**60 - 1


@pytest.mark.parametrize(
    ("value", "text", "bits"),
    [
        (0.1, "0.1", 64),
        (np.float64(0.25), "0.25", 64),
        (np.longdouble("0.5"), "0.5", 64),
        (np.float32(0.1), "0.1", 32),
        (np.float16(0.5), "0.5", 32),
        (1e22, "10000000000000000000000", 64),
        (np.float64(3.0), "3", 64),
    ],
)
def test_a_float_keeps_the_width_of_its_type(value: Any, text: str, bits: int) -> None:
    found = cell_text(value, ".")
    assert isinstance(found, FloatText)
    assert (found, found.bits) == (text, bits)


def test_a_float_of_a_32_bit_column_is_one_of_32_bits() -> None:
    wide = float(np.float32(0.1))
    found = cell_text(wide, ",", bits=32)
    assert isinstance(found, FloatText)
    assert (found, found.bits) == ("0,1", 32)
    assert cell_text(wide, ",") == "0,10000000149011612"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("1.50"), "1,50"),
        (Decimal("2.0"), "2"),
        (Decimal("NaN"), ""),
        (Decimal("Infinity"), "Infinity"),
        (float("nan"), ""),
        (float("inf"), "Infinity"),
        (np.int64(7), "7"),
        (np.bool_(False), "no"),
        (True, "yes"),
        (pd.NA, ""),
        (pd.NaT, ""),
        (date(2026, 1, 17), "2026-01-17"),
        (" a ", "a"),
        (7, "7"),
        (None, ""),
    ],
)
def test_what_is_no_finite_float_is_plain_text(value: Any, text: str) -> None:
    found = cell_text(value, ",")
    assert (found, isinstance(found, FloatText)) == (text, False)


@pytest.mark.parametrize("good", [
    LONG, -LONG, Decimal(LONG), Decimal("1e60"), Decimal("1e-60"), Decimal("NaN"), 1.5, np.float32(1), "a" * 5, "é", None,
    True, date(2026, 1, 1), time(9), timedelta(1), pd.NA,
])  # fmt: skip
def test_a_cell_may_hold_text_a_number_a_date_or_nothing(good: Any) -> None:
    assert cell_problem(good, InputLimits(text_length=5)) == ""


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (LONG + 1, "must be a number of at most 60 digits, got a longer one"),
        (-LONG - 1, "must be a number of at most 60 digits, got a longer one"),
        (Decimal(10 * LONG), "must be a number of at most 60 digits, got a longer one"),
        (Decimal("1e61"), "must be a number of at most 60 digits, got a longer one"),
        (Decimal("1e-61"), "must be a number of at most 60 digits, got a longer one"),
        ("a" * 6, "must have at most 5 characters, got 6"),
        ("ab\ud800", "must be valid Unicode; character 3 is half of a pair"),
        ({1}, "must be a single value, got a set"),
        (b"a", "must be text, a number or a date, got b'a'"),
        (Fraction(1, 3), "must be text, a number or a date, got Fraction(1, 3)"),
    ],
)
def test_another_cell_is_told(wrong: Any, says: str) -> None:
    assert cell_problem(wrong, InputLimits(text_length=5)) == says


def test_a_problem_has_its_place() -> None:
    problem = problem_at("log.xlsx", 3, "is wrong", column="item", letter="B", nearest="items")
    assert problem.where == "log.xlsx, cell B3, column item"
    assert (problem.file, problem.row, problem.column) == ("log.xlsx", 3, "item")
    assert (problem.nearest, problem.suggestion, problem.code) == ("items", "items", "bad-value")
    assert problem_at("log.csv", None, "is wrong").where == "log.csv"
    assert problem_at("log.csv", 3, "is wrong").column is None


@pytest.mark.parametrize(
    ("text", "number"),
    [("7", 7), ("7.0", 7), ("7.00", 7), ("007", 7), ("9" * 12, 10**12 - 1), ("9" * 13, None), ("7.5", None), ("7.", None), ("-7", None), ("", None), ("٣", None)],
)  # fmt: skip
def test_a_whole_number_has_at_most_twelve_digits(text: str, number: int | None) -> None:
    assert whole_number(text) == number


# Limits.


ROWS = [{"term": "dent", "item": 1}, {"term": "dent", "item": 2}]


@pytest.mark.parametrize(("limit", "holds"), [("rows", 2), ("columns", 2), ("cells", 4), ("text_length", 4)])
@pytest.mark.parametrize("source", [ROWS, pd.DataFrame(ROWS)], ids=["rows", "frame"])
def test_a_limit_is_the_last_that_is_read(limit: str, holds: int, source: Any) -> None:
    enough, too_few = InputLimits(**{limit: holds}), InputLimits(**{limit: holds - 1})
    assert len(read_table(source, FindingsSource(), limits=enough).rows) == 2
    with pytest.raises(aql.AqlError, match=str(holds - 1)):
        read_table(source, FindingsSource(), limits=too_few)
    if limit != "text_length":
        assert len(aql.Inspection.load(header(), findings=source, limits=enough).rows) == 2
        with pytest.raises(aql.AqlError, match=str(holds - 1)):
            aql.Inspection.load(header(), findings=source, limits=too_few)


def test_one_row_more_than_the_limit_is_taken_from_an_iterator() -> None:
    limits = InputLimits(rows=3)
    for read in (
        lambda rows: aql.Inspection.load(header(), findings=rows, limits=limits),
        lambda rows: read_table(rows, FindingsSource(), limits=limits),
    ):
        rows = iter(ROWS * 4)
        with pytest.raises(aql.AqlError, match="at most 3 rows"):
            read(rows)
        assert len(list(rows)) == 4


def test_files_and_rows_may_come_from_an_iterator(tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / f"{name}.csv").write_text("term,item\ndent,1\n", "utf-8")
    load: Any = aql.Inspection.load
    assert len(load(header(), findings=iter([tmp_path / "a.csv", str(tmp_path / "b.csv")])).rows) == 2
    assert len(load(header(), findings=iter(ROWS)).rows) == 2
    assert load(header(), findings=iter([])).rows == ()
    with pytest.raises(aql.DomainError, match="must be a frame, a list of dicts, or paths, got list"):
        load(header(), findings=[tmp_path / "a.csv", ROWS[0]])


def test_a_row_of_a_document_says_which_floats_have_32_bits() -> None:
    rows = [
        {"item": 1, "term": "width", "value": 0.1},
        {"item": 2, "term": "width", "value": 0.1, "float_bits": 32},
        {"item": 3, "term": "width", "value": "0.1"},
    ]
    read = aql.Inspection.load(header() | {"log": rows}).rows
    assert [getattr(row.value, "bits", None) for row in read] == [64, 32, None]
    with pytest.raises(aql.LogError, match="float_bits"):
        aql.Inspection.load(header() | {"log": [{**rows[2], "float_bits": 32}]})
