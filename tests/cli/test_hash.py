"""The command hash."""

import hashlib
from pathlib import Path

import pytest

from tests.cli.test_commands import run


def test_hash_prints_the_checksum_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "s.jpg"
    path.write_bytes(b"picture")
    done = run("hash", str(path))
    assert done.output.split() == [hashlib.sha256(b"picture").hexdigest(), str(path)]


@pytest.mark.parametrize(("name", "says"), [(".", "got a folder"), ("nowhere.jpg", "does not exist")])
def test_hash_needs_a_file(name: str, says: str, tmp_path: Path) -> None:
    assert says in " ".join(run("hash", str(tmp_path / name), code=2).output.split())
