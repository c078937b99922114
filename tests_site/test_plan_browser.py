"""The plan browser: a link shows the plan it names; a wrong link is told, with the nearest choices, and shows no plan."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests_site.watching import Watched

BROWSER = "derived/plan_browser.html"


@pytest.fixture
def watched(browser: Browser, address: str) -> Iterator[Watched]:
    found = Watched(browser, width=1280, scheme="light", root=address)
    yield found
    found.close()
    assert found.faults == []


def opened(watched: Watched, link: str) -> Page:
    # A page of its own for each link: another fragment alone would not load the page again.
    watched.page.goto("about:blank")
    return watched.open(f"{BROWSER}#{link}")


@pytest.mark.parametrize(
    ("link", "plan", "aql", "letter"),
    [
        ("", "Sample 80: accept on 5, reject on 6", "2.5", "J"),
        ("letter=K&aql=4", "Sample 125: accept on 10, reject on 11", "4.0", "K"),
        ("aql=2.50", "Sample 80: accept on 5, reject on 6", "2.5", "J"),
        ("aql=0.01&letter=R", "Sample 1250: accept on 0, reject on 1", "0.010", "R"),
        (
            "standard=MIL-STD-105E&severity=reduced&letter=K&aql=4.0",
            "Sample 50: accept on 5, reject on 8",
            "4.0",
            "K",
        ),
    ],
    ids=["nothing", "whole number", "zero at the end", "no zero at the end", "105E"],
)
def test_a_link_shows_its_plan(watched: Watched, link: str, plan: str, aql: str, letter: str) -> None:
    page = opened(watched, link)
    assert page.locator("#plan .plan").inner_text() == plan
    assert page.locator("#wrong").is_hidden()
    assert (page.input_value("[name=aql]"), page.input_value("[name=letter]")) == (aql, letter)
    assert f"aql={aql}&letter={letter}" in page.evaluate("location.hash")


SINGLE = "of ISO 2859-1:1999, normal, single sampling."


@pytest.mark.parametrize(
    ("link", "told", "nearest"),
    [
        ("aql=2,5", f"AQL 2,5 is not a column {SINGLE}", ["2.5"]),
        ("aql=3", f"AQL 3 is not a column {SINGLE}", ["2.5", "4.0"]),
        ("aql=0", f"AQL 0 is not a column {SINGLE}", ["0.010"]),
        ("aql=2000", f"AQL 2000 is not a column {SINGLE}", ["1000"]),
        ("letter=k", "k is not a code letter.", ["K"]),
        ("letter=S&aql=1.0", f"Letter S has no plan at AQL 1.0 {SINGLE}", ["R"]),
        ("severity=tigthened", "Severity must be one of those listed", ["normal", "tightened", "reduced"]),
        ("standard=ISO 2859-1:2026&sampling=double", "Sampling must be one of those listed", ["single"]),
        ("AQL=2.5", "AQL is not a part of this address", []),
        ("aql=2.5&aql=4.0", "AQL 2.5 and 4.0 is not a column", ["2.5"]),
        ("law=normal", "Distribution must be one of those listed", ["by AQL", "binomial", "poisson"]),
    ],
)
def test_a_wrong_link_is_told_and_shows_no_plan(
    watched: Watched, link: str, told: str, nearest: list[str]
) -> None:
    page = opened(watched, link)
    wrong = page.locator("#wrong")
    assert wrong.inner_text().startswith(told)
    assert wrong.locator("a").all_inner_texts() == nearest
    assert page.locator("#cell").is_hidden()
    assert page.locator("#more").is_hidden()
    assert page.evaluate("location.hash") == f"#{link.replace(' ', '%20')}"
    if nearest:
        wrong.locator("a").first.click()
        page.locator("#plan .plan").wait_for()
        assert wrong.is_hidden()


def test_a_choice_that_leaves_no_plan_is_told_as_well(watched: Watched) -> None:
    page = opened(watched, "severity=tightened&letter=S&aql=0.025")
    assert page.locator("#plan .plan").is_visible()
    page.select_option("[name=severity]", "normal")
    assert page.locator("#wrong").inner_text().startswith(f"Letter S has no plan at AQL 0.025 {SINGLE}")
    assert page.locator("#cell").is_hidden()
    page.select_option("[name=letter]", "R")
    assert page.locator("#plan .plan").inner_text() == "Sample 2000: accept on 1, reject on 2"


def test_an_address_changed_by_hand_is_read_again(watched: Watched) -> None:
    page = opened(watched, "letter=J")
    page.evaluate("location.hash = 'letter=j'")
    page.locator("#wrong").wait_for()
    assert page.locator("#cell").is_hidden()
