"""Documents as a TOML file holds them, before `Contract.load` or `Inspection.load` has read them."""

from __future__ import annotations

from typing import Any

__all__ = ["TomlTable"]

TomlTable = dict[str, Any]
"""A document, or a table in it."""
