"""Every link inside the site works, anchors included, and no page loads anything from another site."""

from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

LOADED = {"img": "src", "script": "src", "link": "href", "source": "src", "iframe": "src", "video": "src"}


class Parts(HTMLParser):
    """The anchors and links of a page, and the files it loads."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.anchors: set[str] = set()
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collect the anchors, the link and the loaded file of an element."""
        found = {name: value for name, value in attrs if value is not None}
        self.anchors |= {found[name] for name in ("id", "name") if name in found}
        if tag == "a" and "href" in found:
            self.links.append(found["href"])
        if tag in LOADED and LOADED[tag] in found:
            self.loaded.append(found[LOADED[tag]])


@cache
def parts(path: Path) -> Parts:
    """Read a page; a second call returns the first result."""
    return Parts(path.read_text("utf-8"))


def wrong(page: Path, link: str) -> str | None:
    """Say what is wrong with a link inside the site; None if it works or leads outside."""
    split = urlsplit(link)
    if split.scheme or split.netloc:
        return None
    target = (page.parent / unquote(split.path)).resolve() if split.path else page
    if target.is_dir():
        target /= "index.html"
    if not target.is_file():
        return f"{link}: no such file"
    anchor = unquote(split.fragment)
    if anchor and target.suffix == ".html" and anchor not in parts(target).anchors:
        return f"{link}: no such anchor"
    return None


def test_every_link_inside_the_site_works(site: Path, pages: list[str]) -> None:
    broken = []
    links = 0
    for name in pages:
        page = (site / name).resolve()
        for link in parts(page).links + parts(page).loaded:
            links += 1
            if found := wrong(page, link):
                broken.append(f"{name}: {found}")
    assert links > 1000
    assert broken == []


def test_no_page_loads_anything_from_another_site(site: Path, pages: list[str]) -> None:
    elsewhere = [
        f"{name}: {address}"
        for name in pages
        for address in parts((site / name).resolve()).loaded
        if urlsplit(address).netloc
    ]
    assert elsewhere == []


def test_a_broken_link_would_be_seen(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text('<p id="here"></p>', encoding="utf-8")
    assert wrong(page, "#here") is None
    assert wrong(page, "https://example.org/") is None
    assert wrong(page, "#there") == "#there: no such anchor"
    assert wrong(page, "gone.html") == "gone.html: no such file"


def test_the_plan_browser_is_in_the_site_and_linked(site: Path) -> None:
    assert (site / "derived" / "plan_browser.html").is_file()
    for name in ("derived/index.html", "explanation/derived_tables.html"):
        assert "../derived/plan_browser.html" in parts((site / name).resolve()).links
