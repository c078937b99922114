"""Logs as people send them: every kind of file gives the same rows, and every error names its place."""

import json
import math
import re
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from pyarrow import parquet

import aql
from aql.inspection.log import LogRow
from tests.scoring.builders import (
    Values,
    cls,
    contract,
    header,
    measured,
    problems,
    single,
    term,
    verdict,
    write,
)

COLUMNS = ("lot", "item", "term", "class", "value", "unit", "count", "note")
ROWS: list[Values] = [
    {"lot": "L1", "item": 57, "term": "scratch", "class": "minor", "note": "7 mm, back"},
    {"lot": "L1", "item": 3, "term": "battery", "value": "3012.5", "unit": "mAh"},
    {"lot": "L1", "term": "dent", "count": 4},
    {"lot": "L1", "item": 1, "class": "major", "note": 'says "hot"\nin two lines'},
    {"lot": "L1", "item": 120, "term": "size", "value": "M", "count": None},
]
EXPECTED = (
    LogRow(item=57, term="scratch", class_="minor", note="7 mm, back"),
    LogRow(item=3, term="battery", value="3012.5", unit="mAh"),
    LogRow(term="dent", count=4),
    LogRow(item=1, class_="major", note='says "hot"\nin two lines'),
    LogRow(item=120, term="size", value="M"),
)
TEXT = (
    "lot,item,term,class,value,unit,count,note\n"
    'L1,57,scratch,minor,,,,"7 mm, back"\n'
    "L1,3,battery,,3012.5,mAh,,\n"
    "L1,,dent,,,,4,\n"
    'L1,1,,major,,,,"says ""hot""\nin two lines"\n'
    "L1,120,size,,M,,,\n"
)


def replace_bits(rows: tuple[LogRow, ...], place: int) -> tuple[LogRow, ...]:
    """The rows, one of them with a value that came as a 64-bit float."""
    return tuple(replace(row, float_bits=64) if place == number else row for number, row in enumerate(rows))


def load(folder: Path, *names: str, **how: Any) -> aql.Inspection:
    """An inspection whose header names files in its folder."""
    document = header(findings={"file": list(names), **how})
    (folder / "inspection.json").write_text(json.dumps(document), "utf-8")
    return aql.Inspection.load(folder / "inspection.json")


def rows_of(folder: Path, text: str, *, name: str = "log.csv", **how: Any) -> tuple[LogRow, ...]:
    """The rows of a CSV file with this text."""
    write(folder, name, text, how.get("encoding", "utf-8"))
    return load(folder, name, **how).rows


def faults(folder: Path, text: str, **how: Any) -> list[str]:
    with pytest.raises(aql.LogError) as raised:
        rows_of(folder, text, **how)
    return problems(raised.value)


def frame_rows(frame: Any, **how: Any) -> tuple[LogRow, ...]:
    return aql.Inspection.load(header(findings=how), findings=frame).rows


# CSV as people send it.


def test_a_plain_csv_file_is_read(tmp_path: Path) -> None:
    assert rows_of(tmp_path, TEXT) == EXPECTED


def test_a_byte_order_mark_is_no_part_of_the_first_column(tmp_path: Path) -> None:
    assert rows_of(tmp_path, "\ufeff" + TEXT) == EXPECTED


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "utf-16-le"])
def test_other_forms_of_unicode_are_read_where_they_are_declared(tmp_path: Path, encoding: str) -> None:
    assert rows_of(tmp_path, TEXT, encoding=encoding) == EXPECTED


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_line_endings_of_other_systems_are_line_endings(tmp_path: Path, ending: str) -> None:
    text = "item,term,note\n57,scratch,a\n58,scratch,b\n"
    assert rows_of(tmp_path, text.replace("\n", ending)) == rows_of(tmp_path, text)


def test_a_line_break_inside_quotes_is_kept(tmp_path: Path) -> None:
    (row,) = rows_of(tmp_path, 'item,term,note\r\n5,dent,"one\r\ntwo"\r\n')
    assert row.note == "one\r\ntwo"


def test_semicolons_and_decimal_commas_are_read_where_they_are_declared(tmp_path: Path) -> None:
    text = "item;term;value;note\n1;width;245,5;a, b\n2;width;246;\n"
    rows = rows_of(tmp_path, text, delimiter=";", decimal=",")
    assert [(row.item, row.value, row.note) for row in rows] == [(1, "245,5", "a, b"), (2, "246", "")]
    agreed = contract(cls(plan=single(2, 0)), [measured("width", min="245.5", max="246")])
    found = aql.score(
        agreed,
        aql.Inspection.load(
            header(inspected=2, findings={"delimiter": ";", "decimal": ","}), findings=tmp_path / "log.csv"
        ),
    )
    assert found.decision == "accept"


@pytest.mark.parametrize(("delimiter", "sign"), [("tab", "\t"), ("\t", "\t"), ("|", "|"), ("semicolon", ";")])
def test_any_one_character_may_divide_the_cells(tmp_path: Path, delimiter: str, sign: str) -> None:
    text = TEXT.replace('"7 mm, back"', "7 mm back").replace(",", sign)
    assert [row.item for row in rows_of(tmp_path, text, delimiter=delimiter)] == [57, 3, None, 1, 120]


@pytest.mark.parametrize("name", ["log.csv", "log.CSV", "log.txt", "log.tsv"])
def test_the_ending_says_that_a_file_is_text(tmp_path: Path, name: str) -> None:
    assert rows_of(tmp_path, TEXT, name=name) == EXPECTED


def test_blanks_around_cells_are_no_part_of_them(tmp_path: Path) -> None:
    text = " item , term ,note \n 57 , scratch , 7 mm \n"
    assert rows_of(tmp_path, text) == (LogRow(item=57, term="scratch", note="7 mm"),)


def test_blank_lines_and_rows_of_empty_cells_say_nothing(tmp_path: Path) -> None:
    text = "\n  \nitem,term,note\n\n57,scratch,\n,,\n   ,  ,\n58,scratch,\n\n\n"
    assert [row.item for row in rows_of(tmp_path, text)] == [57, 58]


def test_rows_keep_the_number_of_their_line(tmp_path: Path) -> None:
    """Blank lines and cells of several lines count, so that an editor goes to the right line."""
    text = '\nitem,term,note\n57,scratch,"a\nb\nc"\n\n58,scratch,\n'
    assert [row.place for row in rows_of(tmp_path, text)] == ["log.csv, row 3", "log.csv, row 7"]


def test_empty_columns_at_the_end_are_no_columns(tmp_path: Path) -> None:
    text = "item,term,,,\n57,scratch,,,\n58,scratch,,\n59,scratch\n"
    assert [row.item for row in rows_of(tmp_path, text)] == [57, 58, 59]


def test_columns_may_be_written_in_capitals_and_in_any_order(tmp_path: Path) -> None:
    rows = rows_of(tmp_path, "Note,TERM,Item\n7 mm,scratch,57\n")
    assert rows == (LogRow(item=57, term="scratch", note="7 mm"),)


def test_a_log_with_its_columns_only_says_that_nothing_was_found(tmp_path: Path) -> None:
    assert rows_of(tmp_path, "item,term,note\n") == ()


@pytest.mark.parametrize(
    ("encoding", "note"),
    [
        ("utf-8", "划痕 7 мм Ümläut é 🙂"),
        ("gb18030", "外壳划痕。7 毫米"),
        ("gb18030", "mixed Ümläut 划痕"),
        ("cp1252", "Kratzer, 7 mm – Gehäuse"),
        ("cp1251", "царапина 7 мм"),
        ("koi8-r", "царапина 7 мм"),
    ],
)
def test_text_of_any_language_is_read_in_its_encoding(tmp_path: Path, encoding: str, note: str) -> None:
    text = f'item,term,note\n57,scratch,"{note}"\n'
    assert rows_of(tmp_path, text, encoding=encoding) == (LogRow(item=57, term="scratch", note=note),)


def test_an_apostrophe_that_guards_a_formula_is_taken_off(tmp_path: Path) -> None:
    """Spreadsheets write it so that a text is not computed; nothing else loses its apostrophe."""
    rows = rows_of(tmp_path, "item,term,value,note\n1,x,'-5,'=A1\n2,x,'tis,'\n")
    assert [(row.value, row.note) for row in rows] == [("-5", "=A1"), ("'tis", "'")]


def test_several_files_are_read_one_after_another(tmp_path: Path) -> None:
    (tmp_path / "day2").mkdir()
    write(tmp_path, "a.csv", "item,term\n1,dent\n")
    write(tmp_path, "day2/b.csv", "term,note,item\ndent,deep,2\n")
    rows = load(tmp_path, "a.csv", "day2/b.csv").rows
    assert rows == (LogRow(item=1, term="dent"), LogRow(item=2, term="dent", note="deep"))
    assert rows[0].place == "a.csv, row 2"


def test_two_files_of_one_name_are_told_apart_in_messages(tmp_path: Path) -> None:
    for name in ("day1", "day2"):
        (tmp_path / name).mkdir()
        write(tmp_path, f"{name}/log.csv", "item,term\n0,dent\n")
    with pytest.raises(aql.LogError) as raised:
        load(tmp_path, "day1/log.csv", "day2/log.csv")
    assert [problem.where for problem in raised.value.problems] == [
        "day1/log.csv, row 2, column item",
        "day2/log.csv, row 2, column item",
    ]


@pytest.mark.parametrize("again", ["log.csv", "./log.csv", "sub/../log.csv"])
def test_one_file_is_not_read_twice(tmp_path: Path, again: str) -> None:
    """Every defect in it would count twice."""
    write(tmp_path, "log.csv", TEXT)
    with pytest.raises(aql.AqlError):
        load(tmp_path, "log.csv", again)


# The same rows from everything that holds a table.

MAKERS: dict[str, Callable[[Any], Any]] = {
    "pandas": pd.DataFrame,
    "polars": pl.DataFrame,
    "pyarrow": pa.Table.from_pylist,
    "records": list,
}


def workbook(
    folder: Path, rows: list[tuple[Any, ...]], *, sheet: str = "Log", name: str = "log.xlsx"
) -> Path:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    for row in rows:
        page.append(row)
    path = folder / name
    book.save(path)
    return path


def as_records() -> list[Values]:
    return ROWS


def as_pandas() -> pd.DataFrame:
    return pd.DataFrame(ROWS, columns=list(COLUMNS))


def as_pandas_numbers() -> pd.DataFrame:
    """With floats and NaN where numbers are missing, as pandas does by itself."""
    frame = as_pandas()
    return frame.astype({"item": "float64", "count": "float64"})


def as_pandas_nullable() -> pd.DataFrame:
    return as_pandas().convert_dtypes()


def as_polars() -> pl.DataFrame:
    return pl.DataFrame(
        ROWS, schema={name: pl.Int64 if name in {"item", "count"} else pl.String for name in COLUMNS}
    )


def as_polars_lazy() -> pl.LazyFrame:
    return as_polars().lazy()


def as_pyarrow() -> pa.Table:
    return pa.Table.from_pylist([{name: row.get(name) for name in COLUMNS} for row in ROWS])


def as_generator() -> Any:
    return (row for row in ROWS)


@pytest.mark.parametrize(
    "make",
    [
        as_records,
        as_generator,
        as_pandas,
        as_pandas_numbers,
        as_pandas_nullable,
        as_polars,
        as_polars_lazy,
        as_pyarrow,
    ],
)
def test_a_frame_gives_the_rows_of_the_csv_file(make: Callable[[], Any]) -> None:
    assert frame_rows(make()) == EXPECTED


@pytest.mark.parametrize("make", [as_pandas, as_pandas_numbers, as_polars, as_pyarrow])
def test_a_parquet_file_gives_the_rows_of_the_csv_file(make: Callable[[], Any], tmp_path: Path) -> None:
    frame = make()
    path = tmp_path / "log.parquet"
    if isinstance(frame, pd.DataFrame):
        frame.to_parquet(path)
    elif isinstance(frame, pl.DataFrame):
        frame.write_parquet(path)
    else:
        parquet.write_table(frame, path)
    assert load(tmp_path, "log.parquet").rows == EXPECTED


@pytest.mark.parametrize("numbers", [int, float, str])
def test_a_workbook_gives_the_rows_of_the_csv_file(numbers: Callable[[Any], Any], tmp_path: Path) -> None:
    table: list[tuple[Any, ...]] = [COLUMNS]
    for row in ROWS:
        cells = {
            key: numbers(cell) if key in {"item", "count"} and cell is not None else cell
            for key, cell in row.items()
        }
        if numbers is float and row.get("value") == "3012.5":
            cells["value"] = 3012.5
        table.append(tuple(cells.get(name) for name in COLUMNS))
    workbook(tmp_path, table)
    rows = load(tmp_path, "log.xlsx").rows
    assert rows == (replace_bits(EXPECTED, 1) if numbers is float else EXPECTED)


def test_the_same_findings_have_the_same_checksum_wherever_they_stood(tmp_path: Path) -> None:
    write(tmp_path, "log.csv", TEXT)
    sums = {load(tmp_path, "log.csv").checksum}
    sums |= {
        aql.Inspection.load(header(), findings=make()).checksum
        for make in (as_records, as_pandas_numbers, as_polars)
    }
    assert len(sums) == 1


@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)
def test_numbers_of_a_frame_are_read_as_they_are_printed(make: Callable[[Any], Any]) -> None:
    rows = frame_rows(
        make([{"item": 57.0, "term": "x", "value": 3012.5}, {"item": 1.0, "term": "x", "value": 0.1}])
    )
    assert [(row.item, row.value) for row in rows] == [(57, "3012.5"), (1, "0.1")]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (3000, "3000"),
        (3000.0, "3000"),
        (1e-7, "0.0000001"),
        (1e22, "10000000000000000000000"),
        (-0.5, "-0.5"),
        (0.1 + 0.2, "0.30000000000000004"),
        (np.float32(120.1), "120.1"),
        (np.int64(7), "7"),
        (Decimal("120.10"), "120.10"),
        (Decimal("1E+3"), "1000"),
        (4006381333931, "4006381333931"),
        (True, "yes"),
        (np.bool_(False), "no"),
        (date(2026, 12, 10), "2026-12-10"),
        ("  M ", "M"),
        (math.inf, "Infinity"),
    ],
)
def test_a_value_that_is_no_text_becomes_the_text_of_a_csv_file(value: Any, text: str) -> None:
    (row,) = frame_rows([{"term": "x", "value": value}])
    assert row.value == text


def test_a_number_of_a_frame_is_written_with_the_declared_decimal_mark() -> None:
    agreed = contract(cls(plan=single(2, 0)), [measured("width", max="245.5")])
    rows = [
        {"item": 1, "term": "width", "value": 245.5},
        {"item": 2, "term": "width", "value": Decimal("245.50")},
    ]
    for mark in (".", ","):
        assert (
            verdict(agreed, pd.DataFrame(rows), inspected=2, findings={"decimal": mark}).decision == "accept"
        )


@pytest.mark.parametrize(
    "nothing",
    [None, math.nan, pd.NA, pd.NaT, pytest.param(np.float32("nan"), id="float32 nan"), "", "  "],
    ids=repr,
)
def test_nothing_is_an_empty_cell(nothing: Any) -> None:
    assert frame_rows(
        [{"item": nothing, "term": "x", "class": nothing, "value": nothing, "count": nothing}]
    ) == (LogRow(term="x"),)


def test_rows_without_anything_are_left_out_and_still_counted() -> None:
    for rows in ([{"term": "x"}, {"term": None}, {"term": "y"}], pd.DataFrame({"term": ["x", None, "y"]})):
        found = frame_rows(rows)
        assert [(row.term, row.place) for row in found] == [
            ("x", "findings, row 1"),
            ("y", "findings, row 3"),
        ]


def test_no_rows_are_no_findings() -> None:
    empty: tuple[Any, ...] = ([], pd.DataFrame(), pl.DataFrame(), pd.DataFrame(columns=["item", "term"]))
    for nothing in empty:
        assert frame_rows(nothing) == ()


@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)
def test_columns_of_a_frame_may_be_written_in_capitals(make: Callable[[Any], Any]) -> None:
    """As in a CSV file: the same table gives the same rows."""
    assert frame_rows(make([{"Item": 5, " Term ": "dent"}])) == (LogRow(item=5, term="dent"),)


def test_a_decimal_that_is_whole_numbers_an_item() -> None:
    """Parquet files and databases keep numbers as decimals."""
    assert frame_rows([{"item": Decimal("57.0"), "term": "dent"}]) == (LogRow(item=57, term="dent"),)


def test_findings_may_be_given_as_paths(tmp_path: Path) -> None:
    path = write(tmp_path, "log.csv", TEXT)
    for given in (path, str(path), [path], [str(path)]):
        assert frame_rows(given) == EXPECTED


def test_findings_that_are_given_replace_those_of_the_header(tmp_path: Path) -> None:
    write(tmp_path, "log.csv", TEXT)
    load(tmp_path, "log.csv")
    assert aql.Inspection.load(tmp_path / "inspection.json", findings=[]).rows == ()


# Workbooks.


HEAD = ("item", "term", "value")


def test_the_sheet_log_is_read_among_others(tmp_path: Path) -> None:
    path = workbook(tmp_path, [HEAD, (1, "x", "a")])
    book = openpyxl.load_workbook(path)
    book.create_sheet("Photos").append(("something", "else"))
    book.save(path)
    assert load(tmp_path, "log.xlsx").rows == (LogRow(item=1, term="x", value="a"),)


def test_the_only_sheet_is_read_whatever_its_name(tmp_path: Path) -> None:
    workbook(tmp_path, [HEAD, (1, "x", "a")], sheet="Tabelle1")
    assert load(tmp_path, "log.xlsx").rows == (LogRow(item=1, term="x", value="a"),)


def test_a_named_sheet_is_read(tmp_path: Path) -> None:
    path = workbook(tmp_path, [HEAD, (1, "x", "a")])
    book = openpyxl.load_workbook(path)
    page = book.create_sheet("Day 2")
    page.append(HEAD)
    page.append((2, "x", "b"))
    book.save(path)
    assert load(tmp_path, "log.xlsx", sheet="Day 2").rows == (LogRow(item=2, term="x", value="b"),)


def test_one_of_several_sheets_has_to_be_named(tmp_path: Path) -> None:
    path = workbook(tmp_path, [HEAD], sheet="One")
    book = openpyxl.load_workbook(path)
    book.create_sheet("Two")
    book.save(path)
    with pytest.raises(aql.AqlError) as raised:
        load(tmp_path, "log.xlsx")
    assert str(raised.value) == (
        "the header must name a sheet of workbook 'log.xlsx': One or Two. "
        'Write sheet = "..." under [findings].'
    )


def test_a_sheet_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    workbook(tmp_path, [HEAD])
    with pytest.raises(aql.AqlError) as raised:
        load(tmp_path, "log.xlsx", sheet="log2")
    assert str(raised.value) == ("the sheet of 'log.xlsx' must be Log, got 'log2'.")


def test_a_formula_that_was_never_computed_is_an_error_with_its_cell(tmp_path: Path) -> None:
    workbook(tmp_path, [HEAD, (1, "x", "=1+1"), ("=A2+1", "x", "b")])
    with pytest.raises(aql.LogError) as raised:
        load(tmp_path, "log.xlsx")
    assert problems(raised.value) == [
        "log.xlsx, cell C2: contains a formula without a value. Save the workbook in a spreadsheet program",
        "log.xlsx, cell A3: contains a formula without a value. Save the workbook in a spreadsheet program",
    ]


def test_a_formula_that_was_computed_gives_its_value(tmp_path: Path) -> None:
    """As a spreadsheet program saves it; openpyxl writes formulas without their values."""
    path = workbook(tmp_path, [HEAD, (1, "x", "=2950+62.5")])
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    page = "xl/worksheets/sheet1.xml"
    computed = re.sub(rb"(<f>[^<]*</f>)<v\s*/?>(</v>)?", rb"\1<v>3012.5</v>", parts[page])
    assert computed != parts[page]
    with zipfile.ZipFile(path, "w") as packed:
        for name, data in (parts | {page: computed}).items():
            packed.writestr(name, data)
    assert load(tmp_path, "log.xlsx").rows == (LogRow(item=1, term="x", value="3012.5", float_bits=64),)


def test_rows_and_cells_of_a_workbook_may_be_empty(tmp_path: Path) -> None:
    workbook(tmp_path, [(), HEAD, (), (1, "x", "a"), (None, None, " "), (2, "x", None)])
    rows = load(tmp_path, "log.xlsx").rows
    assert [(row.item, row.value, row.place) for row in rows] == [
        (1, "a", "log.xlsx, row 4"),
        (2, "", "log.xlsx, row 6"),
    ]


def test_an_empty_sheet_is_an_error(tmp_path: Path) -> None:
    workbook(tmp_path, [])
    with pytest.raises(aql.LogError) as raised:
        load(tmp_path, "log.xlsx")
    assert problems(raised.value) == ["log.xlsx, sheet Log: the sheet is empty"]


def test_cells_beyond_the_named_columns_are_an_error(tmp_path: Path) -> None:
    workbook(tmp_path, [HEAD, (1, "x", "a", "stray"), (2, "x", "b"), (3, "x", "c", None, 4)])
    with pytest.raises(aql.LogError) as raised:
        load(tmp_path, "log.xlsx")
    assert problems(raised.value) == [
        f"log.xlsx, row {row}: a cell is in a column without a name. Name the column, or clear the cell"
        for row in (2, 4)
    ]


def test_a_workbook_that_is_none_is_an_error_of_this_library(tmp_path: Path) -> None:
    write(tmp_path, "log.xlsx", "item,term\n1,x\n")
    with pytest.raises(aql.AqlError):
        load(tmp_path, "log.xlsx")


def test_a_parquet_file_that_is_none_is_an_error_of_this_library(tmp_path: Path) -> None:
    write(tmp_path, "log.parquet", "item,term\n1,x\n")
    with pytest.raises(aql.AqlError):
        load(tmp_path, "log.parquet")


# Faults, each with its place.

KNOWN = "must be lot, stage, item, term, class, value, unit, count, carton, sku, photo or note, got"


def test_an_unknown_column_is_an_error_with_the_nearest_known_one(tmp_path: Path) -> None:
    assert faults(tmp_path, "item,trem\n1,x\n") == [
        "log.csv, column 2: unknown column 'trem'. Did you mean 'term'?"
    ]
    assert faults(tmp_path, "item,term,Colour\n1,x,red\n") == [
        (
            f"log.csv, column 3: {KNOWN} 'Colour'. "
            'Map it under [findings], as in columns = { "Colour" = "note" }, or to "ignore"'
        )
    ]


def test_many_unknown_columns_are_one_problem(tmp_path: Path) -> None:
    assert faults(tmp_path, "item,trem,Colour,notes\n1,x,red,\n") == [
        (
            "log.csv: 3 columns are not columns of a log: 'trem' (did you mean 'term'?), 'Colour' and "
            "'notes' (did you mean 'note'?). "
            'Map them under [findings], as in columns = { "Colour" = "note" }, or to "ignore"'
        )
    ]
    names = ",".join(f"Column {number}" for number in range(1, 39))
    (fault,) = faults(tmp_path, f"{names}\n")
    assert fault.startswith("log.csv: 38 columns are not columns of a log: 'Column 1', ")
    assert " 'Column 8' and 30 more. " in fault


DIVIDED = {
    "plain": ("57", "scratch", ""),
    "with commas": ("57", "scratch", "7 mm, back, left"),
    "with decimal commas": ("57", "width", "246,1"),
}


@pytest.mark.parametrize("sign", [";", "|"])
@pytest.mark.parametrize("cells", DIVIDED.values(), ids=DIVIDED)
def test_a_file_divided_by_another_sign_is_told_to_declare_it(
    tmp_path: Path, sign: str, cells: tuple[str, ...]
) -> None:
    """Also where its rows hold commas: decimal commas and semicolons come together."""
    columns = sign.join(("item", "term", "note"))
    assert faults(tmp_path, f"{columns}\n{sign.join(cells)}\n")[0] == (
        f"log.csv, column 1: unknown column {columns!r}. "
        f"If {sign!r} separates the cells, declare delimiter = {sign!r} under [findings]"
    )


@pytest.mark.parametrize("sign", [";", "|", "\t"])
def test_the_declaration_that_is_advised_can_be_pasted_into_the_header(tmp_path: Path, sign: str) -> None:
    text = sign.join(("item", "term")) + "\n" + sign.join(("57", "scratch")) + "\n"
    advice = re.search(r"declare (delimiter = .+) under", faults(tmp_path, text)[0])
    assert advice is not None
    lines = (
        'contract = "PO-1"',
        'lot = { id = "L1", size = 100 }',
        "[findings]",
        'file = "log.csv"',
        advice[1],
    )
    document = write(tmp_path, "inspection.toml", "\n".join(lines))
    assert aql.Inspection.load(document).rows == (LogRow(item=57, term="scratch"),)


def test_a_comma_file_that_is_declared_otherwise_is_told_so(tmp_path: Path) -> None:
    assert faults(tmp_path, "item,term,note\n57,scratch,\n", delimiter=";")[0] == (
        "log.csv, column 1: unknown column 'item,term,note'. "
        "If ',' separates the cells, declare delimiter = ',' under [findings]"
    )


def test_a_column_that_stands_twice_is_an_error(tmp_path: Path) -> None:
    assert faults(tmp_path, "item,term,Item,note,term\n1,x,2,,y\n") == [
        "log.csv, column 3: 'item' appears twice. Keep one of the two",
        "log.csv, column 5: 'term' appears twice. Keep one of the two",
    ]


def test_a_column_that_stands_twice_in_a_frame_is_an_error() -> None:
    for names in (["item", "item", "term"], ["item", "Item", "term"]):
        with pytest.raises(aql.LogError) as raised:
            frame_rows(pd.DataFrame([[1, 2, "dent"]], columns=names))
        assert problems(raised.value) == ["findings, column 2: 'item' appears twice. Keep one of the two"]


def test_a_column_without_a_name_is_an_error(tmp_path: Path) -> None:
    assert faults(tmp_path, "item,,term\n1,,x\n") == [
        (
            "log.csv, column 2: the column has no name. "
            "Add one, or remove the column (pandas: to_csv(path, index=False))"
        )
    ]


def test_a_log_without_term_and_class_is_an_error(tmp_path: Path) -> None:
    assert faults(tmp_path, "item,note\n1,x\n") == [
        "log.csv: there is no column term or class. Add one to say what was found"
    ]


def test_a_row_with_a_wrong_number_of_cells_is_an_error(tmp_path: Path) -> None:
    """A comma inside a note that is not quoted moves the cells; nothing is guessed."""
    text = "item,term,note\n1,dent,7 mm, back\n2,dent,\n3,dent\n4,dent,,\n"
    assert faults(tmp_path, text) == [
        ("log.csv, row 2: must have 3 cells, one per column, got 4. Quote cells that contain the delimiter"),
        (
            "log.csv, row 4: must have 3 cells, one per column, got 2. "
            "Add ',' at the end if the last cell is empty"
        ),
    ]


@pytest.mark.parametrize(
    ("row", "delimiter", "says"),
    [
        ("2;dent", ";", "got 2. Add ';;' at the end if the last 2 cells are empty"),
        ("2", ",", "got 1. Add ',,,' at the end if the last 3 cells are empty"),
        ("2\tdent\tminor", "tab", "got 3. Add a tab at the end if the last cell is empty"),
        ("2\tdent", "tab", "got 2. Add 2 tabs at the end if the last 2 cells are empty"),
    ],
)
def test_a_short_row_is_told_what_to_add(tmp_path: Path, row: str, delimiter: str, says: str) -> None:
    sign = "\t" if delimiter == "tab" else delimiter
    text = f"{sign.join(('item', 'term', 'class', 'note'))}\n{row}\n"
    assert faults(tmp_path, text, delimiter=delimiter) == [
        f"log.csv, row 2: must have 4 cells, one per column, {says}"
    ]


NAMED = (
    ". For serial numbers or bar codes, list the items in drawing order as items = [...] under [inspection]"
)


@pytest.mark.parametrize(
    "text", ["57.5", "0", "-3", "abc", "1e2", "1_0", "٣", "²", "+5", "0x10", "1 2", "9" * 13]
)
def test_an_item_is_a_whole_number_of_1_or_more(tmp_path: Path, text: str) -> None:
    (fault,) = faults(tmp_path, f"item,term\n{text},dent\n")
    assert fault.removesuffix(NAMED) == (
        f"log.csv, row 2, column item: must be a whole number, 1 or more, got {text!r}"
    )
    assert fault.endswith(NAMED) is (text in {"abc", "1e2", "1_0", "٣", "²", "0x10", "1 2"})


@pytest.mark.parametrize("text", ["1.5", "-1", "many", "1e2"])
def test_a_count_is_a_whole_number_of_0_or_more(tmp_path: Path, text: str) -> None:
    assert faults(tmp_path, f"term,count\ndent,{text}\n") == [
        f"log.csv, row 2, column count: must be a whole number, 0 or more, got {text!r}"
    ]
    for number in (0, 10**12 - 1):
        (row,) = rows_of(tmp_path, f"term,count\ndent,{number}\n")
        assert row.count == number


def test_a_frame_with_a_broken_number_is_an_error() -> None:
    with pytest.raises(aql.LogError) as raised:
        frame_rows(pd.DataFrame({"item": [57.5, 0.0, -3.0], "term": "dent"}))
    assert problems(raised.value) == [
        f"findings, row {row}, column item: must be a whole number, 1 or more, got {text!r}"
        for row, text in enumerate(("57.5", "0", "-3"), start=1)
    ]


def test_a_row_without_term_and_class_is_an_error(tmp_path: Path) -> None:
    assert faults(tmp_path, "item,term,class,note\n1,,,scratch\n") == [
        "log.csv, row 2: the row has neither a term nor a class. Fill in one of them"
    ]


def test_a_row_of_another_lot_is_an_error(tmp_path: Path) -> None:
    text = "lot,item,term\nL1,1,dent\nL2,2,dent\n,3,dent\n"
    assert faults(tmp_path, text) == [
        (
            "log.csv, row 3, column lot: must be 'L1', the lot of the header, or empty, got 'L2'. "
            "If the log has several lots, list them as lots = [...] under [findings]"
        )
    ]


def test_all_faults_of_a_log_are_named_at_once_with_file_row_and_column(tmp_path: Path) -> None:
    write(tmp_path, "a.csv", "lot,item,term,class,count\nL2,0,,,x\nL1,1,dent,,\nL1,-1,dent,,\n")
    write(tmp_path, "b.csv", "item,trem,class\n1,x,major\n")
    with pytest.raises(aql.LogError) as raised:
        load(tmp_path, "a.csv", "b.csv")
    assert [problem.where for problem in raised.value.problems] == [
        "a.csv, row 2, column lot",
        "a.csv, row 2",
        "a.csv, row 2, column item",
        "a.csv, row 2, column count",
        "a.csv, row 4, column item",
        "b.csv, column 2",
    ]
    assert str(raised.value).startswith("the log has 5 problems:\n  a.csv, row 2, column lot: ")


def test_a_row_of_a_wrong_width_does_not_hide_the_other_faults(tmp_path: Path) -> None:
    """All at once: a reader corrects a file once, not once for every fault."""
    write(tmp_path, "a.csv", "item,term,note\n1,dent,7 mm, back\n0,dent,\n")
    write(tmp_path, "b.csv", "item,term,note\n-1,dent,\n")
    with pytest.raises(aql.LogError) as raised:
        load(tmp_path, "a.csv", "b.csv")
    assert [problem.where for problem in raised.value.problems] == [
        "a.csv, row 2",
        "a.csv, row 3, column item",
        "b.csv, row 2, column item",
    ]


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(aql.AqlError) as raised:
        load(tmp_path, "findings.csv")
    assert str(raised.value) == "findings file 'findings.csv' does not exist. Check its name in [findings]."
    with pytest.raises(aql.AqlError) as raised:
        frame_rows(tmp_path / "findings.csv")
    assert "findings.csv" in str(raised.value)


def test_an_inspection_without_findings_is_an_error() -> None:
    with pytest.raises(aql.AqlError) as raised:
        aql.Inspection.load(header())
    assert str(raised.value) == (
        "the inspection must have findings: a file under [findings], or the argument "
        "findings. If nothing was found, pass findings=[]."
    )


@pytest.mark.parametrize(
    "name", ["../x.csv", "a/../../x.csv", "..\\x.csv", "/tmp/x.csv", "C:\\x.csv", "\\\\host\\x.csv"]
)
def test_a_file_outside_the_folder_is_refused(tmp_path: Path, name: str) -> None:
    """Even where it exists: a log travels with its header."""
    write(tmp_path, "x.csv", TEXT)
    (tmp_path / "inside").mkdir()
    with pytest.raises(aql.DocumentError) as raised:
        load(tmp_path / "inside", name)
    assert problems(raised.value) == [
        (f"findings.file[0]: must be a file in the folder of the document or a subfolder, got {name!r}")
    ]


def test_a_link_that_leads_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    outside = write(tmp_path, "x.csv", TEXT)
    inside = tmp_path / "inside"
    inside.mkdir()
    (inside / "log.csv").symlink_to(outside)
    with pytest.raises(aql.AqlError) as raised:
        load(inside, "log.csv")
    assert str(raised.value) == (
        "findings file 'log.csv' is outside the folder of the header. Copy it into that folder."
    )


def test_a_link_within_the_folder_is_followed(tmp_path: Path) -> None:
    write(tmp_path, "x.csv", TEXT)
    (tmp_path / "log.csv").symlink_to(tmp_path / "x.csv")
    assert load(tmp_path, "log.csv").rows == EXPECTED


def test_a_wrong_encoding_is_an_error_with_the_byte_and_its_place(tmp_path: Path) -> None:
    write(tmp_path, "log.csv", "item,term,note\n1,dent,Gehäuse\n", "cp1252")
    with pytest.raises(aql.LogError) as raised:
        load(tmp_path, "log.csv")
    assert problems(raised.value) == [
        (
            "log.csv: byte 0xe4 at position 25 is not valid utf-8. "
            'Declare the encoding, such as encoding = "cp1252", under [findings]'
        )
    ]


def test_a_quote_that_is_never_closed_is_an_error_with_its_row(tmp_path: Path) -> None:
    assert faults(tmp_path, 'item,term,note\n1,dent,"a"\n2,dent,"open\n3,dent,\n') == [
        "log.csv, row 3: not valid CSV: unexpected end of data. Check the quotes"
    ]
    assert faults(tmp_path, 'item,"term\n1,dent\n') == [
        "log.csv, row 1: not valid CSV: unexpected end of data. Check the quotes"
    ]


@pytest.mark.parametrize("text", ["", "\n\n", "  \n ,, \n", "\ufeff"])
def test_an_empty_file_is_an_error(tmp_path: Path, text: str) -> None:
    assert faults(tmp_path, text) == ["log.csv: the file is empty; its first row must name the columns"]


@pytest.mark.parametrize("name", ["log.xls", "log.ods", "log.pdf", "log"])
def test_a_file_of_another_kind_is_an_error(tmp_path: Path, name: str) -> None:
    write(tmp_path, name, TEXT)
    with pytest.raises(aql.AqlError) as raised:
        load(tmp_path, name)
    assert str(raised.value) == (
        f"findings must be in a .csv, .tsv, .txt, .parquet or .xlsx file, got {name!r}."
    )


@pytest.mark.parametrize(
    ("name", "module", "message"),
    [
        (
            "log.parquet",
            "pyarrow",
            (
                "reading Parquet needs pyarrow, which is not installed. "
                "Install it with: python -m pip install 'aql-sampling[parquet]'."
            ),
        ),
        (
            "log.xlsx",
            "openpyxl",
            (
                "a workbook needs openpyxl, which is not installed. "
                "Install it with: python -m pip install 'aql-sampling[excel]'."
            ),
        ),
    ],
)
def test_a_missing_extra_says_what_to_install(
    name: str, module: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, name, "PAR1" if module == "pyarrow" else "PK\x03\x04")
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(aql.MissingExtraError) as raised:
        load(tmp_path, name)
    assert str(raised.value) == message


def test_a_missing_extra_for_colours_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "coloraide", None)
    one = term("x", measure={"unit": "dE2000", "reference": "Lab(50, 0, 0)", "max": "1"})
    agreed = contract(cls(plan=single(1, 0)), [one])
    assert verdict(agreed, [{"item": 1, "term": "x", "value": "0.5"}], inspected=1).decision == "accept"
    with pytest.raises(aql.MissingExtraError) as raised:
        verdict(agreed, [{"item": 1, "term": "x", "value": "50 0 0"}], inspected=1)
    assert raised.value.facts == {"extra": "color"}


@pytest.mark.parametrize("given", [7, 1.5, object(), [1, 2], [{"term": "x"}, "log.csv"]])
def test_findings_of_another_type_are_an_error(given: Any) -> None:
    with pytest.raises(aql.AqlError) as raised:
        frame_rows(given)
    assert str(raised.value) == (
        f"findings must be a frame, a list of dicts, or paths, got {type(given).__name__}."
    )


def test_one_mapping_is_no_list_of_rows() -> None:
    """A dict of columns is not taken for a list of file names."""
    with pytest.raises(aql.AqlError) as raised:
        frame_rows({"item": [1], "term": ["dent"]})
    assert str(raised.value) == ("findings must be a frame, a list of dicts, or paths, got dict.")
