"""The page on the sources of the numbers is up to date with the headers of the tables."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from aql import tables
from aql.types import STANDARDS

DOCS = Path(__file__).parents[2] / "docs"
FOLDERS = ("iso_2859_1_1999", "mil_std_105e")
PAGE = (DOCS / "reference" / "provenance.md").read_text("utf-8")


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_provenance_page", DOCS / "make_provenance_page.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_committed_page_is_what_the_script_writes(script: ModuleType) -> None:
    assert script.page() == PAGE, "run: python docs/make_provenance_page.py"


def test_every_table_stands_on_the_page_with_its_evidence() -> None:
    seen = 0
    for folder in FOLDERS:
        for file in sorted((tables.tables_dir() / folder).glob("*.csv")):
            if file.stem == "disputed_cells":
                continue
            seen += 1
            if file.stem == "code_letters":
                head = tables.code_letters(folder)[0]
            elif file.stem == "limit_numbers":
                head = tables.limit_numbers(folder)[0]
            else:
                head = tables.master_table(folder, file.stem).provenance
            (row,) = (
                line
                for line in PAGE.split(f"In `tables/{folder}/`")[1].split("\n## ")[0].splitlines()
                if line.endswith(f"| `{file.name}` |")
            )
            for words in (f"| {head.table} |", head.title, head.evidence):
                assert words in row
    assert seen == 24


def test_every_disputed_cell_stands_on_the_page() -> None:
    listed = PAGE.split("## Disputed cells")[1].split("\n## ")[0]
    rows = [line for line in listed.splitlines() if line.startswith("| `")]
    for table, letter, aql in tables.disputed_cells("iso_2859_1_1999"):
        assert any(
            line.startswith((f"| `{table}` | {letter} | {aql} |", f"| `{table}` | all ")) for line in rows
        )
    assert len(rows) == 42


def test_every_edition_stands_on_the_page() -> None:
    for standard in STANDARDS:
        assert f"\n| {standard} | " in PAGE
