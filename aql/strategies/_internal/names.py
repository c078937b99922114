"""Names of classes, terms and SKUs in any script."""

from __future__ import annotations

from hypothesis import strategies as st

__all__ = ["names"]

_LETTERS = st.characters(categories=["L"])
_REST = st.text(st.characters(categories=["L", "N", "P", "S"]), max_size=6)


def names() -> st.SearchStrategy[str]:
    """Strategy for names of one to seven characters that start with a letter."""
    return st.builds(str.__add__, _LETTERS, _REST)
