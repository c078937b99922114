"""Every page, wide and narrow, light and dark: no error, no request to another site, no overflow, no faint text."""

import pytest
from playwright.sync_api import Browser

from tests_site.looking import FAINT, SHADES, STICKS_OUT
from tests_site.watching import Watched


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_every_page_loads_without_a_fault_and_keeps_to_its_width(
    browser: Browser, address: str, pages: list[str], width: int, scheme: str
) -> None:
    watched = Watched(browser, width=width, scheme=scheme, root=address)
    faults: list[str] = []
    for name in pages:
        page = watched.open(name)
        faults += [f"{name}: {one}" for one in page.evaluate(STICKS_OUT)]
        ground, ink = page.evaluate(SHADES)
        if (ground > ink) != (scheme == "light") or abs(ground - ink) < 0.5:
            faults.append(
                f"{name}: background {ground:.2f} and text {ink:.2f} do not suit the {scheme} theme"
            )
        # The derived tables are thirty similar pages with a hundred thousand numbers; checking them all takes too long.
        if width > 1000 and (not name.startswith("derived/") or name == "derived/index.html"):
            faults += [f"{name}: {one}" for one in page.evaluate(FAINT)]
    watched.close()
    assert len(pages) > 30
    assert faults + watched.faults == []


def test_a_fault_would_be_seen(browser: Browser, address: str) -> None:
    watched = Watched(browser, width=390, scheme="light", root=address)
    page = watched.open("index.html")
    page.evaluate("document.querySelector('article').innerHTML = '<p style=\"width:900px\">wide</p>'")
    assert page.evaluate(STICKS_OUT)
    assert page.evaluate(FAINT) == []
    page.evaluate("document.querySelector('article').innerHTML = '<p style=\"color:#999\">faint</p>'")
    assert page.evaluate(STICKS_OUT) == []
    assert page.evaluate(FAINT) == ["faint: P. 2.8"]
    page.evaluate("console.error('wrong')")
    page.evaluate("fetch('http://example.org/font.woff2').catch(() => null)")
    watched.open("no_such_page.html")
    watched.close()
    seen = "\n".join(watched.faults)
    for words in ("console: wrong", "loads from another site: http://example.org/font.woff2", "404: "):
        assert words in seen
