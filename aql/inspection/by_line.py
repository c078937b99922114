"""Types of header values that are one value, or a table by class or term."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator, Discriminator, PlainSerializer, Tag

from aql.documents.fields import Count, Name
from aql.types import Severity

__all__ = ["Inspected", "Severities", "pairs", "table"]


def _kind(value: object) -> str:
    return "<table>" if isinstance(value, Mapping) else "<one>"


def pairs(value: object) -> object:
    """Return a table of values by line as pairs, which are hashable."""
    return tuple(value.items()) if isinstance(value, Mapping) else value


def table(value: object) -> object:
    """Return pairs as a table of values by line again."""
    return dict(value) if isinstance(value, tuple) else value


if TYPE_CHECKING:
    Inspected = int | tuple[tuple[str, int], ...]
else:
    Inspected = Annotated[
        Annotated[Count, Tag("<one>")] | Annotated[dict[Name, Count], Tag("<table>")],
        Discriminator(_kind),
        AfterValidator(pairs),
        PlainSerializer(table, return_type=int | dict[str, int]),
    ]
"""Number of items inspected: one number, or a table by class or term, stored as pairs."""

if TYPE_CHECKING:
    Severities = Severity | tuple[tuple[str, Severity], ...]
else:
    Severities = Annotated[
        Annotated[Severity, Tag("<one>")] | Annotated[dict[Name, Severity], Tag("<table>")],
        Discriminator(_kind),
        AfterValidator(pairs),
        PlainSerializer(table, return_type=str | dict[str, str]),
    ]
"""Severity of inspection: one, or a table by class or term, stored as pairs."""
