"""Whatever happens while a file is written, the old one or the new one is whole; texts that are written read back."""

import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import aql

HARNESS = Path(__file__).with_name("killed_writers.py")
linux_only = pytest.mark.skipif(sys.platform != "linux", reason="needs fork and limits of Linux")
WRITERS = 9


def run(folder: Path, before: str, *only: str) -> list[int]:
    """The number of kills of each writer."""
    done = subprocess.run(
        [sys.executable, HARNESS, folder, before, *only],
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(HARNESS.parents[2]), "PATH": ""},
    )
    assert done.returncode == 0, done.stderr
    return [int(line.rpartition(" ")[2]) for line in done.stdout.splitlines()]


@linux_only
def test_a_killed_writer_leaves_the_old_file_or_the_new_one(tmp_path: Path) -> None:
    assert run(tmp_path, "old", "write_sheet") == [14]


@linux_only
@pytest.mark.exhaustive
@pytest.mark.parametrize("before", ["old", "none"])
def test_every_killed_writer_leaves_the_old_file_or_the_new_one(tmp_path: Path, before: str) -> None:
    counts = run(tmp_path, before)
    assert len(counts) == WRITERS
    assert min(counts) >= 6


@linux_only
@pytest.mark.exhaustive
def test_on_a_full_disk_every_writer_keeps_the_old_file(tmp_path: Path) -> None:
    counts = run(tmp_path, "full")
    assert len(counts) == WRITERS
    assert min(counts) >= 2


# What is written reads back --------------------------------------------------------------------------------------


def with_texts(text: str, name: str) -> dict[str, Any]:
    return {
        "order": {"id": "PO-1", "product": name},
        "classes": [{"name": "major", "aql": 2.5}],
        "terms": [{"id": "dent", "class": "major", "text": text, "kind": "visual"}],
    }


@given(text=st.text(), name=st.text(max_size=8))
def test_texts_and_names_read_back_from_every_document_or_are_refused(
    tmp_path_factory: pytest.TempPathFactory, text: str, name: str
) -> None:
    folder = tmp_path_factory.getbasetemp()
    try:
        agreed = aql.Contract.from_dict(with_texts(text, name))
    except aql.AqlError:
        return
    assert aql.Contract.load(agreed.save(folder / "texts.toml")) == agreed
    assert aql.Contract.load(agreed.save(folder / "texts.json")) == agreed
    assert aql.Contract.from_toml(agreed.to_toml()) == agreed
    # Blanks around a text are dropped.
    assert agreed.terms[0].text == text.strip()


@pytest.mark.exhaustive
def test_every_code_point_reads_back_or_is_refused() -> None:
    """In pieces, which are halved where they are refused, down to single code points; surrogates are always refused."""
    refused: list[int] = []
    waiting = [range(start, start + 2048) for start in range(0, 0x110000, 2048) if start != 0xD800]
    while waiting:
        piece = waiting.pop()
        try:
            reads_back(piece)
        except aql.AqlError:
            half = len(piece) // 2
            refused += piece if half == 0 else []
            waiting += [piece[:half], piece[half:]] if half else []
    # Control characters only, which no text of a contract needs.
    assert {unicodedata.category(chr(one)) for one in refused} <= {"Cc"}
    for one in (0xD800, 0xDFFF):
        with pytest.raises(aql.AqlError):
            reads_back(range(one, one + 1))


def reads_back(points: range) -> None:
    text = "a" + "".join(map(chr, points)) + "a"
    agreed = aql.Contract.from_dict(with_texts(text, "tablet"))
    assert aql.Contract.from_toml(agreed.to_toml()).terms[0].text == agreed.terms[0].text == text
    assert aql.Contract.from_json(agreed.to_json()).terms[0].text == text


@given(note=st.text(st.characters(codec="utf-8"), max_size=20))
def test_notes_of_a_log_read_back_from_a_stored_inspection(
    tmp_path_factory: pytest.TempPathFactory, note: str
) -> None:
    header = {"contract": "PO-1", "lot": {"id": "L1", "size": 90}, "inspection": {"inspected": 13}}
    rows = [{"item": 3, "term": "scratch", "note": note}]
    try:
        inspection = aql.Inspection.load(header, findings=rows)
    except aql.AqlError:
        return
    stored = inspection.save(tmp_path_factory.getbasetemp() / "notes.json")
    again = aql.Inspection.load(stored)
    assert again.rows == inspection.rows
    assert again.rows[0].note.split() == note.split()
