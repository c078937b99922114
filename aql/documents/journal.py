"""An append-only file of JSON lines, for records that must survive a crash: a line is on the disk before the call returns."""

from __future__ import annotations

import json
import os
import stat
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Self

from aql.documents.files import checked_path, in_quotes
from aql.documents.input_limits import DEFAULT_LIMITS, InputLimits, check_limits, over_limit
from aql.errors import AqlError

__all__ = ["Journal"]

Entry = dict[str, object]

# A lock covers one byte far behind the content on Windows, where locked bytes cannot be read by others.
_LOCKED_BYTE = 1 << 40


class Journal:
    """An append-only file of JSON objects, one per line, that one program at a time may write.

    Attributes
    ----------
    path : Path
        The file.
    entries : list of dict
        Every entry, in the order of the lines.
    notes : tuple of str
        What was found when the file was opened, such as a last line that was not complete.
    """

    def __init__(self, path: Path, descriptor: int, entries: list[Entry], notes: tuple[str, ...]) -> None:
        self.path, self.entries, self.notes = path, entries, notes
        self._descriptor: int | None = descriptor

    @classmethod
    def open(cls, path: str | os.PathLike[str], *, limits: InputLimits = DEFAULT_LIMITS) -> Self:
        """Open a journal, or create an empty one, and lock it.

        A last line without its end was being written when a program or the computer stopped. If it is a whole entry, it
        is kept; otherwise it is moved to a file of the same name with ``.torn`` at its end.

        Raises
        ------
        AqlError
            If the file cannot be opened, is not a regular file, is beyond a limit, is open in another program, or
            contains a line that is not a JSON object.
        """
        check_limits(limits)
        target = checked_path(path, "the journal")
        descriptor = _opened(target)
        try:
            _lock(descriptor, target)
            content = _read(descriptor, target, limits)
            whole, torn = content[: content.rfind(b"\n") + 1], content[content.rfind(b"\n") + 1 :]
            entries = [
                _entry(line, target, number) for number, line in enumerate(whole.splitlines(), start=1)
            ]
            notes: list[str] = []
            if torn:
                notes.append(_repair(descriptor, target, len(whole), torn, entries))
        except BaseException:
            os.close(descriptor)
            raise
        return cls(target, descriptor, entries, tuple(notes))

    def append(self, entry: Mapping[str, object]) -> None:
        """Write an entry; it is on the disk when the call returns.

        Raises
        ------
        AqlError
            If it cannot be written. The file is then as it was.
        """
        if self._descriptor is None:
            raise _not_recorded(self.path, "the file is closed", todo="Open it again")
        line = json.dumps(entry, ensure_ascii=False, separators=(",", ":"), allow_nan=False) + "\n"
        size = os.fstat(self._descriptor).st_size
        try:
            _append(self._descriptor, line.encode("utf-8"))
        except (OSError, UnicodeEncodeError) as error:
            # Cutting a file needs no space. If it fails too, the torn line is set aside at the next opening.
            with suppress(OSError):
                os.ftruncate(self._descriptor, size)
            reason = getattr(error, "strerror", None) or str(error)
            raise _not_recorded(
                self.path, f"{reason}; the {len(self.entries)} lines before are kept"
            ) from error
        self.entries.append(dict(entry))

    def close(self) -> None:
        """Close the file and release its lock."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


def _opened(target: Path) -> int:
    new = not target.exists()
    try:
        if not new and not stat.S_ISREG(target.stat().st_mode):
            raise _not_recorded(target, "it is not a regular file")
        descriptor = os.open(target, os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o666)
    except (OSError, ValueError) as error:
        if isinstance(error, AqlError):
            raise
        raise _not_recorded(target, getattr(error, "strerror", None) or str(error)) from error
    if new and sys.platform != "win32":
        folder = os.open(target.resolve().parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    return descriptor


def _lock(descriptor: int, target: Path) -> None:
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
            os.lseek(descriptor, 0, os.SEEK_SET)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise AqlError(
            f"{in_quotes(target)} is being recorded by another program",
            todo="Close it there first",
            code="not-written",
            file=str(target),
        ) from error


def _read(descriptor: int, target: Path, limits: InputLimits) -> bytes:
    if os.fstat(descriptor).st_size > limits.file_bytes:
        raise over_limit(str(target), "file_bytes", limits)
    parts = []
    while part := os.read(descriptor, 1 << 20):
        parts.append(part)
    content = b"".join(parts)
    if content.count(b"\n") > limits.values:
        raise over_limit(str(target), "values", limits)
    return content


def _entry(line: bytes, target: Path, number: int) -> Entry:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise _bad_line(target, number, "must be JSON") from error
    if not isinstance(value, dict):
        raise _bad_line(target, number, "must be a JSON object")
    return value


def _bad_line(target: Path, number: int, message: str) -> AqlError:
    return AqlError(
        f"line {number} of {in_quotes(target)} {message}",
        todo="Restore the file from a copy; nothing in it was changed",
        code="bad-file",
        file=str(target),
        row=number,
    )


def _repair(descriptor: int, target: Path, size: int, torn: bytes, entries: list[Entry]) -> str:
    """Complete the last line if it is a whole entry; otherwise set it aside. Return what was done."""
    try:
        entries.append(_entry(torn, target, len(entries) + 1))
    except AqlError:
        aside = target.with_name(f"{target.name}.torn")
        other = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o666)
        try:
            _append(other, torn + b"\n")
        finally:
            os.close(other)
        os.ftruncate(descriptor, size)
        os.fsync(descriptor)
        return f"the last line was not complete, so it was not recorded; it was moved to {aside.name}"
    _append(descriptor, b"\n")
    return "the end of the last line was missing and was added"


def _append(descriptor: int, data: bytes) -> None:
    """Write all of the data, and wait until it is on the disk."""
    while data:
        data = data[os.write(descriptor, data) :]
    os.fsync(descriptor)


def _not_recorded(
    path: Path, reason: str, *, todo: str = "Make room or choose another file, then record it again"
) -> AqlError:
    return AqlError(
        f"not recorded in {in_quotes(path)}: {reason}", todo=todo, code="not-written", file=str(path)
    )
