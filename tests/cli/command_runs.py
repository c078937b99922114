"""Runs a command in this process, into a file or a terminal of some width."""

from __future__ import annotations

import contextlib
import io
import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from unittest import mock

from aql.cli.commands import app

__all__ = ["Run", "Stream", "run", "without_styles"]

_UNSET = ("FORCE_COLOR", "NO_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE", "LINES")


class Stream(io.TextIOWrapper):
    """Standard output or standard error that keeps what is written; a terminal if that is asked for."""

    def __init__(self, *, terminal: bool = False) -> None:
        super().__init__(io.BytesIO(), encoding="utf-8", newline="", write_through=True)
        self.terminal = terminal

    def isatty(self) -> bool:
        """Whether it is a terminal."""
        return self.terminal

    @property
    def text(self) -> str:
        """What was written."""
        kept = self.buffer
        assert isinstance(kept, io.BytesIO)
        return kept.getvalue().decode()


@dataclass(frozen=True)
class Run:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str


def without_styles(text: str) -> str:
    """Leave out the codes of colours, and the blanks that a terminal gets at the ends of lines."""
    return re.sub(r" +$", "", re.sub(r"\x1b\[[\d;]*m", "", text), flags=re.MULTILINE)


@contextlib.contextmanager
def streams(columns: int | None) -> Iterator[tuple[Stream, Stream]]:
    """Standard output and standard error: terminals of that width, or files."""
    out, err = (Stream(terminal=columns is not None) for _ in range(2))
    given = {} if columns is None else {"COLUMNS": str(columns), "TERM": "xterm"}
    with mock.patch.dict(os.environ, given), mock.patch.multiple(sys, stdout=out, stderr=err):
        for name in _UNSET:
            os.environ.pop(name, None)
        yield out, err


def run(*args: str, given: bytes = b"", columns: int | None = None) -> Run:
    """Run a command with this standard input."""
    stdin: Any = io.TextIOWrapper(io.BytesIO(given), encoding="utf-8")
    code: Any = None
    with streams(columns) as (out, err), mock.patch.object(sys, "stdin", stdin):
        try:
            app(list(args))
        except SystemExit as done:
            code = done.code
        return Run(int(code), without_styles(out.text), without_styles(err.text))
