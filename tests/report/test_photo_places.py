"""Photographs stand next to the defect that they show, the approved sample next to the goods, each once."""

from typing import Any

import pytest

import aql
from aql.report.defects import line_defects
from aql.report.page import report_html
from aql.report.photo_places import PlacedPhotos, placed_photos
from aql.report.photographs import photographs
from tests.pages import Page
from tests.scoring.builders import contract, log, measured, readings, seen, term

TWO = [term("dent"), term("burr")]


def placed(rows: list[dict[str, Any]], *photos: dict[str, Any]) -> PlacedPhotos:
    found = log(rows, 1000, 10, photos=list(photos))
    defects = line_defects(aql.score(contract(terms=TWO), found))
    return placed_photos(photographs(found.header, found.rows, None), defects)


def files(found: PlacedPhotos) -> dict[Any, list[tuple[str, ...]]]:
    places = {term: figures for (_, term), figures in found.of_defects.items()} | {"": found.others}
    return {
        place: [tuple(one.file for one in figure) for figure in figures] for place, figures in places.items()
    }


def test_a_photo_of_a_row_stands_next_to_its_defect_and_one_of_an_item_next_to_the_first() -> None:
    rows = [*seen("dent", 3), {"item": 3, "term": "burr", "photo": "row.png"}]
    found = placed(rows, {"file": "item.png", "item": 3}, {"file": "other.png", "item": 4})
    assert files(found) == {"dent": [("item.png",)], "burr": [("row.png",)], "": [("other.png",)]}
    assert [(one.number, one.file) for one in found.every] == [
        (1, "item.png"),
        (2, "row.png"),
        (3, "other.png"),
    ]
    defect = aql.score(contract(terms=TWO), log(rows, 1000, 10)).defects[0]
    assert [one.file for one in found.of_defect(defect)] == ["item.png", "row.png"]


def test_an_approved_sample_stands_next_to_the_goods() -> None:
    sample = {"file": "sample.png", "approved_sample_for": "goods.png", "caption": "Sealed"}
    found = placed(seen("dent", 3), sample, {"file": "goods.png", "item": 3}, {"file": "box.png"})
    assert files(found) == {"dent": [("goods.png", "sample.png")], "": [("box.png",)]}
    photos = [sample, {"file": "goods.png"}]
    page = Page(report_html(aql.score(contract(), log([], 1000, 10, photos=photos))))
    assert "Photo 2 · approved sample Sealed" in page.section("Photographs")


def test_a_file_that_shows_two_items_has_two_numbers() -> None:
    found = placed([], {"file": "a.png", "item": 1}, {"file": "a.png", "item": 2})
    assert [(one.number, one.item) for one in found.every] == [(1, 1), (2, 2)]


def test_the_page_says_that_all_photos_are_elsewhere_and_enlarges_them_without_a_script() -> None:
    found = log(seen("dent", 3), 1000, 10, photos=[{"file": "a.png", "item": 3}])
    page = Page(report_html(aql.score(contract(terms=TWO), found)))
    assert (
        page.section("Photographs") == "Photographs All photographs are next to the defects that they show."
    )
    assert "Photo 1 · item 3" in page.section("Defects")


def test_a_reading_names_its_instrument_and_an_unknown_term_is_refused() -> None:
    agreed = contract(terms=[measured("width", max="5")])
    rows = readings("width", ["4"] * 10)
    page = Page(report_html(aql.score(agreed, log(rows, 1000, 10, instruments={"width": "Caliper 7"}))))
    assert "widthInstrument: Caliper 7" in page.section("On-site tests and measurements")
    with pytest.raises(
        aql.LogError, match=r"inspection\.instruments: 'widht' is not a term .* Did you mean 'width'"
    ):
        aql.score(agreed, log(rows, 1000, 10, instruments={"widht": "Caliper 7"}))


def test_an_approved_sample_needs_a_photo_of_the_goods() -> None:
    photos = [{"file": "goods.png"}, {"file": "sample.png", "approved_sample_for": "good.png"}]
    with pytest.raises(aql.DocumentError, match=r"must name another photo of the goods, got 'good\.png'"):
        log([], 1000, 10, photos=photos)
