"""What all frames have in common, for type hints that need no library of frames."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

__all__ = ["FrameLike"]


class FrameLike(Protocol):
    """Any frame that narwhals reads: pandas, polars, pyarrow and others."""

    @property
    def columns(self) -> Iterable[object]:
        """The columns."""
