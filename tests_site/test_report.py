"""The report in a browser: it fits every width, in both languages, and a tap on a photo enlarges it without a script."""

import json
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser

import aql


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The report on the order of tablets with a photo of item 31, by language."""
    folder = tmp_path_factory.mktemp("report")
    Image.linear_gradient("L").resize((400, 300)).save(folder / "p31.png")
    contract, inspection = aql.examples.tablet_order()
    document = inspection.to_dict()
    visit = document["inspection"]
    assert isinstance(visit, dict)
    visit["photos"] = [{"file": "p31.png", "caption": "Burr", "item": 31}]
    (folder / "i.json").write_text(json.dumps(document), "utf-8")
    found = aql.Inspection.load(folder / "i.json")
    verdict = aql.score(contract, found)
    return {
        language: aql.write_report(verdict, folder / f"{language}.html", inspection=found, language=language)
        for language in ("en", "zh")
    }


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_report_fits_its_window(
    browser: Browser, reports: dict[str, Path], language: str, width: int, scheme: str
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(reports[language].as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.close()


def test_a_tap_enlarges_a_photo_and_a_second_one_takes_it_back(
    browser: Browser, reports: dict[str, Path]
) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 800}, java_script_enabled=False)
    page.goto(reports["en"].as_uri())
    photo = page.locator("#photo-1 img")
    before = photo.bounding_box()
    page.click("#photo-1 .open")
    assert photo.bounding_box() == {"x": 0, "y": 0, "width": 390, "height": 800}
    page.mouse.click(100, 700)
    after = photo.bounding_box()
    assert before is not None
    assert after is not None
    assert (after["width"], after["height"]) == (before["width"], before["height"])
    page.close()
