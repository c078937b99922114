"""Every page, wide and narrow, light and dark: no error, nothing from elsewhere, nothing beside the page."""

import pytest
from playwright.sync_api import Browser

from tests_site.watching import Watched

# What sticks out of the page: the page itself, or an element that no box of its own lets scroll.
STICKS_OUT = """() => {
  const width = document.documentElement.clientWidth, found = [];
  if (document.scrollingElement.scrollWidth > width) found.push(`page of ${document.scrollingElement.scrollWidth}`);
  const walk = element => {
    const box = element.getBoundingClientRect();
    if (box.width && box.right > width + 1) found.push(`${element.tagName} ${element.className} to ${box.right}`);
    else if (!/auto|scroll/.test(getComputedStyle(element).overflowX) && element.tagName !== 'svg')
      for (const child of element.children) walk(child);
  };
  const main = document.querySelector('main');
  if (main) walk(main);
  return found.slice(0, 3);
}"""

# Luminance of ground and ink, 0 black to 1 white.
SHADES = """() => {
  const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const shade = colour => {
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [red, green, blue] = canvas.getImageData(0, 0, 1, 1).data;
    return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255;
  };
  const style = getComputedStyle(document.body);
  return [shade(style.backgroundColor), shade(style.color)];
}"""


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
            faults.append(f"{name}: ground {ground:.2f} and ink {ink:.2f} are not {scheme}")
    watched.close()
    assert len(pages) > 30
    assert faults + watched.faults == []


def test_a_fault_would_be_seen(browser: Browser, address: str) -> None:
    watched = Watched(browser, width=390, scheme="light", root=address)
    page = watched.open("index.html")
    page.evaluate("document.querySelector('main').innerHTML = '<p style=\"width:900px\">wide</p>'")
    assert page.evaluate(STICKS_OUT)
    page.evaluate("console.error('wrong')")
    page.evaluate("fetch('http://example.org/font.woff2').catch(() => null)")
    watched.open("no_such_page.html")
    watched.close()
    seen = "\n".join(watched.faults)
    for words in ("console: wrong", "loads from elsewhere: http://example.org/font.woff2", "404: "):
        assert words in seen
