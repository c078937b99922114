"""The report as PDF: the same bytes again, every character there, and errors that say what to install."""

import contextlib
import re
import sys
import zlib
from pathlib import Path

import pytest

import aql
from aql.report.page import report_html, report_target, write_report
from aql.report.pdf import load_weasyprint, pdf
from tests.report.cases import bare, tablet

try:
    load_weasyprint()
    MISSING = ""
except aql.AqlError as error:  # the extra, or a library of the system
    MISSING = str(error)

needs_weasyprint = pytest.mark.skipif(MISSING != "", reason=MISSING)


@needs_weasyprint
def test_the_same_page_gives_the_same_bytes() -> None:
    page = "<title>Report</title><p>2 870 mAh"
    data = pdf(page)
    assert data.startswith(b"%PDF-")
    assert pdf(page) == data


@needs_weasyprint
def test_a_report_is_its_page_as_pdf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aql.report.page.pdf", lambda page: page.encode() + b"%PDF")
    verdict = aql.score(*bare())
    target = write_report(verdict, tmp_path / "report.PDF")
    assert target.read_bytes() == report_html(verdict).encode() + b"%PDF"


@needs_weasyprint
@pytest.mark.exhaustive
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_whole_report_is_written_twice_as_the_same_bytes(tmp_path: Path, language: str) -> None:
    verdict = aql.score(*tablet())
    first, second = (
        write_report(verdict, tmp_path / name, language=language).read_bytes() for name in ("a.pdf", "b.pdf")
    )
    assert first == second


@needs_weasyprint
def test_a_character_without_a_font_is_an_error_that_names_the_package() -> None:
    with pytest.raises(
        aql.AqlError, match=r"no installed font has .*U\+E0F7.*apt-get install fonts-noto-core"
    ) as caught:
        pdf("<p>\ue0f7")
    assert caught.value.code == "missing-font"


def test_a_missing_extra_is_named_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    with pytest.raises(aql.MissingExtraError, match=r"needs WeasyPrint.*aql-sampling\[pdf\]"):
        write_report(aql.score(*bare()), tmp_path / "report.pdf")
    assert list(tmp_path.iterdir()) == []


def test_a_missing_library_of_the_system_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "weasyprint.py").write_text("raise OSError('cannot load library libpango')")
    monkeypatch.delitem(sys.modules, "weasyprint", raising=False)
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(aql.AqlError, match=r"libpango.*apt-get install libpangoft2"):
        load_weasyprint()


@pytest.mark.parametrize("path", ["a.html", "a.HTM", "a.pdf"])
def test_only_a_pdf_needs_weasyprint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    asked: list[str] = []
    monkeypatch.setattr("aql.report.page.load_weasyprint", lambda: asked.append(path))
    assert report_target(tmp_path / path) == tmp_path / path
    assert asked == ([path] if path == "a.pdf" else [])


@needs_weasyprint
def test_a_pdf_has_the_structure_of_its_page() -> None:
    """Readers that read aloud need it."""
    data = pdf("<title>Report</title><h1>Lot</h1><p>2 870 mAh")
    parts = []
    for part in re.findall(rb"stream\n(.*?)\nendstream", data, re.DOTALL):
        with contextlib.suppress(zlib.error):
            parts.append(zlib.decompress(part))
    assert b"StructTreeRoot" in data + b"".join(parts)


BLOCKS = [
    (0x2600, 0x27BF, "color-emoji"),
    (0x1F000, 0x1FAFF, "color-emoji"),
    (0x2E80, 0x9FFF, "cjk"),
    (0xAC00, 0xD7FF, "cjk"),
    (0xF900, 0xFAFF, "cjk"),
    (0xFE30, 0xFE4F, "cjk"),
    (0xFF00, 0xFFEF, "cjk"),
    (0x20000, 0x3FFFF, "cjk"),
]


@pytest.mark.parametrize(("first", "last", "package"), BLOCKS)
def test_a_font_package_has_blocks_of_characters(first: int, last: int, package: str) -> None:
    from aql.report.pdf import _package

    assert [_package(code) for code in (first, last)] == [f"fonts-noto-{package}"] * 2
    assert [_package(code) for code in (first - 1, last + 1)] == ["fonts-noto-core"] * 2


@pytest.mark.parametrize(("character", "package"), [("尺", "cjk"), ("😀", "color-emoji"), ("ж", "core")])
def test_every_character_has_a_font_package(character: str, package: str) -> None:
    from aql.report.pdf import _package

    assert _package(ord(character)) == f"fonts-noto-{package}"
