"""Opens files: every file that this library reads for a user comes through here.

Only regular files are opened, so a pipe or a device cannot block the program, and the size is checked before reading.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path

from aql.documents.input_limits import DEFAULT_LIMITS, InputLimits, check_limits, over_limit
from aql.errors import AqlError, DomainError
from aql.words import short_repr

__all__ = ["checked_path", "file_sha256", "foreign_errors", "in_quotes", "read_bytes", "utf8_text"]


def checked_path(path: object, what: str) -> Path:
    """Return the path of a file for reading or writing; raise if it is not one.

    Parameters
    ----------
    path : str or path
        The path.
    what : str
        What it is the path of, such as "the report", for the message.

    Raises
    ------
    DomainError
        If it is neither text nor a path of text.

    Examples
    --------
    >>> checked_path("report.html", "the report").name
    'report.html'
    """
    try:
        name = os.fspath(path)  # type: ignore[call-overload]
    except TypeError:
        name = None
    if not isinstance(name, str):
        raise DomainError(f"{what} must be a path, got {short_repr(path)}", value=path)
    return Path(name)


def in_quotes(path: object) -> str:
    """Return the path of a file for a message about reading it; the middle of a very long one is left out."""
    text = str(path)
    return repr(text if len(text) <= _LONGEST_PATH else f"{text[:80]}...{text[-80:]}")


_LONGEST_PATH = 400


def read_bytes(path: Path, *, limits: InputLimits = DEFAULT_LIMITS, called: str = "") -> bytes:
    """Read a regular file of at most `limits.file_bytes`, and return its content.

    Parameters
    ----------
    path : Path
        The file.
    limits : InputLimits
        The limits.
    called : str, optional
        Name of the file in messages; defaults to its path.

    Raises
    ------
    AqlError
        If there is no such file, if it is a folder, pipe or device, if it is too large, or if it cannot be read.
    """
    check_limits(limits)
    most = limits.file_bytes
    with _opened(path, called) as file:
        size = os.fstat(file.fileno()).st_size
        data = file.read(size + 1) if size <= most else b""
        if size < len(data):  # grown meanwhile, or a file of the system that does not tell its size
            data += file.read(max(most + 1 - len(data), 0))
    if max(len(data), size) > most:
        raise over_limit(called or str(path), "file_bytes", limits)
    return data


def utf8_text(data: bytes, source: Path | str) -> str:
    r"""Return UTF-8 text that was read, without a byte order mark; `source` says from which file or from where.

    Examples
    --------
    >>> utf8_text(b"ok", "standard input")
    'ok'
    >>> utf8_text(b"a\nb\xff", "standard input")
    Traceback (most recent call last):
    ...
    aql.errors.AqlError: standard input must be UTF-8 text, got byte 0xff in line 2.
    """
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        file = str(source) if isinstance(source, Path) else None
        name = in_quotes(source) if isinstance(source, Path) else source
        raise AqlError(
            f"{name} must be UTF-8 text, got byte {data[error.start]:#04x} in line {line}",
            code="bad-file",
            file=file,
        ) from error


def file_sha256(path: Path, *, limits: InputLimits = DEFAULT_LIMITS, called: str = "") -> str:
    """Read a regular file of at most `limits.hashed_bytes`, and return its SHA-256; errors as in `read_bytes`."""
    check_limits(limits)
    with _opened(path, called) as file:
        if os.fstat(file.fileno()).st_size > limits.hashed_bytes:
            raise over_limit(called or str(path), "hashed_bytes", limits)
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def _opened(path: Path, called: str) -> Iterator[BufferedReader]:
    """Open a regular file for reading; every error of the system is told."""
    name = in_quotes(called or path)
    try:
        _check_regular(path.stat(), name)
        # Without waiting, should a pipe have taken its place.
        number = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(number, "rb") as file:
            _check_regular(os.fstat(number), name)
            yield file
    except FileNotFoundError as error:
        raise AqlError(f"{name} does not exist", code="no-file", file=str(path)) from error
    except (OSError, ValueError) as error:
        if isinstance(error, AqlError):
            raise
        reason = getattr(error, "strerror", None) or str(error)
        raise AqlError(f"{name} cannot be read: {reason}", code="bad-file", file=str(path)) from error


def _check_regular(found: os.stat_result, name: str) -> None:
    if stat.S_ISDIR(found.st_mode):
        raise AqlError(f"{name} must be a file, got a folder", code="bad-file", file=name)
    if not stat.S_ISREG(found.st_mode):
        raise AqlError(f"{name} must be a file, got a pipe or device", code="not-a-file", file=name)


@contextmanager
def foreign_errors(told: Callable[[str], AqlError]) -> Iterator[None]:
    """Turn whatever a library raises while reading a file into an error of this library, with the cause chained.

    Parameters
    ----------
    told : callable
        Returns the error for a reason.

    Examples
    --------
    >>> with foreign_errors(lambda reason: AqlError(f"a.xlsx is not a workbook: {reason}")):
    ...     raise KeyError("no sheet")
    Traceback (most recent call last):
    ...
    aql.errors.AqlError: a.xlsx is not a workbook: no sheet.
    """
    try:
        yield
    except AqlError:
        raise
    except BaseException as error:  # readers of files raise errors of any class for a damaged one
        # Libraries written in Rust, such as polars, raise a panic that is no Exception.
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        lines = str(error.args[0]).splitlines() if error.args else []
        reason = lines[0].strip(" .") if lines else type(error).__name__
        raise told(short_repr(reason, most=200)[1:-1]) from error
