"""Whatever happens while a file is written, the old one or the new one is whole; texts that are written read back."""

import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import aql
from aql.documents.writing import write_files

HARNESS = Path(__file__).with_name("killed_writers.py")
linux_only = pytest.mark.skipif(sys.platform != "linux", reason="needs fork and limits of Linux")
WRITERS = 14


def run(folder: Path, before: str, places: int, *only: str) -> list[int]:
    """The number of kills of each writer."""
    done = subprocess.run(
        [sys.executable, HARNESS, folder, before, str(places), *only],
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(HARNESS.parents[2]), "PATH": ""},
    )
    assert done.returncode == 0, done.stderr
    return [int(line.rpartition(" ")[2]) for line in done.stdout.splitlines()]


@linux_only
def test_a_killed_writer_leaves_the_old_file_or_the_new_one(tmp_path: Path) -> None:
    assert run(tmp_path, "old", 1, "write_sheet") == [15]


@linux_only
@pytest.mark.exhaustive
@pytest.mark.parametrize("before", ["old", "none", "linked"])
def test_every_killed_writer_leaves_the_old_file_or_the_new_one(tmp_path: Path, before: str) -> None:
    """In the profile `nightly`, each writer is killed at least a hundred times in the three cases together."""
    places = 30 if settings().max_examples > 100 else 8
    counts = run(tmp_path, before, places)
    assert len(counts) == WRITERS
    assert min(counts) >= places + 4


@linux_only
@pytest.mark.exhaustive
def test_on_a_full_disk_every_writer_keeps_the_old_file(tmp_path: Path) -> None:
    counts = run(tmp_path, "full", 10)
    assert len(counts) == WRITERS
    assert min(counts) >= 9


@linux_only
def test_files_of_an_engine_are_written_through_links_with_their_permissions(tmp_path: Path) -> None:
    target = tmp_path / "real.csv"
    target.write_bytes(b"old")
    target.chmod(0o640)
    (tmp_path / "link.csv").symlink_to(target)
    write_files([tmp_path / "link.csv"], lambda parts: parts[0].write_bytes(b"new"))
    assert (target.read_bytes(), target.stat().st_mode & 0o777) == (b"new", 0o640)
    assert (tmp_path / "link.csv").is_symlink()
    (tmp_path / "other.csv").hardlink_to(target)
    with pytest.raises(aql.AqlError, match="has 1 other name"):
        write_files([target], lambda parts: parts[0].write_bytes(b"newer"))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link.csv", "other.csv", "real.csv"]


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_files_of_an_engine_that_fails_are_the_old_ones(tmp_path: Path, error: BaseException) -> None:
    old, new = tmp_path / "old.csv", tmp_path / "new.csv"
    old.write_bytes(b"old")

    def fail(parts: list[Path]) -> None:
        parts[0].write_bytes(b"ne")
        raise error

    with pytest.raises((aql.AqlError, KeyboardInterrupt)):
        write_files([old, new], fail)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"old.csv": b"old"}


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
