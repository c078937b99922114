"""The search works without a network, on a served site and on one opened from files."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests_site.watching import Watched


@pytest.fixture(params=["served", "files"])
def root(request: pytest.FixtureRequest, address: str, site: Path) -> str:
    """The address of the site: on the server, or of its folder."""
    return address if request.param == "served" else site.resolve().as_uri()


@pytest.mark.parametrize(
    ("words", "page"),
    [("curtailed", "reference/properties.html"), ("lookup_many", "reference/api/standards.html")],
)
def test_a_word_is_found_on_its_page(browser: Browser, root: str, words: str, page: str) -> None:
    watched = Watched(browser, width=1280, scheme="light", root=root)
    opened = watched.open("index.html")
    opened.keyboard.press("Control+k")
    box = opened.locator(
        "dialog input[type=search]:visible, .search-button__wrapper input[type=search]:visible"
    )
    box.first.fill(words)
    box.first.press("Enter")
    opened.wait_for_url("**/search.html?q=*")
    opened.locator(f'#search-results a[href^="{page}"]').first.wait_for()
    opened.locator(f'#search-results a[href^="{page}"]').first.click()
    opened.wait_for_url(f"**/{page}*")
    assert words in opened.locator("main").inner_text()
    watched.close()
    assert watched.faults == []


def test_a_word_on_no_page_is_not_found(browser: Browser, root: str) -> None:
    watched = Watched(browser, width=390, scheme="dark", root=root)
    opened = watched.open("search.html?q=zzyzx")
    opened.get_by_text("did not match any documents").wait_for()
    watched.close()
    assert watched.faults == []
