"""Names that are no files, files that are no regular files, and files that are too large are told at every door."""

import io
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

import aql
from aql.documents import InputLimits
from aql.documents.files import file_sha256, read_bytes
from tests.attack.hostile_files import HEADER, told
from tests.cli.test_commands import run

DOORS: dict[str, tuple[str, Callable[[str], object]]] = {
    "contract": (".toml", aql.Contract.load),
    "inspection": (".json", lambda path: aql.Inspection.load(path, findings=[])),
    "log": (".csv", lambda path: aql.Inspection.load(HEADER, findings=path)),
    "workbook": (".xlsx", lambda path: aql.Inspection.load(HEADER, findings=path)),
    "parquet": (".parquet", lambda path: aql.Inspection.load(HEADER, findings=path)),
    "checksum": (".jpg", lambda path: file_sha256(Path(path))),
    "rules": (".toml", lambda path: aql.check(aql.Contract.load({"order": {"id": "a"}}), rules=path)),
}


@pytest.fixture(params=DOORS)
def door(request: pytest.FixtureRequest) -> tuple[str, Callable[[str], object]]:
    return DOORS[request.param]


Door = tuple[str, Callable[[str], object]]


@pytest.mark.parametrize("name", ["a\0b", "a" * 5000, "none", "a\ud800", "/".join(["a"] * 3000), ""])
def test_an_impossible_name_is_told(door: Door, name: str, tmp_path: Path) -> None:
    ending, read = door
    with pytest.raises(aql.AqlError) as raised:
        read(str(tmp_path / name) + ending)
    assert len(str(raised.value)) < 800


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes and links of this kind")
def test_only_regular_files_are_read(door: Door, tmp_path: Path) -> None:
    ending, read = door
    os.mkfifo(tmp_path / f"pipe{ending}")
    (tmp_path / f"zero{ending}").symlink_to("/dev/zero")
    (tmp_path / f"loop{ending}").symlink_to(f"loop{ending}")
    (tmp_path / f"folder{ending}").mkdir()
    for name, code in (
        ("pipe", "not-a-file"),
        ("zero", "not-a-file"),
        ("loop", "bad-file"),
        ("folder", "bad-file"),
    ):
        path = str(tmp_path / name) + ending
        told(code, lambda path=path: read(path))  # type: ignore[misc]


@pytest.mark.skipif(sys.platform == "win32", reason="a sparse file needs no disk elsewhere")
def test_the_size_is_known_before_a_byte_is_read(door: Door, tmp_path: Path) -> None:
    ending, read = door
    path = tmp_path / f"large{ending}"
    with path.open("wb") as file:
        file.truncate(10**12)
    told("too-large", lambda: read(str(path)))


def test_a_file_that_does_not_tell_its_size_is_bounded_too() -> None:
    system = Path("/proc/self/maps")
    if not system.exists():
        pytest.skip("no file system of processes")
    assert system.stat().st_size == 0
    assert read_bytes(system)
    told("too-large", lambda: read_bytes(system, limits=InputLimits(file_bytes=10)))


@pytest.mark.parametrize("name", ["p.csv", "loop.csv", "a\0.csv", f"{'a' * 5000}.csv"])
def test_files_that_a_header_names_are_told_too(name: str, tmp_path: Path) -> None:
    (tmp_path / "loop.csv").symlink_to("loop.csv")
    (tmp_path / "p.csv").mkdir()
    with pytest.raises(aql.AqlError):
        aql.Inspection.load({**HEADER, "findings": {"file": name}}, folder=tmp_path)


def test_a_photo_or_reference_too_large_to_hash_is_told(tmp_path: Path) -> None:
    (tmp_path / "p.jpg").write_bytes(b"x" * 100)
    visit = {"inspected": 5, "photos": [{"file": "p.jpg", "sha256": "0" * 64}]}
    data = {**HEADER, "inspection": visit}
    small = InputLimits(hashed_bytes=99)
    told("too-large", lambda: aql.Inspection.load(data, folder=tmp_path, findings=[], limits=small))
    told("other-file", lambda: aql.Inspection.load(data, folder=tmp_path, findings=[]))


@pytest.mark.parametrize("path", [5, b"x.toml", None, object()])
def test_what_is_no_path_is_told(path: object) -> None:
    verdict = aql.score(*aql.examples.tablet_order())
    contract, inspection = aql.examples.tablet_order()
    for write in (
        lambda: aql.write_report(verdict, path),  # type: ignore[arg-type]
        lambda: aql.write_workbook(verdict, path),  # type: ignore[arg-type]
        lambda: contract.save(path),  # type: ignore[arg-type]
        lambda: inspection.save(path),  # type: ignore[arg-type]
        lambda: aql.write_sheet(contract, path),  # type: ignore[arg-type]
        lambda: aql.Contract.load(path),  # type: ignore[arg-type]
    ):
        told("bad-value", write)


def test_the_command_hash_reads_regular_files_only(tmp_path: Path) -> None:
    (tmp_path / "zero").symlink_to("/dev/zero")
    assert "pipe or device" in run("hash", str(tmp_path / "zero"), code=2).output


@pytest.mark.parametrize("limits", [InputLimits(photos=2), InputLimits(photo_bytes=150)])
def test_photographs_are_bounded_in_number_and_size(limits: InputLimits, tmp_path: Path) -> None:
    file = io.BytesIO()
    Image.new("RGB", (2, 2)).save(file, "PNG")
    (tmp_path / "p.png").write_bytes(file.getvalue())
    contract, inspection = aql.examples.tablet_order()
    data = inspection.header.to_dict() | {"log": inspection.to_dict()["log"]}
    data["inspection"] = {**data["inspection"], "photos": [{"file": "p.png"}] * 3}  # type: ignore[dict-item]
    photographed = aql.Inspection.load(data, folder=tmp_path)
    verdict = aql.score(contract, photographed)
    path = tmp_path / "report.html"
    told("too-many-photos", lambda: aql.write_report(verdict, path, inspection=photographed, limits=limits))
    assert not path.exists()
    # A picture that is named three times is in the page once.
    written = aql.write_report(verdict, path, inspection=photographed).read_text("utf-8")
    assert written.count("data:image") == 1
