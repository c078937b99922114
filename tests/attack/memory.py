"""How much memory a piece of work takes at most, where Linux tells it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Peak", "peak_of"]

_STATUS, _RESET = Path("/proc/self/status"), Path("/proc/self/clear_refs")


@dataclass
class Peak:
    """What a piece of work took beyond what the process had before; 0 where it is unknown. [MB]"""

    megabytes: float = 0.0


@contextmanager
def peak_of() -> Iterator[Peak]:
    """Measure the memory of what happens inside."""
    found = Peak()
    try:
        _RESET.write_text("5", encoding="utf-8")
    except OSError:
        yield found
        return
    before = _highest()
    yield found
    found.megabytes = (_highest() - before) / 1024


def _highest() -> int:
    """The highest resident memory of this process since the reset. [KB]"""
    lines = _STATUS.read_text("utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:"))
