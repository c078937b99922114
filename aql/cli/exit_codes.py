"""The exit codes of the commands."""

from __future__ import annotations

from aql.types import Decision

__all__ = [
    "BAD_CONTRACT",
    "CLOSED_PIPE",
    "DECISIONS",
    "DONE",
    "FAULT",
    "INPUT_OUTPUT",
    "INTERRUPTED",
    "WRONG_INPUT",
]

DONE = 0

DECISIONS: dict[Decision, int] = {"accept": 0, "reject": 1, "continue": 3, "hold": 3}
"""What ``aql score`` exits with, by decision."""

BAD_CONTRACT = 1
"""``aql check`` found an error in the contract."""

WRONG_INPUT = 2
"""An option, a document or a log is invalid."""

FAULT = 70
"""An error of this library, not of its input (EX_SOFTWARE of sysexits.h)."""

INPUT_OUTPUT = 74
"""A file or stream could not be read or written (EX_IOERR of sysexits.h)."""

INTERRUPTED = 130
"""Stopped with Ctrl-C: 128 plus the number of SIGINT."""

CLOSED_PIPE = 141
"""The reader of the output stopped reading, as ``head`` does: 128 plus the number of SIGPIPE."""
