"""What an untrusted notebook shows: without the style sheet and the tags of pictures, no two words run together."""

from html.parser import HTMLParser

import pytest

from aql import markup
from tests.markup.test_markup import values

BLOCKS = {"div", "p", "ul", "li", "table", "thead", "tbody", "tr", "th", "td", "br"}
INLINE = {"span", "b", "strong", "small"}


class Untrusted(HTMLParser):
    """Reads HTML as JupyterLab's sanitizer leaves it: no style sheets, and of unknown tags only the text in them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.joined: list[str] = []
        self.tags: set[str] = set()
        self._before, self._tag_between, self._silent = "", False, False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, _: object) -> None:
        self._silent = tag == "style"
        self.tags.add(tag)
        self._between(tag)

    def handle_endtag(self, tag: str) -> None:
        self._silent = False
        self._between(tag)

    def _between(self, tag: str) -> None:
        self._tag_between = True
        if tag in BLOCKS:
            self._before = ""

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        if self._before and self._tag_between and self._before[-1].isalnum() and data[0].isalnum():
            self.joined.append(f"{self._before[-20:]}|{data[:20]}")
        self._before, self._tag_between = data, False


@pytest.mark.parametrize("name", values())
def test_no_two_words_run_together(name: str) -> None:
    found = Untrusted(values()[name]._repr_html_())
    assert found.joined == []
    assert found.tags - BLOCKS - INLINE <= {
        "style",
        "svg",
        "title",
        "text",
        "line",
        "polygon",
        "polyline",
        "circle",
    }


def test_words_that_run_together_are_seen() -> None:
    assert Untrusted("<span>268 to 272 mm<small>Plate</small></span>").joined == ["268 to 272 mm|Plate"]
    assert Untrusted("<p><span>a</span> <span>b</span></p><p>c</p>").joined == []


def test_pieces_keep_their_distance() -> None:
    marks = markup.badges(markup.badge("good", "accept"), None, markup.badge("bad", "reject"))
    assert marks is not None
    assert Untrusted(marks).joined == Untrusted(markup.with_small("mm", "Width")).joined == []
    assert markup.badges(None) is None
    assert markup.as_text(markup.with_small("245 mm", "Width")) == "245 mm (Width)"
