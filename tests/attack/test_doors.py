"""Every file is read and written in one place, and text is parsed where its size is checked."""

import ast
from functools import cache
from pathlib import Path

import pytest

import aql
from aql.documents import InputLimits
from aql.documents.journal import Journal
from aql.scheme import read_streams
from tests.attack.hostile_files import told

ROOT = Path(aql.__file__).parent
OWN_FILES = {
    "assurance/before_order.py",
    "contract/vague_words.py",
    "examples/example_files.py",
    "examples/inspected_orders.py",
    "report/page.py",
    "tables/loader.py",
    "tables/switching.py",
}
"""Files that read what comes with the library."""

DOORS = {
    "open": {
        "cli/program.py",
        "desk/desk.py",
        "documents/journal.py",
        "documents/files.py",
        "documents/writing.py",
        "inspection/workbook_log.py",
        "inspection/workbook_parts.py",
        "languages/catalogue.py",
        "report/photo_scaling.py",
    },
    "fdopen": {"documents/files.py"},
    "read_bytes": {*OWN_FILES},
    "read_text": {*OWN_FILES},
    "write_bytes": set(),
    "write_text": set(),
    "loads": {*OWN_FILES, "documents/journal.py", "documents/loading.py"},
    "reader": {"documents/csv_text.py", "inspection/log_files.py", "tables/loader.py"},
    "DictReader": {"examples/example_files.py"},
    "ZipFile": {
        "documents/workbook_bytes.py",
        "inspection/workbook_log.py",
        "inspection/workbook_package.py",
    },
    "load_workbook": {"inspection/workbook_log.py"},
    "ParquetFile": {"inspection/frame_log.py"},
    "read_csv": {"inspection/log_files.py"},
    "read_parquet": {"cli/bulk_command.py", "inspection/log_files.py"},
    "read_table": {"inspection/foreign_table.py", "inspection/log_sources.py", "tables/loader.py"},
    "savefig": set(),
    "to_csv": set(),
    "to_excel": set(),
    "copyfile": set(),
    "mkstemp": set(),
    "NamedTemporaryFile": set(),
    "unlink": {"cli/bulk_command.py", "documents/writing.py"},
}
"""Calls that open, parse or replace files, and the files of the library that may have them.

The command for many lots leaves its frames, which have no limit of size, to their engine.
"""


@cache
def calls(path: Path) -> set[str]:
    """The names of the functions that a file calls, and of those of paths and modules."""
    return {
        node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, (ast.Attribute, ast.Name))
        # The door has the name of the method that it stands for.
        and not (isinstance(node.func, ast.Name) and node.func.id == "read_bytes")
    }


@pytest.mark.parametrize("call", DOORS)
def test_files_are_opened_and_parsed_at_the_doors_alone(call: str) -> None:
    found = {path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*.py") if call in calls(path)}
    assert found <= DOORS[call], "use read_bytes, parse_text, csv_rows or write_file of aql.documents"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b"found\n" + b"1\n" * 30, "too-many-rows"),
        (b"found," + b"lot," * 9 + b"\n", "too-many-columns"),
        (b"found\n" + b"1" * 30, "too-long"),
        (b"found\n" + b"9" * 20 + b"\n", "bad-value"),
        (b'found\n"1', "bad-value"),
        (b"found\n1\x00\n", "bad-value"),
        (b"found,lot_size\n1," + b"9" * 20 + b"\n", "bad-value"),
        (b"\xff", "bad-file"),
        (b"", "no-column"),
    ],
)
def test_a_hostile_file_of_lots_is_told(text: bytes, code: str, tmp_path: Path) -> None:
    path = tmp_path / "lots.csv"
    path.write_bytes(text)
    few = InputLimits(rows=20, columns=5, text_length=25)
    told(code, lambda: read_streams(path, limits=few))


@pytest.mark.parametrize("delimiter", ["", ";;", "\n", '"', "\0"])
def test_a_delimiter_of_a_file_of_lots_is_one_character(delimiter: str) -> None:
    told("bad-value", lambda: read_streams("lots.csv", delimiter=delimiter))


def test_a_journal_of_many_lines_is_told(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    path.write_bytes(b"{}\n" * 30)
    told("too-many-values", lambda: Journal.open(path, limits=InputLimits(values=20)))
