"""Kill a process at the k-th operation of a write, for each k, and print what is left of the file.

    python tests/documents/killed_writes.py FOLDER old|none

After each kill another write must succeed and leave nothing but the file. The last line is "whole": the process that was
killed at no operation.
"""

import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

from aql.documents.writing import write_file

OLD, NEW = b"old" * 1000, b"new" * 1000


class Killer:
    """Counts operations and ends the process at one of them, half done if it is a write."""

    def __init__(self, at: int) -> None:
        self.at, self.count = at, 0

    def now(self) -> bool:
        self.count += 1
        return self.count == self.at

    def before(self, work: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*args: Any, **named: Any) -> Any:
            if self.now():
                os._exit(9)
            return work(*args, **named)

        return counted


class Watched:
    """A file whose operations are counted."""

    def __init__(self, file: Any, killer: Killer) -> None:
        self.file, self.killer = file, killer

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.file.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.file, name)

    def write(self, data: bytes) -> None:
        if self.killer.now():
            self.file.write(data[: len(data) // 2])
            self.file.flush()
            os._exit(9)
        self.file.write(data)


def killed(write: Callable[[], object], at: int) -> bool:
    """Write in another process; return whether it was killed."""
    child = os.fork()
    if child:
        ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        assert ended in {0, 9}, f"the writer failed, killed at {at}"
        return ended == 9
    killer = Killer(at)
    plain_open = Path.open
    Path.open = lambda self, *how, **named: Watched(  # type: ignore[method-assign,assignment]
        killer.before(plain_open)(self, *how, **named), killer
    )
    for owner, name in ((Path, "replace"), (Path, "chmod"), (Path, "unlink"), (os, "fsync"), (os, "fstat")):
        setattr(owner, name, killer.before(getattr(owner, name)))
    try:
        write()
    except BaseException:  # noqa: BLE001 - it must not go on in this process
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def main(folder: str, before: str) -> None:
    """Kill at each operation in turn."""
    target, at, more = Path(folder) / "a", 0, True
    while more:
        at += 1
        target.unlink(missing_ok=True)
        if before == "old":
            target.write_bytes(OLD)
        more = killed(lambda: write_file(target, NEW), at)
        left = {OLD: "old", NEW: "new"}[target.read_bytes()] if target.exists() else "none"
        assert len(list(target.parent.iterdir())) <= 2, "more than one temporary file"
        write_file(target, NEW)
        assert [path.name for path in target.parent.iterdir()] == ["a"]
        assert target.read_bytes() == NEW
        sys.stdout.write(f"{left if more else 'whole'}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
