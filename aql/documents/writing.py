"""Writes files whole: whatever happens meanwhile, the file is the old one or the new one."""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from aql.errors import AqlError

__all__ = ["temporary_name", "write_file", "write_files"]

_WINDOWS = sys.platform == "win32"
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_WRITABLE = "Make the file and its folder writable, or choose another file"


def write_file(path: str | os.PathLike[str], content: str | bytes) -> Path:
    """Write a file, replacing an old one only after the new content is complete and on the disk.

    The content goes to a temporary file in the same folder, ``.NAME.aql-part``, which then takes the name of the old
    file, and its permissions. A symbolic link is followed. If the program is killed, the temporary file may be left;
    the next write removes it.

    Parameters
    ----------
    path : str or path
        The file. Its folder must exist.
    content : str or bytes
        What to write; text is written as UTF-8 with its line ends unchanged.

    Returns
    -------
    Path
        The path as given.

    Raises
    ------
    AqlError
        If the file cannot be written: the old one is then as it was. Also if the path is a folder or a device, if the
        file has another name (a hard link), which would keep the old content, if another program is writing the file
        at this moment, or if text is not valid Unicode.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_file(Path(folder) / "note.txt", "dent").read_text("utf-8")
    'dent'
    """
    data = _encoded(path, content) if isinstance(content, str) else content
    try:
        target = Path(os.path.realpath(path, strict=False))
        mode = _mode_of(target)
        part = temporary_name(target)
        _replace(part, target, data, mode)
    except (OSError, ValueError) as error:
        if isinstance(error, AqlError):
            raise
        reason, full = getattr(error, "strerror", None) or str(error), getattr(error, "errno", None) in _FULL
        todo = "Make room, or choose another disk" if full else _WRITABLE
        raise _not_written(path, reason, todo=todo) from error
    return Path(path)


def write_files(paths: Sequence[str | os.PathLike[str]], make: Callable[[list[Path]], object]) -> None:
    """Let an engine write files of its own, which replace the old ones only after all are complete and on the disk.

    Parameters
    ----------
    paths : sequence of str or path
        The files, as in `write_file`.
    make : callable
        Writes the new content; it is called with the temporary files, in the order of `paths`.

    Raises
    ------
    AqlError
        As in `write_file`; so is an error of the system in `make`.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder) / "lots.csv"
    ...     write_files([file], lambda parts: parts[0].write_text("lot", encoding="utf-8"))
    ...     file.read_text("utf-8")
    'lot'
    """
    targets = [Path(os.path.realpath(path, strict=False)) for path in paths]
    left: dict[Path, BinaryIO] = {}
    try:
        modes = [_mode_of(target) for target in targets]
        for target in targets:
            part = temporary_name(target)
            left[part] = _opened(part, target)
            if _WINDOWS:
                left[part].close()
        make(list(left))
        for part, target, mode in zip(list(left), targets, modes, strict=True):
            _put_in_place(part, target, mode)
            left.pop(part).close()
    except OSError as error:
        raise _not_written(paths[0], error.strerror or str(error)) from error
    finally:
        for part, file in left.items():
            part.unlink(missing_ok=True)
            file.close()


def _put_in_place(part: Path, target: Path, mode: int | None) -> None:
    """Give a complete temporary file the name of the target."""
    with part.open("rb+") as file:
        os.fsync(file.fileno())
    if mode is not None:
        part.chmod(mode)
    part.replace(target)
    _sync_folder(target.parent)


def temporary_name(target: Path) -> Path:
    """Return the path of the temporary file that a write of `target` uses."""
    # Cut where name and ending together would be longer than file systems allow.
    name = target.name.encode("utf-8", "surrogateescape")[:240].decode("utf-8", "ignore")
    return target.with_name(f".{name}.aql-part")


def _encoded(path: str | os.PathLike[str], text: str) -> bytes:
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise _not_written(path, f"the text is not valid Unicode at character {error.start + 1}") from error


def _mode_of(target: Path) -> int | None:
    """Return the permissions of the file that will be replaced, None if there is none; refuse what is not a file."""
    try:
        old = target.stat(follow_symlinks=False)
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(old.st_mode):
        raise _not_written(target, "it is a folder")
    if not stat.S_ISREG(old.st_mode):
        raise _not_written(target, "it is not a regular file")
    if old.st_nlink > 1:
        others = old.st_nlink - 1
        message = f"the file has {others} other name{'s' * (others > 1)} (hard links), which would keep the old content"
        raise _not_written(target, message, todo="Delete this name first, or write to another file")
    if not os.access(target, os.W_OK):
        raise _not_written(target, "it is write-protected")
    return stat.S_IMODE(old.st_mode)


def _replace(part: Path, target: Path, data: bytes, mode: int | None) -> None:
    """Write the temporary file, and give it the name of the target."""
    file = _opened(part, target)
    try:
        with file:
            file.write(data)
            file.flush()
            if mode is not None:
                part.chmod(mode)
            os.fsync(file.fileno())
            if not _WINDOWS:
                # Before the file is closed, which ends the lock.
                part.replace(target)
        if _WINDOWS:
            part.replace(target)
    except OSError:
        part.unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)


def _opened(part: Path, target: Path) -> BinaryIO:
    """Create the temporary file and lock it; one that a killed program left behind is removed first."""
    if _WINDOWS:
        # An open file cannot be deleted there, so a file that can be was left behind.
        part.unlink(missing_ok=True)
        return part.open("xb")
    while True:
        try:
            file = part.open("xb")
        except FileExistsError:
            with suppress(FileNotFoundError), part.open("rb") as left:
                _lock(left, target)
                part.unlink(missing_ok=True)
            continue
        _lock(file, target)
        with suppress(FileNotFoundError):
            if os.path.samestat(os.fstat(file.fileno()), part.stat()):
                return file
        # Another program took it for one left behind, before it was locked.
        file.close()


def _lock(file: BinaryIO, target: Path) -> None:
    import fcntl

    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        file.close()
        raise _not_written(target, "another program is writing it") from error


def _sync_folder(folder: Path) -> None:
    """Put the new name on the disk, where folders can be opened."""
    if _WINDOWS:
        return
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _not_written(
    path: str | os.PathLike[str],
    reason: str,
    *,
    todo: str = _WRITABLE,
) -> AqlError:
    name = os.fspath(path)
    return AqlError(f"{name!r} cannot be written: {reason}", todo=todo, code="not-written", file=name)
