"""The tables of the project equal the transcription, cell by cell.

The checksums in `golden/table_rows.json` were taken from the cross-checked transcription by `make_table_rows.py`.
"""

import json
from hashlib import sha256
from pathlib import Path

import pytest

from tests.oracles.naive_tables import TABLES, data_lines

GOLDEN = Path(__file__).parents[1] / "golden" / "table_rows.json"
EXPECTED: dict[str, dict[str, int | str]] = json.loads(GOLDEN.read_text(encoding="utf-8"))


def test_there_is_one_file_for_every_transcribed_table_and_no_other() -> None:
    assert {path.relative_to(TABLES).as_posix() for path in TABLES.glob("**/*.csv")} == set(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_no_row_was_changed_added_or_dropped(name: str) -> None:
    lines = data_lines(TABLES / name)
    text = "".join(f"{line}\n" for line in lines)
    assert len(lines) - 1 == EXPECTED[name]["rows"]
    assert sha256(text.encode()).hexdigest() == EXPECTED[name]["sha256"]


@pytest.mark.parametrize("name", EXPECTED)
def test_provenance_stands_on_top_and_only_there(name: str) -> None:
    lines = (TABLES / name).read_text(encoding="utf-8").splitlines()
    comments = [line.startswith("#") for line in lines]
    assert comments[0]
    assert comments == sorted(comments, reverse=True)


@pytest.mark.parametrize("name", EXPECTED)
def test_every_line_ends_with_a_line_feed(name: str) -> None:
    content = (TABLES / name).read_bytes()
    assert b"\r" not in content
    assert content.endswith(b"\n")
