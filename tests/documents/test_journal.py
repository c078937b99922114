"""No entry of a journal that was acknowledged is lost, whatever happens."""

import os
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path
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
    with pytest.raises(AqlError, match="not recorded"):
        Journal.open(tmp_path)
    with pytest.raises(AqlError, match="No such file"):
        Journal.open(tmp_path / "none" / "a.jsonl")
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"a": 1}\nx\n')
    with pytest.raises(AqlError, match=r"line 2 of .* must be JSON"):
        Journal.open(path)
    path.write_bytes(b'{"a": 1}\n' * 100)
    with pytest.raises(AqlError, match="file_bytes"):
        Journal.open(path, limits=InputLimits(file_bytes=100))


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
