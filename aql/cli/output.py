"""What the commands print: lines and tables that fit the width and the encoding of the terminal, file or pipe."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import IO, TextIO, cast

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.measure import Measurement
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from aql.languages import say
from aql.words import UNSEEN, visible

__all__ = ["Output", "in_encoding", "print_json", "print_written"]

PIPE_WIDTH = 80
_INDENT = 2
_UNLIMITED = 10_000
_PLAIN = {
    "✓": "OK",
    "✗": "X",
    "→": "->",
    "‖": "!",
    "○": "o",
    "—": "-",
    "–": "-",
    "−": "-",
    "×": "x",
    "…": "...",
    "≤": "<=",
    "≥": ">=",
    "±": "+/-",
    "\u00a0": " ",
}

Cell = str | tuple[str, str]
"""Words, or words with a style."""


def in_encoding(text: str, encoding: str) -> str:
    r"""Replace characters that the encoding of the output lacks: signs by words that mean the same, others by codes.

    Examples
    --------
    >>> in_encoding("✓ accept, 23 °C", "utf-8"), in_encoding("✓ accept, 23 °C", "ascii")
    ('✓ accept, 23 °C', 'OK accept, 23 \\xb0C')
    """
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return "".join(_sign(sign, encoding) for sign in text)
    return text


def _sign(sign: str, encoding: str) -> str:
    try:
        sign.encode(encoding)
    except UnicodeEncodeError:
        return _PLAIN.get(sign) or sign.encode(encoding, "backslashreplace").decode(encoding)
    return sign


class Output:
    """Standard output or standard error, as wide as the terminal; a file or pipe is 80 wide, without colours.

    Parameters
    ----------
    error : bool
        Whether to write to standard error.

    Attributes
    ----------
    is_terminal : bool
        Whether it is a terminal, neither a file nor a pipe.
    """

    def __init__(self, *, error: bool = False) -> None:
        stream = sys.stderr if error else sys.stdout
        self._stream = stream
        self.is_terminal = terminal = stream.isatty()
        self._console = _Console(
            file=stream if terminal else cast("IO[str]", _Tidy(stream)),
            width=None if terminal else PIPE_WIDTH,
            highlight=False,
            emoji=False,
            markup=False,
        )

    def line(self, *parts: Cell, indent: int = 0, wrapped: bool = True) -> None:
        """Print a line; each part is words, or words with a style. Long lines are wrapped, and indented alike."""
        text = self._text(*parts)
        if wrapped and indent:
            self._console.print(Padding(text, (0, 0, 0, indent)))
        else:
            self._console.print(text, soft_wrap=not wrapped)

    def items(self, title: str, lines: Iterable[str]) -> None:
        """Print a list with its title; nothing if the list is empty."""
        grid = Table.grid(padding=(0, 1))
        for line in lines:
            grid.add_row("-", self._text(line))
        if grid.row_count:
            self.line((f"\n{title}", "bold") if title else "")
            self._console.print(grid)

    def table(
        self,
        columns: Sequence[str],
        rows: Sequence[Sequence[Cell]],
        *,
        numbers: Iterable[str],
        named: str = "",
    ) -> None:
        """Print a table; where it does not fit, one paragraph per row.

        Parameters
        ----------
        columns : sequence of str
            Names of the columns.
        rows : sequence of sequences
            The cells.
        numbers : iterable of str
            Columns to align to the right.
        named : str
            What to print before the first cell of a row where the table does not fit.
        """
        right = set(numbers)
        table = Table(box=SIMPLE_HEAD, pad_edge=False)
        for name in columns:
            table.add_column(name, justify="right" if name in right else "left", no_wrap=True)
        for row in rows:
            table.add_row(*(self._text(cell) for cell in row))
        unlimited = self._console.options.update(max_width=_UNLIMITED)
        if Measurement.get(self._console, unlimited, table).maximum <= self._console.width:
            self._console.print(table)
            return
        for row in rows:
            if _words(row[0]):
                self.line(f"\n{named}{_words(row[0])}")
            pairs = zip(columns[1:], row[1:], strict=True)
            cells = [self._text(f"{name} ", cell) for name, cell in pairs if _words(cell)]
            for line in _filled(cells, self._console.width - _INDENT):
                self._console.print(Padding(line, (0, 0, 0, _INDENT)))

    def write(self, text: str) -> None:
        """Write text as it is."""
        self._stream.write(text)

    def can_write(self, text: str) -> bool:
        """Whether the encoding has every character of a text."""
        return in_encoding(text, self._console.encoding) == text

    def _text(self, *parts: Cell) -> Text:
        text = Text()
        for part in parts:
            words, style = (part, "") if isinstance(part, str) else part
            text.append(in_encoding(visible(words), self._console.encoding), style or None)
        return text


def _filled(cells: Iterable[Text], width: int) -> list[Text]:
    """Join cells with commas into lines of that width; a cell is only broken if it is longer."""
    lines: list[Text] = []
    for cell in cells:
        if lines:
            lines[-1].append(",")
        if lines and len(lines[-1]) + len(cell) + 2 <= width:
            lines[-1].append(" ").append_text(cell)
        else:
            lines.append(cell)
    return lines


def _words(cell: Cell) -> str:
    return cell if isinstance(cell, str) else cell[0]


class _Console(Console):
    """A console that passes a closed pipe on to its caller."""

    def on_broken_pipe(self) -> None:
        """Raise BrokenPipeError; rich would exit with 1, which means "reject"."""
        raise BrokenPipeError


class _Tidy:
    """A file or pipe without blanks at the ends of lines."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self.encoding = stream.encoding

    def write(self, text: str) -> int:
        return self._stream.write(re.sub(r"(?<![ \t])[ \t]++(?=\n)", "", text))

    def flush(self) -> None:
        self._stream.flush()

    def isatty(self) -> bool:
        return False


def print_written(paths: Iterable[Path]) -> None:
    """Say in the current language which files were written."""
    for path in paths:
        Output().line(say("Wrote {path}", path=path), wrapped=False)


def print_json(data: object) -> None:
    """Print values as JSON; characters that the output cannot show are escaped."""
    out = Output()
    text = _UNSEEN.sub(_escaped, json.dumps(data, indent=2, ensure_ascii=False))
    out.write((text if out.can_write(text) else json.dumps(data, indent=2)) + "\n")


_UNSEEN = re.compile(f"[{''.join(map(chr, UNSEEN))}]")


def _escaped(sign: re.Match[str]) -> str:
    return json.dumps(sign[0])[1:-1] if sign[0] != "\x7f" else "\\u007f"
