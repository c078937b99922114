"""What goes wrong on the day of an inspection: a clear error each time, and nothing recorded so far is lost."""

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import aql

CONTRACT = aql.Contract.load(
    {
        "order": {"id": "PO-1"},
        "classes": [{"name": "major", "plan": {"n": 8, "ac": 1}}],
        "terms": [{"id": "dent", "class": "major", "text": "Dent of 2 mm", "kind": "visual"}],
    }
)
LOT = {"id": "L1", "size": 48}


def carton(numbers: str, units: int = 12) -> dict[str, Any]:
    return {"numbers": numbers, "units": units}


@pytest.mark.parametrize(
    ("lot", "expected"),
    [
        ({"carton": [carton("1-3"), carton("3-4")]}, "carton must list each carton once, got carton 3 twice"),
        ({"carton": [carton("1-3")]}, "items in all cartons must add up to 48, the size of the lot, got 36"),
        ({"carton": [carton("1-4")], "packed": 40}, "items in packed cartons must add up to 40, as under packed, got 48"),
        ({"carton": [carton("1-4")], "cartons": 5}, "packed cartons must add up to 5, as under cartons, got 4"),
    ],
)  # fmt: skip
def test_cartons_that_overlap_or_do_not_add_up(lot: dict[str, Any], expected: str) -> None:
    with pytest.raises(aql.DocumentError, match=expected):
        aql.draw(CONTRACT, LOT | lot, seed=1)


def test_a_sample_above_what_the_cartons_hold_is_all_they_hold() -> None:
    """By the rule for whole lots; where the cartons hold less than the lot, there is no drawing at all."""
    large = aql.Contract.load(
        {"order": {"id": "PO-1"}, "classes": [{"name": "major", "plan": {"n": 99, "ac": 1}}]}
    )
    drawing = aql.draw(large, LOT | {"carton": [carton("1-4")]}, seed=1)
    assert len({(pick.carton, pick.piece) for pick in drawing.items}) == 48
    with pytest.raises(aql.DomainError, match="item 1 cannot be replaced: no item is left"):
        drawing.replace(1, reason="crushed")


@pytest.mark.parametrize("seed", [1.5, "1", -1, True, None, 2**128])
def test_a_seed_that_is_no_whole_number(seed: Any) -> None:
    with pytest.raises(aql.DomainError, match="seed must be a whole number, 0 "):
        aql.draw(CONTRACT, LOT, seed=seed)


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    path = tmp_path / "L1.jsonl"
    with aql.Desk.open(CONTRACT, {"contract": "PO-1", "lot": LOT}, path) as desk:
        desk.record(1, term="dent")
    return path


def still_there(path: Path) -> None:
    with aql.Desk.open(CONTRACT, None, path) as desk:
        assert [(row.item, row.term) for row in desk.rows] == [(1, "dent")]


def test_two_recorders_on_one_file(recording: Path) -> None:
    with (
        aql.Desk.open(CONTRACT, None, recording),
        pytest.raises(aql.AqlError, match=r"is being recorded by another program\. Close it there first"),
    ):
        aql.Desk.open(CONTRACT, None, recording)
    still_there(recording)


@pytest.mark.parametrize("data", [b"", b"not a picture", b"<svg xmlns='http://www.w3.org/2000/svg'/>"])
def test_a_picture_that_is_no_picture(recording: Path, data: bytes) -> None:
    with aql.Desk.open(CONTRACT, None, recording) as desk:
        with pytest.raises(aql.AqlError, match="a photograph must be a PNG, JPEG, WebP or GIF"):
            desk.photograph(data, item=1)
        assert desk.photos == ()
    assert [path.name for path in recording.parent.iterdir()] == ["L1.jsonl"]
    still_there(recording)


def test_a_workbook_with_moved_columns_reads_alike(tmp_path: Path) -> None:
    header, log = aql.write_sheet(CONTRACT, tmp_path, lot_size=48, form="wide", workbook=True)
    book = openpyxl.load_workbook(log)
    page = book["Log"]
    page["D7"] = "NG"
    book.save(log)
    before = aql.Inspection.load(header).rows
    page.move_range("A6:H14", cols=2)
    book.save(log)
    assert aql.Inspection.load(header).rows == before != ()


def full(*_: Any) -> int:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_full_disk(recording: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with aql.Desk.open(CONTRACT, None, recording) as desk, monkeypatch.context() as patched:
        patched.setattr(os, "write", full)
        with pytest.raises(aql.AqlError, match=f"not recorded in .*: {os.strerror(errno.ENOSPC)}"):
            desk.record(2)
    still_there(recording)
    folder = recording.parent
    monkeypatch.setattr(os, "fsync", full)
    for write in (
        lambda: aql.write_sheet(CONTRACT, folder, lot_size=48),
        lambda: aql.write_pick_list(aql.draw(CONTRACT, LOT, seed=1), folder / "picks.html"),
    ):
        with pytest.raises(
            aql.AqlError, match=r"cannot be written: .*\. Make room, or choose another disk\.$"
        ):
            write()
    assert [path.name for path in folder.iterdir()] == ["L1.jsonl"]


OTHER: list[tuple[Callable[[], object], str]] = [
    (
        lambda: aql.Contract.load(CONTRACT.to_dict() | {"schema": "aql.contract/2"}),
        'schema: must be "aql.contract/1", got \'aql.contract/2\'. Load it with the version of aql that wrote it',
    ),
    (
        lambda: aql.Inspection.load({"schema": "aql.inspection/2", "contract": "PO-1", "lot": LOT}, findings=[]),
        "got 'aql.inspection/2'. Load it with the version of aql that wrote it",
    ),
    (
        lambda: aql.Drawing.from_dict(aql.draw(CONTRACT, LOT, seed=1).to_dict() | {"schema": "aql.drawing/2"}),
        "got 'aql.drawing/2'. Load it with the version of aql that wrote it",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("load", "expected"), OTHER, ids=["contract", "inspection", "drawing"])
def test_a_document_of_another_version(load: Callable[[], object], expected: str) -> None:
    with pytest.raises(aql.DocumentError) as caught:
        load()
    assert expected in str(caught.value)
    assert caught.value.problems[0].code == "other-version"


def test_a_recording_of_another_version(recording: Path) -> None:
    text = recording.read_text("utf-8")
    recording.write_text(text.replace("aql.recording/1", "aql.recording/2"), "utf-8")
    with pytest.raises(aql.AqlError, match=r"'aql.recording/2'\. It was written by aql "):
        aql.Desk.open(CONTRACT, None, recording)
    recording.write_text(text, "utf-8")
    still_there(recording)
