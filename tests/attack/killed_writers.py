"""Kill each writer at many moments, fill the disk under it, and check every file that it writes.

    python tests/attack/killed_writers.py FOLDER old|none|linked|full PLACES [WRITER ...]

A writer is killed before each of its operations (open, write, sync, permissions, rename), in turn, and at PLACES
lengths of each file: its process may not write beyond that length, and dies where it does, also in the code of an engine.
After a kill, each file is the old one, the new one, or missing if there was none; the next write succeeds and leaves no
other file. `linked` puts a symbolic link in the place of each old file. `full` has the same lengths, at which writing
fails as on a full disk; the old file must be kept. One line per writer is printed: its name and the number of kills.
"""

import os
import resource
import signal
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import aql
import aql.report.page
from aql.examples import tablet_claim, tablet_order
from tests.attack import commands
from tests.documents.killed_writes import killed

Writer = Callable[[Path], object]


def writers() -> dict[str, Writer]:
    """Everything that writes files; what a writer needs is made before it is killed."""
    agreed, inspection = tablet_order()
    verdict = aql.score(agreed, inspection)
    drawing = aql.draw(agreed, inspection.header, seed=1)
    claim = aql.assess_claim(agreed, verdict, facts=tablet_claim(), as_of=date(2026, 12, 20))
    more: dict[str, Any] = {"claim": claim, "drawing": drawing, "language": "zh"}
    return {
        "Contract.save, TOML": lambda folder: agreed.save(folder / "contract.toml"),
        "Contract.save, JSON": lambda folder: agreed.save(folder / "contract.json"),
        "Inspection.save": lambda folder: inspection.save(folder / "inspection.json"),
        "write_sheet": lambda folder: aql.write_sheet(agreed, folder, overwrite=True),
        "write_sheet, workbook": lambda folder: aql.write_sheet(
            agreed, folder, workbook=True, overwrite=True
        ),
        "write_sheet, wide": lambda folder: aql.write_sheet(
            agreed, folder, workbook=True, form="wide", overwrite=True
        ),
        "write_report": lambda folder: aql.write_report(verdict, folder / "report.html"),
        "write_report, claim": lambda folder: aql.write_report(verdict, folder / "report.html", **more),
        "write_report, PDF": lambda folder: aql.write_report(verdict, folder / "report.pdf"),
        "write_pick_list": lambda folder: aql.write_pick_list(drawing, folder / "pick.html"),
        "write_pick_list, workbook": lambda folder: aql.write_pick_list(drawing, folder / "pick.xlsx"),
        "write_workbook": lambda folder: aql.write_workbook(verdict, folder / "verdict.xlsx"),
        "aql bulk, DuckDB": lambda folder: bulk(folder, "duckdb"),
        "aql bulk, polars": lambda folder: bulk(folder, "polars"),
    }


def bulk(folder: Path, engine: str) -> None:
    """Score many lots on the command line."""
    files = ["contract.toml", "findings.parquet", "lots.parquet"]
    out = ["-o", str(folder / "verdicts.parquet"), "--lines", str(folder / "lines.parquet")]
    code, printed = commands.run(["bulk", *files, *out, "--engine", engine])
    if code:
        raise aql.AqlError(printed, code="not-written")


def content(folder: Path) -> dict[str, bytes]:
    """The files, and what is behind links to files elsewhere."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def prepared(folder: Path, old: dict[str, bytes], *, linked: bool) -> None:
    """Put the old files there, and nothing else."""
    elsewhere = folder.with_name("elsewhere")
    elsewhere.mkdir(exist_ok=True)
    for path in (*folder.iterdir(), *elsewhere.iterdir()):
        path.unlink()
    for name, data in old.items():
        if linked:
            (folder / name).symlink_to(elsewhere / name)
        (folder / name).write_bytes(data)


def whole(found: dict[str, bytes], old: dict[str, bytes], new: dict[str, bytes]) -> bool:
    """Whether every file is the old or the new one, next to at most one temporary file for each."""
    others = [name for name in found if name not in new]
    return (
        all(found[name] in {old.get(name), new[name]} for name in new if name in found)
        and set(old) <= set(found)
        and len(others) <= len(new)
        and all(name.endswith(".aql-part") for name in others)
    )


def apart(work: Callable[[], object]) -> int:
    """Work in another process, so that no thread of an engine is started in this one; return how it ended."""
    child = os.fork()
    if not child:
        try:
            work()
        except aql.AqlError as error:
            os._exit(3 if error.code == "not-written" else 4)
        except BaseException:  # noqa: BLE001 - the parent is told by the code
            os._exit(5)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def lengths(new: dict[str, bytes], places: int) -> list[int]:
    """The lengths at which to kill: spread over each file."""
    return sorted({len(data) * place // places for data in new.values() for place in range(places)})


def limited(write: Writer, folder: Path, length: int, action: signal.Handlers) -> int:
    """Write in a process that may not write beyond a length of any file; return how it ended."""

    def work() -> None:
        signal.signal(signal.SIGXFSZ, action)
        resource.setrlimit(resource.RLIMIT_FSIZE, (length, length))
        write(folder)

    return apart(work)


def kills(write: Writer, folder: Path, *, before: str, places: int) -> int:
    """Kill a writer at each of its operations and lengths in turn; return how often."""
    prepared(folder, {}, linked=False)
    assert apart(lambda: write(folder)) == 0
    new = content(folder)
    old = {} if before == "none" else dict.fromkeys(new, b"old " * 1000)
    linked = before == "linked"
    number = at = 0
    more = True
    while more:
        at += 1
        prepared(folder, old, linked=linked)
        more = killed(lambda: write(folder), at)
        checked(write, folder, old, new, at)
        number += more
    for length in lengths(new, places):
        prepared(folder, old, linked=linked)
        number += limited(write, folder, length, signal.SIG_DFL) == -signal.SIGXFSZ
        checked(write, folder, old, new, length)
    return number


def checked(write: Writer, folder: Path, old: dict[str, bytes], new: dict[str, bytes], at: int) -> None:
    """Check what a kill has left, and that the next write puts it right."""
    left = content(folder) | content(folder.with_name("elsewhere"))
    assert whole(left, old, new), (at, {name: len(data) for name, data in left.items()})
    assert apart(lambda: write(folder)) == 0, at
    assert content(folder) == new, (at, {name: len(data) for name, data in content(folder).items()})
    assert set(content(folder.with_name("elsewhere"))) <= set(old), at


def fills(write: Writer, folder: Path, *, places: int) -> int:
    """Limit the size of files to less than each of the writer's files needs; return how many writes were refused."""
    prepared(folder, {}, linked=False)
    assert apart(lambda: write(folder)) == 0
    new = content(folder)
    old = dict.fromkeys(new, b"old")
    refused = 0
    for length in lengths(new, places):
        prepared(folder, old, linked=False)
        ended = limited(write, folder, length, signal.SIG_IGN)
        assert ended in {0, 3}, (length, ended)
        refused += ended == 3
        found = content(folder)
        assert set(found) == set(new), length
        assert all(found[name] in {old[name], new[name]} for name in new), length
    return refused


def main(folder: str, before: str, places: str, *only: str) -> None:
    """Kill, or fill the disk, for every writer in turn."""
    os.chdir(folder)
    os.environ["POLARS_MAX_THREADS"] = "1"  # with more, the order of the rows may differ
    for name, data in commands.files().items():
        Path(name).write_bytes(data)
    setattr(aql.report.page, "pdf", lambda _: b"%PDF-1.7 " * 5000)  # noqa: B010 - made before it is written
    home = Path(folder) / "written"
    home.mkdir()
    for name, write in writers().items():
        if only and name not in only:
            continue
        if not name.startswith("aql bulk"):
            write(home)  # so that what it loads is there when its process is forked
        if before == "full":
            count = fills(write, home, places=int(places))
        else:
            count = kills(write, home, before=before, places=int(places))
        sys.stdout.write(f"{name}: {count}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
