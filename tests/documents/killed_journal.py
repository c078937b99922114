"""Kill a process at the k-th operation of a journal, for each k, and check that no acknowledged entry is lost.

    python tests/documents/killed_journal.py FOLDER ENTRIES

The operations are the writes (half done) and the syncs of the file. Prints how many processes were killed.
"""

import os
import sys
from pathlib import Path

from aql.documents.journal import Journal


def child(path: Path, entries: int, at: int, told: int) -> None:
    """Record entries, tell each to the parent, and die at an operation."""
    count, write = 0, os.write

    def die_at_write(file: int, data: bytes) -> int:
        nonlocal count
        count += 1
        if count == at:
            write(file, data[: len(data) // 2])
            os._exit(9)
        return write(file, data)

    def die_at_sync(
        _: int,
    ) -> None:  # A kill of the process loses nothing that was written, so it need not wait.
        nonlocal count
        count += 1
        if count == at:
            os._exit(9)

    os.write, os.fsync = die_at_write, die_at_sync  # type: ignore[assignment]
    journal = Journal.open(path)
    for number in range(entries):
        journal.append({"number": number})
        write(told, b".")
    os._exit(0)


def main(folder: str, entries: int) -> None:
    """Kill at each operation in turn."""
    path, kills, more = Path(folder) / "a.jsonl", 0, True
    while more:
        path.unlink(missing_ok=True)
        reading, writing = os.pipe()
        process = os.fork()
        if process == 0:
            child(path, entries, kills + 1, writing)
        os.close(writing)
        more = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == 9
        with os.fdopen(reading, "rb") as file:
            told = len(file.read())
        journal = Journal.open(path)
        kept = [entry["number"] for entry in journal.entries]
        # An entry that was written but not acknowledged may be kept; nothing else may be there.
        assert kept in (list(range(told)), list(range(told + 1))), (told, kept)
        journal.append({"number": "next"})
        journal.close()
        assert Journal.open(path).entries[-1] == {"number": "next"}
        kills += more
    sys.stdout.write(f"{kills}\n")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
