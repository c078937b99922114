"""No entry of a journal that was acknowledged is lost, whatever happens."""

import os
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from aql import AqlError
from aql.documents.input_limits import InputLimits
from aql.documents.journal import Journal
from tests.profiles import exhaustive

HARNESS = Path(__file__).with_name("killed_journal.py")
linux_only = pytest.mark.skipif(sys.platform != "linux", reason="needs fork and limits of Linux")


@linux_only
@pytest.mark.parametrize("entries", [12, exhaustive(160)])
def test_a_kill_at_every_write_and_sync_loses_nothing(entries: int, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(HARNESS), str(tmp_path), str(entries)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) == 2 * entries + 1  # and the sync of the folder


@linux_only
def test_a_file_that_may_not_grow_keeps_what_was_there(tmp_path: Path) -> None:
    import resource

    path = tmp_path / "a.jsonl"
    journal = Journal.open(path)
    journal.append({"number": 1})
    size, limit = path.stat().st_size, resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + 5, limit[1]))
        with pytest.raises(AqlError, match=r"not recorded in .*File too large; the 1 lines before are kept"):
            journal.append({"number": 2})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)
        signal.signal(signal.SIGXFSZ, before)
    assert path.stat().st_size == size
    journal.append({"number": 3})
    journal.close()
    assert [entry["number"] for entry in Journal.open(path).entries] == [1, 3]


def test_what_is_no_journal_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AqlError, match="it is not a regular file"):
        Journal.open(tmp_path)
    with pytest.raises(AqlError, match=r"not recorded in '.*a\.jsonl': No such file or directory\."):
        Journal.open(tmp_path / "none" / "a.jsonl")
    with pytest.raises(AqlError, match=r"not recorded in .*: embedded null byte\."):
        Journal.open(tmp_path / "a\0b")
    path = tmp_path / "a.jsonl"
    for line, said in ((b"x", "must be JSON"), (b"[1]", "must be a JSON object")):
        path.write_bytes(b'{"a": 1}\n' + line + b"\n")
        with pytest.raises(AqlError, match=f"line 2 of '.*' {said}. Restore the file from a copy") as raised:
            Journal.open(path)
        assert (raised.value.code, raised.value.file, raised.value.facts["row"]) == ("bad-file", str(path), 2)


@pytest.mark.parametrize(("limit", "most"), [("file_bytes", 27), ("values", 3)])
def test_a_limit_is_the_last_that_is_read(limit: str, most: int, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"a": 1}\n' * 3)
    with closing(Journal.open(path, limits=InputLimits(**{limit: most}))) as journal:
        assert len(journal.entries) == 3
    with pytest.raises(AqlError, match=f"at most {most - 1} "):
        Journal.open(path, limits=InputLimits(**{limit: most - 1}))


@pytest.mark.parametrize(
    ("end", "entries", "note"),
    [
        (
            b'{"a": 2',
            1,
            "the last line was not complete, so it was not recorded; it was moved to a.jsonl.torn",
        ),
        (b"[2]", 1, "the last line was not complete, so it was not recorded; it was moved to a.jsonl.torn"),
        (b'{"a": 2}', 2, "the end of the last line was missing and was added"),
    ],
)
def test_what_becomes_of_a_torn_line_is_said(end: bytes, entries: int, note: str, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"a": 1}\n' + end)
    with closing(Journal.open(path)) as journal:
        assert (len(journal.entries), journal.notes) == (entries, (note,))
    with closing(Journal.open(path)) as journal:
        assert (len(journal.entries), journal.notes) == (entries, ())
    torn = tmp_path / "a.jsonl.torn"
    assert (torn.read_bytes() if torn.exists() else b"") == (end + b"\n" if entries == 1 else b"")


def test_one_program_at_a_time_records_and_a_closed_file_is_not_written(tmp_path: Path) -> None:
    journal = Journal.open(tmp_path / "a.jsonl")
    with pytest.raises(
        AqlError, match=r"is being recorded by another program\. Close it there first\."
    ) as raised:
        Journal.open(tmp_path / "a.jsonl")
    assert raised.value.code == "not-written"
    journal.close()
    journal.close()
    with pytest.raises(AqlError, match=r"not recorded in .*: the file is closed\. Open it again\."):
        journal.append({"a": 1})


def test_on_windows_a_byte_far_behind_the_content_is_locked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Locked bytes cannot be read there by others; the content is read from its start all the same."""
    locked: list[tuple[int, int, int]] = []
    msvcrt = SimpleNamespace(
        LK_NBLCK=2,
        locking=lambda file, mode, count: locked.append((os.lseek(file, 0, os.SEEK_CUR), mode, count)),
    )
    monkeypatch.setitem(sys.modules, "msvcrt", msvcrt)
    monkeypatch.setattr("aql.documents.journal.sys", SimpleNamespace(platform="win32"))
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"a": 1}\n')
    with closing(Journal.open(path)) as journal:
        assert journal.entries == [{"a": 1}]
    assert locked == [(1 << 40, 2, 1)]


@linux_only
def test_a_new_file_can_be_read_by_whoever_may_read_other_new_files(tmp_path: Path) -> None:
    (tmp_path / "other").touch()
    (tmp_path / "a.jsonl").write_bytes(b"{")
    for name in ("a.jsonl", "b.jsonl"):
        Journal.open(tmp_path / name).close()
    modes = {name: (tmp_path / name).stat().st_mode for name in ("other", "b.jsonl", "a.jsonl.torn")}
    assert len(set(modes.values())) == 1, modes


@linux_only
def test_a_pipe_does_not_block(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(AqlError, match="not a regular file"):
        Journal.open(tmp_path / "pipe")


def test_text_that_is_not_unicode_is_refused(tmp_path: Path) -> None:
    journal = Journal.open(tmp_path / "a.jsonl")
    with pytest.raises(AqlError, match="not recorded"):
        journal.append({"note": "ab\udc80"})
    journal.append({"note": "ab"})
    assert journal.entries == [{"note": "ab"}]
    journal.close()


def test_every_line_is_synced_and_every_file_is_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[str] = []
    opened: set[int] = set()
    real_open, real_close = os.open, os.close

    def opening(*args: Any, **more: Any) -> int:
        opened.add(number := real_open(*args, **more))
        return number

    def close(number: int) -> None:
        opened.discard(number)
        real_close(number)

    monkeypatch.setattr(os, "open", opening)
    monkeypatch.setattr(os, "close", close)
    monkeypatch.setattr(os, "fsync", lambda _: calls.append("sync"))
    path = tmp_path / "a.jsonl"
    with closing(Journal.open(path)) as journal:
        calls.clear()
        journal.append({"number": 1})
        journal.append({"number": 2})
        assert calls == ["sync"] * 2
    path.write_bytes(path.read_bytes()[:-3])
    calls.clear()
    with closing(Journal.open(path)) as journal:
        assert len(journal.entries) == 1
        assert calls.count("sync") >= 2  # the torn line, and the file without it
    assert opened == set()
