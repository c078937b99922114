"""The same input gives the same output, byte for byte, in every setting of the program and the system."""

import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

WRITES = Path(__file__).with_name("everything_written.py")
PLAIN = {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONUTF8": "1"}

SETTINGS: dict[str, tuple[tuple[str, ...], dict[str, str], str]] = {
    "another hash seed": ((), {"PYTHONHASHSEED": "1"}, "plain"),
    "a random hash seed": ((), {"PYTHONHASHSEED": "random"}, "plain"),
    "C locale": ((), {"LC_ALL": "C", "PYTHONUTF8": "0"}, "plain"),
    "German": ((), {"LC_ALL": "de_DE.UTF-8", "LANGUAGE": "de"}, "plain"),
    "Turkish": ((), {"LC_ALL": "tr_TR.UTF-8"}, "plain"),
    "Latin-1": ((), {"PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0"}, "plain"),
    "Auckland": ((), {"TZ": "Pacific/Auckland"}, "plain"),
    "Honolulu": ((), {"TZ": "Pacific/Honolulu"}, "plain"),
    "-O": (("-O",), {}, "plain"),
    "-OO": (("-OO",), {}, "plain"),
    "-X dev": (("-X", "dev"), {}, "plain"),
    "one thread of BLAS": ((), {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}, "plain"),
    "threads": ((), {}, "threads"),
    "fork": ((), {}, "fork"),
    "spawn": ((), {}, "spawn"),
}


def written(options: tuple[str, ...], settings: dict[str, str], how: str, folder: Path) -> str:
    done = subprocess.run(
        [sys.executable, *options, WRITES, how],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        env=os.environ | PLAIN | {"PYTHONPATH": str(WRITES.parents[2])} | settings,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@cache
def plain() -> str:
    return written((), {}, "plain", WRITES.parent)


@pytest.mark.exhaustive
@pytest.mark.parametrize("name", SETTINGS)
def test_the_same_bytes(name: str, tmp_path: Path) -> None:
    options, settings, how = SETTINGS[name]
    if how == "fork" and sys.platform == "win32":
        pytest.skip("needs fork")
    assert written(options, settings, how, tmp_path).splitlines() == plain().splitlines()
    assert len(plain().splitlines()) == 29
