"""Converts a block of HTML to plain text, so that both always say the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from textwrap import wrap

__all__ = ["as_text"]

WIDTH = 100
_GAP = "  "
_NARROWEST = 12
_LINES = {"p", "li", "title", "div"}


def as_text(html: str) -> str:
    """Return a block of HTML as plain text for a terminal.

    Parameters
    ----------
    html : str
        A block, as returned by ``_repr_html_``.

    Returns
    -------
    str
        Lines of at most 100 characters if the words permit it; a picture is replaced by its title.

    Examples
    --------
    >>> from aql import markup
    >>> found = markup.table(["line", "found"], [("major", 7), ("minor", 12)], numbers=["found"])
    >>> print(as_text(markup.block("Lot L1", markup.badge("bad", "reject"), found)))
    Lot L1
    <BLANKLINE>
    ✗ reject
    <BLANKLINE>
    line   found
    ────────────
    major      7
    minor     12
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.end()
    return "\n".join(reader.lines).rstrip()


class _Reader(HTMLParser):
    """Reads a block element by element and collects the lines of text."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self._words = ""
        self._silent = 0
        self._facts = False
        self._rows: list[list[tuple[str, bool]]] | None = None
        self._number = False
        self._heading = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        classes = (dict(attrs).get("class") or "").split()
        if tag in {"style", "text"}:
            self._silent += 1
        elif tag == "table":
            self.end()
            self._rows, self._facts = [], "aql-facts" in classes
        elif tag == "tr" and self._rows is not None:
            self._rows.append([])
        elif tag in {"th", "td"}:
            self._words, self._number = "", "aql-number" in classes
        elif tag == "small":
            self._words += " ("
        elif "aql-badge" in classes:
            self._words += _GAP if self._words.strip() else ""
        elif tag in _LINES:
            self.end()
            self._heading = next((one for one in classes if one in {"aql-title", "aql-part"}), "")
            if self._heading == "aql-part":
                self._blank()
            self._words = "- " if tag == "li" else ""

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._words += data

    def handle_endtag(self, tag: str) -> None:
        if tag in {"style", "text"}:
            self._silent -= 1
        elif tag in {"th", "td"} and self._rows is not None:
            self._rows[-1].append((self._words.strip(), self._number))
            self._words = ""
        elif tag == "table" and self._rows is not None:
            rows, self._rows = self._rows, None
            self._table(rows)
        elif tag == "small":
            self._words += ")"
        elif tag in _LINES:
            self.end()

    def end(self) -> None:
        """Write the current text as wrapped lines; list items have a hanging indent."""
        words, self._words = self._words.strip(), ""
        if words:
            hang = "  " if words.startswith("- ") else ""
            self.lines += wrap(
                words, WIDTH, subsequent_indent=hang, break_on_hyphens=False, break_long_words=False
            )
            if self._heading == "aql-title":
                self._blank()
                self._heading = ""

    def _blank(self) -> None:
        if self.lines and self.lines[-1]:
            self.lines.append("")

    def _table(self, rows: Sequence[Sequence[tuple[str, bool]]]) -> None:
        if not any(rows):
            return
        if self._heading != "aql-part":
            self._blank()
        widths = _widths(rows)
        for place, row in enumerate(rows):
            self.lines += _row(row, widths)
            if place == 0 and not self._facts:
                self.lines.append("─" * (sum(widths) + len(_GAP) * (len(widths) - 1)))
        self._blank()


def _widths(rows: Sequence[Sequence[tuple[str, bool]]]) -> list[int]:
    """Width of each column: that of its longest cell; if the table is too wide, the widest columns shrink."""
    widths = [
        max(map(len, column)) for column in zip(*([cell for cell, _ in row] for row in rows), strict=True)
    ]
    room = WIDTH - len(_GAP) * (len(widths) - 1)
    while sum(widths) > room and max(widths) > _NARROWEST:
        widths[widths.index(max(widths))] -= 1
    return widths


def _row(row: Sequence[tuple[str, bool]], widths: Sequence[int]) -> Iterator[str]:
    cells = [
        wrap(cell, max(width, 1), break_on_hyphens=False) or [""]
        for (cell, _), width in zip(row, widths, strict=True)
    ]
    for line in range(max(map(len, cells))):
        written = [
            (cell[line] if line < len(cell) else "").rjust(width if number else 0).ljust(width)
            for cell, width, (_, number) in zip(cells, widths, row, strict=True)
        ]
        yield _GAP.join(written).rstrip()
