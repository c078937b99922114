"""A file is the old one or the new one, whatever happens while it is written."""

import errno
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aql import AqlError
from aql.documents.writing import temporary_name, write_file, write_files

OLD, NEW = b"old" * 1000, b"new" * 1000
HARNESS = Path(__file__).with_name("killed_writes.py")
linux_only = pytest.mark.skipif(sys.platform != "linux", reason="needs fork and limits of Linux")


def only(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@given(content=st.binary() | st.text())
def test_what_is_written_reads_back(tmp_path_factory: pytest.TempPathFactory, content: str | bytes) -> None:
    target = tmp_path_factory.getbasetemp() / "content"
    assert write_file(target, content) == target
    assert target.read_bytes() == (content if isinstance(content, bytes) else content.encode())


def test_text_that_is_not_unicode_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AqlError, match="the text is not valid Unicode at character 3"):
        write_file(tmp_path / "a", "ab\udc80")
    assert only(tmp_path) == []


def test_nothing_else_is_left(tmp_path: Path) -> None:
    write_file(tmp_path / "a", OLD)
    write_file(tmp_path / "a", NEW)
    assert only(tmp_path) == ["a"]


@linux_only
def test_permissions_are_kept_and_links_are_followed(tmp_path: Path) -> None:
    target, link = tmp_path / "a", tmp_path / "link"
    target.write_bytes(OLD)
    target.chmod(0o640)
    link.symlink_to(target)
    write_file(link, NEW)
    assert link.is_symlink()
    assert target.read_bytes() == NEW
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    write_file(tmp_path / "new", NEW)
    mask = os.umask(0)
    os.umask(mask)
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o666 & ~mask


@linux_only
def test_a_link_to_a_file_that_does_not_exist_yet_makes_it(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("there")
    write_file(tmp_path / "link", NEW)
    assert (tmp_path / "there").read_bytes() == NEW


@linux_only
def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "a").write_bytes(OLD)
    (tmp_path / "b").hardlink_to(tmp_path / "a")
    (tmp_path / "round").symlink_to("round")
    for name, said in (
        ("folder", "it is a folder"),
        ("pipe", "it is not a regular file"),
        ("/dev/full", "it is not a regular file"),
        (
            "a",
            "the file has 1 other name (hard links), which would keep the old content. Delete this name first",
        ),
        ("round", "it is not a regular file"),
        ("nowhere/a", "No such file or directory"),
        ("a/b", "Not a directory"),
        ("n" * 5000, "File name too long"),
        ("nul\0", "null"),
    ):
        with pytest.raises(AqlError) as caught:
            write_file(tmp_path / name, NEW)
        assert said in str(caught.value)
        assert caught.value.code == "not-written"
    assert (tmp_path / "a").read_bytes() == OLD
    assert only(tmp_path) == ["a", "b", "folder", "pipe", "round"]


@linux_only
def test_the_longest_name_that_a_file_can_have(tmp_path: Path) -> None:
    write_file(tmp_path / ("é" * 127), NEW)
    write_file(tmp_path / ("é" * 127), OLD)
    assert only(tmp_path) == ["é" * 127]


@linux_only
def test_two_programs_cannot_write_one_file_at_the_same_time(tmp_path: Path) -> None:
    import fcntl

    target = tmp_path / "a"
    target.write_bytes(OLD)
    with temporary_name(target).open("wb") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(AqlError, match="another program is writing it"):
            write_file(target, NEW)
    assert target.read_bytes() == OLD
    # Its lock is gone, so what is left of it was left by a program that has ended.
    write_file(target, NEW)
    assert only(tmp_path) == ["a"]


@linux_only
@pytest.mark.parametrize("old", [True, False])
def test_killed_at_any_operation_the_file_is_the_old_one_or_the_new_one(tmp_path: Path, old: bool) -> None:
    """The harness kills a process at the k-th operation for each k, and prints what was left after each."""
    done = subprocess.run(
        [sys.executable, HARNESS, tmp_path, "old" if old else "none"],
        capture_output=True,
        text=True,
        check=True,
    )
    lines = done.stdout.split()
    assert lines[-1] == "whole"
    assert len(lines) >= 7
    assert set(lines) <= {"old", "new", "none", "whole"} - ({"none"} if old else {"old"})
    assert only(tmp_path) == ["a"]


@linux_only
def test_on_a_full_disk_the_old_file_is_kept(tmp_path: Path) -> None:
    """The size of files is limited in a process of its own."""
    (tmp_path / "a").write_bytes(OLD)
    code = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (500, 500))\n"
        "from aql.documents.writing import write_file\n"
        "from aql import AqlError\n"
        "try: write_file(sys.argv[1], b'new' * 1000)\n"
        "except AqlError as error: print(error)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, tmp_path / "a"], capture_output=True, text=True, check=True
    )
    assert "cannot be written: File too large" in done.stdout
    assert (tmp_path / "a").read_bytes() == OLD
    assert only(tmp_path) == ["a"]


def test_a_write_that_fails_leaves_nothing_but_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "a"
    target.write_bytes(OLD)

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(AqlError, match=r"No space left on device. Make room, or choose another disk"):
        write_file(target, NEW)
    assert (target.read_bytes(), only(tmp_path)) == (OLD, ["a"])
    with pytest.raises(AqlError, match="cannot be written: No space left on device"):
        write_files([target], lambda parts: parts[0].write_bytes(NEW))
    assert (target.read_bytes(), only(tmp_path)) == (OLD, ["a"])


def test_an_engine_that_fails_leaves_nothing_but_the_old_files(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(OLD)

    def fail(_: list[Path]) -> None:
        raise OSError("out of breath")

    with pytest.raises(AqlError, match=r"/a' cannot be written: out of breath\."):
        write_files([tmp_path / "a", tmp_path / "b"], fail)
    assert ((tmp_path / "a").read_bytes(), only(tmp_path)) == (OLD, ["a"])


@linux_only
def test_files_of_an_engine_keep_their_permissions(tmp_path: Path) -> None:
    names = [tmp_path / "a", tmp_path / "b"]
    names[1].write_bytes(OLD)
    names[1].chmod(0o640)
    write_files(names, lambda parts: [part.write_bytes(NEW) for part in parts])
    assert [name.read_bytes() for name in names] == [NEW, NEW]
    assert stat.S_IMODE(names[1].stat().st_mode) == 0o640


@linux_only
def test_a_write_that_begins_after_a_file_is_in_place_keeps_its_temporary_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name of the temporary file is free again once the file has its own name."""
    names = [tmp_path / "a", tmp_path / "b"]
    other = temporary_name(names[0])

    def sync(number: int) -> None:
        if stat.S_ISDIR(os.fstat(number).st_mode):
            other.touch()

    monkeypatch.setattr(os, "fsync", sync)
    write_files(names, lambda parts: [part.write_bytes(NEW) for part in parts])
    assert only(tmp_path) == sorted([other.name, "a", "b"])


@linux_only
@pytest.mark.parametrize("several", [False, True])
def test_on_windows_a_file_is_closed_before_it_is_renamed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, several: bool
) -> None:
    """An open file can neither be renamed nor deleted there, and a folder cannot be opened."""
    target = tmp_path / "a"
    part = temporary_name(target)
    part.write_bytes(b"left behind")
    renamed: list[Path] = []
    really_replace = Path.replace

    def replace(path: Path, new: Path) -> Path:
        assert str(part) not in {os.path.realpath(one) for one in Path("/proc/self/fd").iterdir()}
        renamed.append(path)
        return really_replace(path, new)

    def sync(number: int) -> None:
        assert stat.S_ISREG(os.fstat(number).st_mode)

    monkeypatch.setattr("aql.documents.writing._WINDOWS", True)
    monkeypatch.setattr(Path, "replace", replace)
    monkeypatch.setattr(os, "fsync", sync)
    if several:
        write_files([target], lambda parts: parts[0].write_bytes(NEW))
    else:
        write_file(target, NEW)
    assert (target.read_bytes(), only(tmp_path), renamed) == (NEW, ["a"], [part])


@linux_only
@pytest.mark.parametrize("several", [False, True])
def test_the_content_and_then_its_name_are_put_on_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, several: bool
) -> None:
    synced: list[tuple[bool, bool]] = []
    target = tmp_path / "a"

    def sync(number: int) -> None:
        synced.append((stat.S_ISDIR(os.fstat(number).st_mode), target.exists()))

    monkeypatch.setattr(os, "fsync", sync)
    if several:
        write_files([target], lambda parts: parts[0].write_bytes(NEW))
    else:
        write_file(target, NEW)
    assert synced == [(False, False), (True, True)]


@linux_only
def test_a_temporary_file_that_another_program_took_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another program takes it for one left behind before it is locked; its file is then closed and another one made."""
    really_the_same = os.path.samestat
    asked: list[bool] = []

    def samestat(*states: os.stat_result) -> bool:
        asked.append(really_the_same(*states))
        return len(asked) > 1

    before = len(list(Path("/proc/self/fd").iterdir()))
    monkeypatch.setattr(os.path, "samestat", samestat)
    write_file(tmp_path / "a", NEW)
    assert asked == [True, True]
    assert ((tmp_path / "a").read_bytes(), only(tmp_path)) == (NEW, ["a"])
    assert len(list(Path("/proc/self/fd").iterdir())) == before
