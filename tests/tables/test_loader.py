"""The loader is strict: every cell parses, or the load raises and names file and line."""

import shutil
from collections.abc import Callable, Iterator
from functools import _lru_cache_wrapper
from pathlib import Path

import pytest

from aql.errors import TableError
from aql.tables import loader
from aql.tables import loader as tables

FOLDER = "iso_2859_1_1999"
TODO = "Restore the file from the project, or correct it with a source."


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the tables that a test may spoil."""
    target = tmp_path / "tables"
    shutil.copytree(loader.tables_dir(), target)
    forget()
    monkeypatch.setattr(loader, "tables_dir", lambda: target)
    yield target
    monkeypatch.undo()
    forget()


def forget() -> None:
    for value in [*vars(tables).values(), *vars(loader).values()]:
        if isinstance(value, _lru_cache_wrapper):
            value.cache_clear()


def spoil(copy: Path, name: str, old: str, new: str) -> None:
    path = copy / FOLDER / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


SINGLE = "single_normal.csv"
LOAD: dict[str, Callable[[], object]] = {
    SINGLE: lambda: tables.master_table(FOLDER, "single_normal"),
    "double_normal.csv": lambda: tables.master_table(FOLDER, "double_normal"),
    "multiple_normal.csv": lambda: tables.master_table(FOLDER, "multiple_normal"),
    "fractional_normal.csv": lambda: tables.master_table(FOLDER, "fractional_normal"),
    "code_letters.csv": lambda: tables.code_letters(FOLDER),
    "disputed_cells.csv": lambda: tables.disputed_cells(FOLDER),
}


@pytest.mark.parametrize(
    ("name", "old", "new", "expected"),
    [
        (SINGLE, "A,2,6.5,plan,0,1", "A,2,6.5,plan,x,1", "line 22: ac must be a whole number, got 'x'"),
        (SINGLE, "A,2,6.5,plan,0,1", "A,2,6.5,plan,1,1", "line 22: Ac must be below Re, neither may decrease, and the last Ac must be a number, got n (2,), Ac (1,), Re (1,)"),
        (SINGLE, "A,2,6.5,plan,0,1", "A,2,6.5,plan,#,1", "line 22: Ac must be below Re, neither may decrease, and the last Ac must be a number, got n (2,), Ac (None,), Re (1,)"),
        (SINGLE, "A,2,6.5,plan,0,1", "A,2,6.5,plan,0", "line 22: a row must have 6 values, got 5"),
        (SINGLE, "A,2,6.5,plan,0,1", "A,3,6.5,plan,0,1", "line 22: n of letter A must be 2, got 3"),
        (SINGLE, "A,2,6.5,plan,0,1", "A,2,4.0,plan,0,1", "line 22: cell A, 4.0 appears twice"),
        (SINGLE, "A,2,0.010,down,,", "A,2,0.010,left,,", "line 8: cell must be \"plan\", \"down\", \"up\", \"single\", \"double\" or \"blank\", got 'left'"),
        (SINGLE, "A,2,0.010,down,,", "A,2,0.010,down,1,", "line 8: ac must be empty in a row with the mark down, got '1'"),
        (SINGLE, "A,2,0.010,down,,\n", "", "tables/iso_2859_1_1999/single_normal.csv: every letter must have a row for every AQL, in order"),
        (SINGLE, "letter,n,aql,cell,ac,re", "letter,n,aql,cell,re,ac", "line 7: the columns must be letter,n,aql,cell,ac,re, got letter,n,aql,cell,re,ac"),
        (SINGLE, "# table: 2-A\n", "", "line 1: the header must have standard, edition, table, title, evidence and adoptions, got standard, edition, title, evidence, adoptions"),
        (SINGLE, "# table: 2-A", "# table", "line 3: a header line must be '# key: text', got '# table'"),
        ("double_normal.csv", "B,15,plan,2,2,0,2,1,2", "B,15,plan,2,2,1,2,0,2", "line 50: Ac must be below Re, neither may decrease, and the last Ac must be a number, got n (2, 2), Ac (1, 0), Re (2, 2)"),
        ("fractional_normal.csv", "B,3,6.5,plan,1/3,", "B,x,6.5,plan,1/3,", "line 48: n must be a whole number, got 'x'"),
        ("code_letters.csv", "2,8,S-1,A", "3,8,S-1,A", "line 8: the bands of a level must start at 2 and have no gaps, got 3 to 8"),
        ("code_letters.csv", "9,15,S-1,A", "10,15,S-1,A", "line 15: the bands of a level must start at 2 and have no gaps, got 10 to 15"),
        ("code_letters.csv", "2,8,S-1,A", "2,8,S-1,I", "line 8: letter must be A to R without I and O, got 'I'"),
        ("code_letters.csv", "500001,,S-1,D", "500001,900000,S-1,D", "tables/iso_2859_1_1999/code_letters.csv: the last band of a level must have no upper end"),
        ("code_letters.csv", "9,15,S-1,A", "9,8,S-1,A", "line 15: the bands of a level must start at 2 and have no gaps, got 9 to 8"),
        ("code_letters.csv", "9,15,S-1,A", "9,,S-1,A", "line 22: the bands of a level must start at 2 and have no gaps, got 16 to 25"),
        ("code_letters.csv", "9,15,S-1,A", "9,15,S-1,AB", "line 15: letter must be A to R without I and O, got 'AB'"),
        ("code_letters.csv", "9,15,S-1,A", "9,15,S-1,", "line 15: letter must be A to R without I and O, got ''"),
        ("code_letters.csv", "9,15,S-1,A", "9,1x,S-1,A", "line 15: lot_max must be a whole number, got '1x'"),
        ("code_letters.csv", "9,15,S-1,A", "-9,15,S-1,A", "line 15: lot_min must be a whole number, got '-9'"),
        (SINGLE, "A,2,6.5,plan,0,1", "A,2,6.5,plan,\u0660,1", "line 22: ac must be a whole number, got '\u0660'"),
        (SINGLE, "A,2,6.5,plan,0,1", "A,2,6.5,plan,\u00b2,1", "line 22: ac must be a whole number, got '\u00b2'"),
        ("double_normal.csv", "B,15,plan,2,2,0,2,1,2", "B,15,plan,2,2,0,2,1,1", "line 50: Ac must be below Re, neither may decrease, and the last Ac must be a number, got n (2, 2), Ac (0, 1), Re (2, 1)"),
        ("double_normal.csv", "B,15,plan,2,2,0,2,1,2", "B,15,plan,2,2,0,3,1,2", "line 50: Ac must be below Re, neither may decrease, and the last Ac must be a number, got n (2, 2), Ac (0, 1), Re (3, 2)"),
        ("double_normal.csv", "B,15,plan,2,2,0,2,1,2", "B,15,plan,2,2,2,2,2,3", "line 50: Ac must be below Re, neither may decrease, and the last Ac must be a number, got n (2, 2), Ac (2, 2), Re (2, 3)"),
        ("double_normal.csv", "B,15,plan,2,2,0,2,1,2", "B,15,plan,2,0,0,2,1,2", "line 50: Ac must be below Re, neither may decrease, and the last Ac must be a number, got n (2, 0), Ac (0, 1), Re (2, 2)"),
        ("double_normal.csv", "B,15,plan,2,2,0,2,1,2", "B,15,plan,x,2,0,2,1,2", "line 50: n1 must be a whole number, got 'x'"),
        ("double_normal.csv", "B,15,plan,2,2,0,2,1,2", "B,15,plan,2,x,0,2,1,2", "line 50: n2 must be a whole number, got 'x'"),
        ("disputed_cells.csv", "single_reduced,C,65", "single_reduced,all Ac=1 cells,65", "line 8: single_reduced has no cell all Ac=1 cells, 65"),
        ("disputed_cells.csv", "single_reduced,C,65", "single_reduced,C,66", "line 8: single_reduced has no cell C, 66"),
    ],
)  # fmt: skip
def test_a_bad_cell_raises_with_file_and_line(
    copy: Path, name: str, old: str, new: str, expected: str
) -> None:
    spoil(copy, name, old, new)
    with pytest.raises(TableError) as caught:
        LOAD[name]()
    place = "" if expected.startswith("tables/") else f"tables/{FOLDER}/{name}, "
    assert str(caught.value) == f"{place}{expected}. {TODO}"
    error = caught.value
    assert error.file == f"{FOLDER}/{name}"
    assert (error.row is None) == expected.startswith("tables/")
    assert f"line {error.row}:" in expected or error.row is None


def test_the_header_and_the_line_of_columns_are_needed(copy: Path) -> None:
    path = copy / FOLDER / SINGLE
    text = path.read_text("utf-8")
    path.write_text(text.replace("# table: 2-A\n", "# table:\n"), "utf-8")
    with pytest.raises(TableError, match="a header line must be '# key: text', got '# table:'"):
        LOAD[SINGLE]()
    path.write_text("".join(line for line in text.splitlines(keepends=True) if line[0] == "#"), "utf-8")
    with pytest.raises(TableError, match=r"the columns must be letter,n,aql,cell,ac,re, got \."):
        LOAD[SINGLE]()


def test_a_cell_of_every_letter_of_a_table_is_not_one_of_a_letter(copy: Path) -> None:
    spoil(copy, "disputed_cells.csv", "single_reduced,C,65", "single_reduced,C,all")
    with pytest.raises(TableError, match="single_reduced has no cell C, all"):
        LOAD["disputed_cells.csv"]()


def test_all_cells_with_an_acceptance_number_of_one_are_those() -> None:
    cells = tables.master_table(FOLDER, "multiple_normal").cells
    listed = {key[1:] for key, _ in tables.disputed_cells(FOLDER).items() if key[0] == "multiple_normal"}
    ones = {key for key, cell in cells.items() if cell.mark == "plan" and cell.ac[-1] == 1}
    assert len(ones) > 1
    assert ones <= listed
    unsourced = {
        key[1:]
        for key, said in tables.disputed_cells(FOLDER).items()
        if key[0] == "multiple_normal" and said.endswith("(unsourced reading)")
    }
    assert unsourced == ones


def test_an_arrow_of_a_double_plan_has_no_numbers(copy: Path) -> None:
    spoil(copy, "double_normal.csv", "A,0.010,down,,,,,,", "A,0.010,down,,,0,,,")
    with pytest.raises(TableError, match="ac1 must be empty in a row with the mark down, got '0'"):
        LOAD["double_normal.csv"]()


def test_a_sample_has_one_item_or_more(copy: Path) -> None:
    path = copy / FOLDER / SINGLE
    text = path.read_text("utf-8")
    path.write_text(text.replace("\nA,2,", "\nA,1,"), "utf-8")
    assert tables.master_table(FOLDER, "single_normal").cells["A", "6.5"].n == (1,)
    forget()
    path.write_text(text.replace("\nA,2,", "\nA,0,"), "utf-8")
    with pytest.raises(TableError, match="Ac must be below Re"):
        LOAD[SINGLE]()


def test_the_checksum_follows_the_names(copy: Path) -> None:
    before = loader.tables_checksum()
    (copy / FOLDER / SINGLE).rename(copy / FOLDER / "single_normal_2.csv")
    forget()
    assert loader.tables_checksum() != before


def test_a_bad_limit_number_raises(copy: Path) -> None:
    path = copy / "mil_std_105e/limit_numbers.csv"
    path.write_text(path.read_text("utf-8").replace("20,29,10,number,0", "20,29,10,star,0"), "utf-8")
    with pytest.raises(
        TableError,
        match=r"line 23: cell must be a number with a limit, star or blank, got 'star' with '0'",
    ):
        tables.limit_numbers("mil_std_105e")


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("20,29,10,number,", "cell must be a number with a limit, star or blank, got 'number' with ''"),
        ("20,29,10,blank,1", "cell must be a number with a limit, star or blank, got 'blank' with '1'"),
        ("20,29,10,other,", "cell must be a number with a limit, star or blank, got 'other' with ''"),
        ("20,29,10,number,x", "limit must be a whole number, got 'x'"),
        ("20,x,10,number,0", "units_max must be a whole number, got 'x'"),
        (",29,10,number,0", "units_min must be a whole number, got ''"),
    ],
)
def test_a_limit_number_is_a_number_a_star_or_nothing(copy: Path, row: str, problem: str) -> None:
    path = copy / "mil_std_105e/limit_numbers.csv"
    path.write_text(path.read_text("utf-8").replace("20,29,10,number,0", row), "utf-8")
    with pytest.raises(TableError) as caught:
        tables.limit_numbers("mil_std_105e")
    assert caught.value.problem == f"tables/mil_std_105e/limit_numbers.csv, line 23: {problem}"
    assert (caught.value.row, caught.value.column) == (23, problem.partition(" ")[0])


def test_the_first_limit_numbers_are_as_printed() -> None:
    found = {
        (one.first, one.last, one.aql): (one.mark, one.limit)
        for one in tables.limit_numbers("mil_std_105e")[1]
    }
    assert found[20, 29, "10"] == ("number", 0)
    assert len(found) == 468


def test_a_band_may_have_one_lot_size(copy: Path) -> None:
    """The next band starts one above it."""
    path = copy / FOLDER / "code_letters.csv"
    text = path.read_text("utf-8").replace("9,15,S-1,A", "9,9,S-1,A").replace("16,25,S-1,A", "10,25,S-1,A")
    path.write_text(text, "utf-8")
    bands = [one for one in tables.code_letters(FOLDER)[1] if one.level == "S-1"]
    assert [(one.first, one.last) for one in bands[:3]] == [(2, 8), (9, 9), (10, 25)]


def test_limit_numbers_load() -> None:
    provenance, numbers = tables.limit_numbers("mil_std_105e")
    assert provenance.evidence.startswith("unverified")
    assert len(numbers) == 468
    assert numbers[0].limit is None
    assert {number.mark for number in numbers} == {"number", "star", "blank"}
    assert {number.last for number in numbers if number.first == 50000} == {None}


def test_a_missing_file_raises(copy: Path) -> None:
    (copy / FOLDER / SINGLE).unlink()
    with pytest.raises(
        TableError, match=r"tables/iso_2859_1_1999/single_normal.csv is missing. Reinstall aql-sampling."
    ):
        tables.master_table(FOLDER, "single_normal")


def test_an_arrow_out_of_the_table_raises(copy: Path) -> None:
    from aql.standards.iso2859_1 import arrows

    spoil(copy, SINGLE, "A,2,6.5,plan,0,1", "A,2,6.5,up,,")
    arrows.resolve.cache_clear()
    with pytest.raises(TableError, match=r"the arrows from A, 6\.5 leave the table"):
        arrows.resolve("ISO 2859-1:1999", "single", "normal", "A", "6.5", below=False)
    spoil(copy, SINGLE, "A,2,6.5,up,,", "A,2,6.5,down,,")
    forget()
    arrows.resolve.cache_clear()
    with pytest.raises(ValueError, match=r"cell B, AQL 6\.5 of table 2-A has no plan"):
        arrows.resolve("ISO 2859-1:1999", "single", "normal", "A", "6.5", below=False)
    arrows.resolve.cache_clear()


def test_a_blank_cell_that_is_entered_has_no_plan(copy: Path) -> None:
    from aql.standards.iso2859_1 import arrows

    spoil(copy, SINGLE, "A,2,6.5,plan,0,1", "A,2,6.5,blank,,")
    arrows.resolve.cache_clear()
    with pytest.raises(ValueError, match=r"cell A, AQL 6\.5 of table 2-A has no plan"):
        arrows.resolve("ISO 2859-1:1999", "single", "normal", "A", "6.5", below=False)
    arrows.resolve.cache_clear()


def test_tables_that_are_nowhere_raise(tmp_path: Path) -> None:
    with pytest.raises(TableError) as caught:
        loader._first_folder((tmp_path / "a", tmp_path / "b"))
    expected = f"there are no tables in {tmp_path / 'a'} or {tmp_path / 'b'}. Reinstall aql-sampling."
    assert str(caught.value) == expected


def test_what_is_loaded_is_read_only() -> None:
    table = tables.master_table(FOLDER, "single_normal")
    with pytest.raises(TypeError):
        table.cells["A", "6.5"] = None  # type: ignore[index]
    assert tables.disputed_cells("mil_std_105e") == {}


def test_the_checksum_follows_the_content(copy: Path) -> None:
    before = loader.tables_checksum()
    spoil(copy, SINGLE, "# title: single", "# title: Single")
    forget()
    assert loader.tables_checksum() != before
