"""Photographs: valid ones are embedded in the page, and the page says why others are not."""

import base64
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

import aql
from aql.report.photographs import LARGEST, Photograph, photographs
from tests.pages import Page, needs_nothing
from tests.report.cases import page
from tests.scoring.builders import contract, header, log

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
PICTURES = {
    "png": PNG,
    "jpeg": b"\xff\xd8\xff\xe0 and more",
    "webp": b"RIFF\0\0\0\0WEBPVP8 ",
    "gif": b"GIF89a and more",
}
MISSING = "was not found in the folder of the inspection header"


def inspection(folder: Path, *photos: Any) -> aql.Inspection:
    path = folder / "inspection.json"
    path.write_text(json.dumps(header(1000, 10, photos=list(photos))), "utf-8")
    return aql.Inspection.load(path, findings=[])


def only(folder: Path, name: str, **more: Any) -> Photograph:
    (found,) = shown(inspection(folder, {"file": name, **more}))
    return found


def shown(found: aql.Inspection) -> tuple[Photograph, ...]:
    return photographs(found.header.inspection.photos, found.folder)


@pytest.mark.parametrize("kind", PICTURES)
@pytest.mark.parametrize("name", ["photo", "photo.txt", "below/photo.png"])
def test_a_picture_is_known_by_its_first_bytes(tmp_path: Path, kind: str, name: str) -> None:
    (tmp_path / "below").mkdir()
    (tmp_path / name).write_bytes(PICTURES[kind])
    found = only(tmp_path, name, caption="Back", item=7)
    digest = hashlib.sha256(PICTURES[kind]).hexdigest()
    source = f"data:image/{kind};base64,{base64.b64encode(PICTURES[kind]).decode()}"
    assert found == Photograph(name, "Back", 7, digest, source)


def test_the_older_gif_is_one_too(tmp_path: Path) -> None:
    (tmp_path / "a.gif").write_bytes(b"GIF87a")
    assert only(tmp_path, "a.gif").source.startswith("data:image/gif;")


@pytest.mark.parametrize(
    "data", [b"", b"<svg onload='alert(1)'/>", b"<html>", b"%PDF-1.7", b"RIFF\0\0\0\0WAVE", b"\x89PNG", b"BM"]
)
def test_anything_else_stays_outside(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.png").write_bytes(data)
    assert only(tmp_path, "a.png") == Photograph(
        "a.png", "", None, "", problem="is not a PNG, JPEG, WebP or GIF"
    )


@pytest.mark.parametrize("name", ["absent.png", "folder", "a\0b.png", "x" * 300, "loop.png"])
def test_what_is_no_file_is_not_found(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "loop.png").symlink_to("loop.png")
    assert only(tmp_path, name, caption="Back") == Photograph(name, "Back", None, "", problem=MISSING)


def test_the_checksum_that_the_header_states_is_kept_for_a_picture_that_is_gone(tmp_path: Path) -> None:
    stated = "ab" * 32
    assert only(tmp_path, "a.png", sha256=stated) == Photograph("a.png", "", None, stated, problem=MISSING)


def test_a_link_that_leads_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    (tmp_path / "secret.png").write_bytes(PNG)
    (inside / "a.png").symlink_to("../secret.png")
    (inside / "b").symlink_to("..")
    for name in ("a.png", "b/secret.png"):
        assert only(inside, name).problem == MISSING


def test_an_inspection_without_a_folder_has_no_photographs_to_carry() -> None:
    found = log([], 1000, 10, photos=[{"file": "a.png"}])
    assert shown(found) == (Photograph("a.png", "", None, "", problem="is not included in this page"),)


@pytest.mark.parametrize(("size", "carried"), [(LARGEST - 1, True), (LARGEST, False)])
def test_a_large_photograph_stays_outside(tmp_path: Path, size: int, carried: bool) -> None:
    (tmp_path / "a.png").write_bytes(PNG.ljust(size, b"\0"))
    found = only(tmp_path, "a.png")
    assert bool(found.source) == carried
    assert found.problem == ("" if carried else "is 8 MB or larger and is left out of the page")


def test_a_file_that_was_exchanged_after_loading_is_not_shown(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(PNG)
    stated = hashlib.sha256(PNG).hexdigest()
    loaded = inspection(tmp_path, {"file": "a.png", "sha256": stated})
    assert shown(loaded)[0].sha256 == stated
    assert shown(loaded)[0].source
    (tmp_path / "a.png").write_bytes(PNG + b"x")
    problem = "does not have the SHA-256 stated in the header"
    assert shown(loaded) == (Photograph("a.png", "", None, stated, problem=problem),)


def test_a_page_carries_its_photographs_and_tells_of_those_it_has_not(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(PNG)
    digest = hashlib.sha256(PNG).hexdigest()
    found = inspection(
        tmp_path, {"file": "a.png", "caption": "Back", "item": 7}, {"file": "a.png"}, {"file": "b.png"}
    )
    text = page((contract(), found))
    made = Page(text)
    first, second = (one.attributes for one in made.all("img"))
    assert needs_nothing(text)
    assert (first["alt"], second["alt"]) == ("Back", "a.png")
    assert first["src"] == f"data:image/png;base64,{base64.b64encode(PNG).decode()}"
    assert made.section("Photographs") == (
        f"Photographs BackItem 7a.pngSHA-256 {digest} a.pngSHA-256 {digest} "
        "b.png was not found in the folder of the inspection header."
    )
