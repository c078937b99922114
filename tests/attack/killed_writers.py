"""Kill a process at the k-th operation of a writer, for each k, and check every file that it writes.

    python tests/attack/killed_writers.py FOLDER old|none|full [WRITER ...]

After a kill, each file is the old one, the new one, or missing if there was none; the next write succeeds and leaves no
other file. `full` limits the size of files instead, as a full disk does. One line per writer is printed: its name and the
number of kills.
"""

import os
import resource
import sys
from collections.abc import Callable
from pathlib import Path

import aql
from aql.examples import tablet_order
from tests.documents.killed_writes import killed

Writer = Callable[[Path], object]


def writers() -> dict[str, Writer]:
    """Everything that writes files; what a writer needs is made before it is killed."""
    agreed, inspection = tablet_order()
    verdict = aql.score(agreed, inspection)
    drawing = aql.draw(agreed, inspection.header, seed=1)
    return {
        "Contract.save, TOML": lambda folder: agreed.save(folder / "contract.toml"),
        "Contract.save, JSON": lambda folder: agreed.save(folder / "contract.json"),
        "Inspection.save": lambda folder: inspection.save(folder / "inspection.json"),
        "write_sheet": lambda folder: aql.write_sheet(agreed, folder, overwrite=True),
        "write_sheet, workbook": lambda folder: aql.write_sheet(
            agreed, folder, workbook=True, overwrite=True
        ),
        "write_report": lambda folder: aql.write_report(verdict, folder / "report.html"),
        "write_pick_list": lambda folder: aql.write_pick_list(drawing, folder / "pick.html"),
        "write_pick_list, workbook": lambda folder: aql.write_pick_list(drawing, folder / "pick.xlsx"),
        "write_workbook": lambda folder: aql.write_workbook(verdict, folder / "verdict.xlsx"),
    }


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def prepared(folder: Path, old: dict[str, bytes]) -> None:
    """Put the old files there, and nothing else."""
    for path in folder.iterdir():
        path.unlink()
    for name, data in old.items():
        (folder / name).write_bytes(data)


def whole(found: dict[str, bytes], old: dict[str, bytes], new: dict[str, bytes]) -> bool:
    """Whether every file is the old or the new one, next to at most one temporary file."""
    others = [name for name in found if name not in new]
    return (
        all(found[name] in {old.get(name), new[name]} for name in new if name in found)
        and set(old) <= set(found)
        and len(others) <= 1
        and all(name.endswith(".aql-part") for name in others)
    )


def kills(write: Writer, folder: Path, *, there: bool) -> int:
    """Kill a writer at each of its operations in turn; return how often."""
    prepared(folder, {})
    write(folder)
    new = content(folder)
    old = dict.fromkeys(new, b"old " * 1000) if there else {}
    at = 0
    while True:
        at += 1
        prepared(folder, old)
        more = killed(lambda: write(folder), at)
        assert whole(content(folder), old, new), at
        write(folder)
        assert content(folder) == new, at
        if not more:
            return at - 1


def fills(write: Writer, folder: Path) -> int:
    """Limit the size of files to less than each of the writer's files needs; return how many writes were refused."""
    prepared(folder, {})
    write(folder)
    new = content(folder)
    old = dict.fromkeys(new, b"old")
    sizes = sorted({1, *(len(data) - 1 for data in new.values())})
    for size in sizes:
        prepared(folder, old)
        child = os.fork()
        if not child:
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
            try:
                write(folder)
            except aql.AqlError as error:
                os._exit(0 if error.code == "not-written" else 1)
            os._exit(2)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0, size
        found = content(folder)
        assert set(found) == set(new), size
        assert all(found[name] in {old[name], new[name]} for name in new), size
    return len(sizes)


def main(folder: str, before: str, *only: str) -> None:
    """Kill, or fill the disk, for every writer in turn."""
    os.chdir(folder)
    home = Path(folder) / "written"
    home.mkdir()
    for name, write in writers().items():
        if only and name not in only:
            continue
        count = fills(write, home) if before == "full" else kills(write, home, there=before == "old")
        sys.stdout.write(f"{name}: {count}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
