"""Photographs: valid ones are embedded in the page, and the page says why others are not."""

import base64
import hashlib
import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

import aql
from aql.documents import InputLimits
from aql.report.photo_scaling import LONG_SIDE, SMALL, for_page
from aql.report.photographs import LARGEST, Photograph, _data, photographs
from tests.pages import Page, needs_nothing
from tests.report.cases import page
from tests.scoring.builders import contract, header, log

MISSING = "was not found in the folder of the inspection header"
BROKEN = "is broken: the picture cannot be read to its end"


def picture(kind: str, size: tuple[int, int] = (8, 6), **how: Any) -> bytes:
    """A picture whose colours change from pixel to pixel, so that it does not compress to nothing."""
    file = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(file, kind, **how)
    return file.getvalue()


PICTURES = {kind: picture(kind) for kind in ("png", "jpeg", "webp", "gif")}
PNG = PICTURES["png"]


def inspection(folder: Path, *photos: Any) -> aql.Inspection:
    path = folder / "inspection.json"
    path.write_text(json.dumps(header(1000, 10, photos=list(photos))), "utf-8")
    return aql.Inspection.load(path, findings=[])


def only(folder: Path, name: str, **more: Any) -> Photograph:
    (found,) = shown(inspection(folder, {"file": name, **more}))
    return found


def shown(found: aql.Inspection) -> tuple[Photograph, ...]:
    return photographs(found.header, found.rows, found.folder)


def carried(found: Photograph) -> tuple[str, Image.Image]:
    """Format and picture of a photograph in the page."""
    kind, _, data = found.source.removeprefix("data:image/").partition(";base64,")
    return kind, Image.open(io.BytesIO(base64.b64decode(data)))


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
    (tmp_path / "a.gif").write_bytes(PICTURES["gif"].replace(b"GIF89a", b"GIF87a", 1))
    assert only(tmp_path, "a.gif").source.startswith("data:image/gif;")


@pytest.mark.parametrize(
    "data", [b"<svg onload='alert(1)'/>", b"<html>", b"%PDF-1.7", b"RIFF\0\0\0\0WAVE", b"\x89PNG", b"BM"]
)
def test_anything_else_stays_outside(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.png").write_bytes(data)
    assert only(tmp_path, "a.png") == Photograph(
        "a.png", "", None, "", problem="is not a PNG, JPEG, WebP or GIF"
    )


@pytest.mark.parametrize("kind", PICTURES)
@pytest.mark.parametrize("part", [0.3, 0.8])
def test_a_broken_picture_stays_outside(tmp_path: Path, kind: str, part: float) -> None:
    whole = picture(kind, (200, 200))
    (tmp_path / "a").write_bytes(whole[: int(part * len(whole))])
    assert only(tmp_path, "a") == Photograph("a", "", None, "", problem=BROKEN)


def test_an_empty_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.png").touch()
    assert only(tmp_path, "a.png").problem == "is empty"


@pytest.mark.parametrize(("kind", "becomes"), [("jpeg", "jpeg"), ("png", "jpeg"), ("gif", "jpeg")])
def test_a_large_picture_is_carried_as_a_smaller_copy(tmp_path: Path, kind: str, becomes: str) -> None:
    whole = picture(kind, (2 * LONG_SIDE, 20))
    (tmp_path / "a").write_bytes(whole)
    found = only(tmp_path, "a")
    assert found.sha256 == hashlib.sha256(whole).hexdigest()
    as_carried, copy = carried(found)
    assert (as_carried, copy.size) == (becomes, (LONG_SIDE, 10))


def test_a_heavy_picture_is_carried_as_a_lighter_copy(tmp_path: Path) -> None:
    noise = Image.effect_noise((700, 700), 90)
    file = io.BytesIO()
    noise.save(file, "PNG")
    assert len(file.getvalue()) > SMALL
    (tmp_path / "a").write_bytes(file.getvalue())
    found = only(tmp_path, "a")
    as_carried, copy = carried(found)
    assert (as_carried, copy.size) == ("jpeg", noise.size)
    assert len(found.source) < len(file.getvalue())


def test_a_copy_is_upright(tmp_path: Path) -> None:
    turned = Image.Exif()
    turned[0x0112] = 6  # orientation: the camera was held upright
    (tmp_path / "a").write_bytes(picture("jpeg", (2 * LONG_SIDE, 20), exif=turned))
    assert carried(only(tmp_path, "a"))[1].size == (10, LONG_SIDE)


def test_without_pillow_it_says_which_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.png").write_bytes(PNG)
    monkeypatch.setitem(sys.modules, "PIL", None)
    with pytest.raises(aql.errors.MissingExtraError, match=r"needs Pillow.*aql-sampling\[report\]"):
        only(tmp_path, "a.png")


def test_photographs_of_the_log_follow_those_of_the_header(tmp_path: Path) -> None:
    for name in ("a.png", "b.png"):
        (tmp_path / name).write_bytes(PNG)
    rows = [
        {"item": 1, "class": "major", "photo": "b.png", "note": "Burr"},
        {"item": 3, "class": "major", "photo": "b.png", "note": "Dent"},
        {"item": 4, "class": "major", "photo": "c.png"},
        {"item": 5, "class": "major", "photo": "a.png"},
        {"item": 6, "class": "major", "photo": "https://example.org/d.jpg"},
    ]
    (tmp_path / "inspection.json").write_text(
        json.dumps(header(1000, 10, photos=[{"file": "a.png"}])), "utf-8"
    )
    found = shown(aql.Inspection.load(tmp_path / "inspection.json", findings=rows))
    assert [(one.file, one.caption, one.item, one.problem) for one in found] == [
        ("a.png", "", None, ""),
        ("b.png", "Burr; Dent; items 1 and 3", None, ""),
        ("c.png", "major", 4, MISSING),
        ("https://example.org/d.jpg", "major", 6, "is a link, and a report contains files only"),
    ]


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


@pytest.mark.parametrize("fits", [True, False])
def test_a_very_large_file_stays_outside(tmp_path: Path, fits: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.png").write_bytes(PNG)
    monkeypatch.setattr("aql.report.photographs.LARGEST", len(PNG) + fits)
    found = only(tmp_path, "a.png")
    assert found.problem == ("" if fits else "is 0 MB or larger and is left out of the page")
    assert LARGEST == 50_000_000


@pytest.mark.parametrize("fits", [True, False])
def test_the_photographs_together_have_a_limit(tmp_path: Path, fits: bool) -> None:
    for name in "ab":
        (tmp_path / f"{name}.png").write_bytes(PNG)
    found = inspection(tmp_path, {"file": "a.png"}, {"file": "b.png"})
    size = sum(len(one.source) for one in shown(found))
    for limits in (InputLimits(photo_bytes=size - 1 + fits), InputLimits(photos=1 + fits)):
        if fits:
            assert len(photographs(found.header, found.rows, found.folder, limits=limits)) == 2
        else:
            with pytest.raises(aql.AqlError, match="photo"):
                photographs(found.header, found.rows, found.folder, limits=limits)


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
        "Photographs Photo 1 · item 7 Back Photo 2 b.png was not found in the folder of the inspection header. Photo 3"
    )
    assert f"Photo 1, a.png{digest}Photo 2, a.png{digest}" in made.section("Evidence")


def test_quality_falls_and_then_the_size_until_a_copy_fits() -> None:
    file = io.BytesIO()
    Image.effect_noise((500, 400), 90).save(file, "JPEG", quality=95)
    sizes = {}
    for most in (110_000, 40_000, 100):
        _, copy = for_page(file.getvalue(), "jpeg", most)
        assert len(copy) <= most or most == 100
        sizes[most] = Image.open(io.BytesIO(copy)).size
    assert sizes[110_000] == (500, 400)
    assert sizes[40_000] < (500, 400)
    assert max(sizes[100]) <= 320  # the smallest copy there is


def test_a_transparent_picture_is_on_white() -> None:
    file = io.BytesIO()
    Image.new("RGBA", (2 * LONG_SIDE, 20), (255, 0, 0, 0)).save(file, "PNG")
    _, copy = for_page(file.getvalue(), "png")
    assert min(Image.open(io.BytesIO(copy)).convert("L").tobytes()) > 250


def test_many_photos_are_smaller_each(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aql.report.photographs._PAGE", 100_000)
    file = io.BytesIO()
    Image.effect_noise((300, 300), 90).save(file, "JPEG", quality=95)
    for name in ("a.jpg", "b.jpg"):
        (tmp_path / name).write_bytes(file.getvalue())
    for found in shown(inspection(tmp_path, {"file": "a.jpg"}, {"file": "b.jpg"})):
        assert len(base64.b64decode(found.source.partition(",")[2])) <= 50_000


def test_a_file_that_is_gone_when_it_is_read_is_not_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.png").write_bytes(b"picture")
    missing = "was not found in the folder of the inspection header"
    assert _data("a.png", tmp_path) == (b"picture", "")
    assert _data("b.png", tmp_path) == (b"", missing)
    assert _data("a.png", None) == (b"", "is not included in this page")
    assert _data("https://example.org/a.png", tmp_path)[1] == ("is a link, and a report contains files only")

    def gone(_: Path) -> bytes:
        raise aql.AqlError("gone")

    monkeypatch.setattr("aql.report.photographs.read_bytes", gone)
    assert _data("a.png", tmp_path) == (b"", missing)
