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


@pytest.mark.parametrize("name", [".", "nowhere.jpg"])
def test_hash_needs_a_file(name: str, tmp_path: Path) -> None:
    assert "FILE must be a file that can be read" in run("hash", str(tmp_path / name), code=2).output
