"""The type of TOML documents before `Contract.load` or `Inspection.load` reads them."""

from __future__ import annotations

from typing import Any

__all__ = ["TomlTable"]

TomlTable = dict[str, Any]
"""A document, or a table in it."""
