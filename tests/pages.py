"""Reading an HTML page as a browser would: its tags, its text, and whether it loads anything."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

NASTY = "<script>alert(\"1\")</script> & 'x' {{ 7*7 }} 尺寸 خدش"

VOID = {"meta", "br", "img", "input", "hr", "link"}


@dataclass
class Element:
    """An element of a page with the text inside it."""

    tag: str
    attributes: dict[str, str | None]
    text: str = ""
    classes: list[str] = field(init=False)

    def __post_init__(self) -> None:
        self.classes = (self.attributes.get("class") or "").split()


class Page(HTMLParser):
    """The elements of a page in the order they open; an element that is not closed in its turn fails."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[Element] = []
        self.elements: list[Element] = []
        self.text = ""
        self.feed(text)
        self.close()
        assert [one.tag for one in self.open] == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(self.elements[-1])

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1].tag == "style":
            return
        self.text += data
        for element in self.open:
            element.text += data

    @property
    def tags(self) -> list[str]:
        return [element.tag for element in self.elements]

    def all(self, tag: str) -> list[Element]:
        return [element for element in self.elements if element.tag == tag]

    def of(self, class_: str) -> list[Element]:
        return [element for element in self.elements if class_ in element.classes]

    def section(self, title: str) -> str:
        """Text of the section with that heading, its blanks made one."""
        (found,) = [one for one in self.all("section") if one.text.split("\n", 2)[1].strip() == title]
        return " ".join(found.text.split())


def needs_nothing(text: str) -> bool:
    """Nothing is loaded and nothing runs: no script, no address but the name of the SVG dialect, no import."""
    bare = text.replace('xmlns="http://www.w3.org/2000/svg"', "")
    loads = ("<script", "http:", "https:", "@import", "url(", "javascript:", "<link", "<iframe", "<object")
    handlers = re.search(r"<[^>]*\son\w+\s*=", bare)
    return handlers is None and not any(sign in bare.lower() for sign in loads)
