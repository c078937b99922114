"""The cartons of a lot: their numbers as ranges, the items in each, the SKU, and whether they are packed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated

from pydantic import Field, PlainSerializer, PlainValidator, WithJsonSchema

from aql.documents.document import Document
from aql.documents.fields import Name, Positive
from aql.errors import DomainError
from aql.words import short_repr

__all__ = ["CartonNumbers", "Cartons", "Range", "ranges_of", "twice"]

Range = tuple[int, int]
"""The first and the last number of a range."""

_LARGEST = 10**15
_RANGE = re.compile(r"\s*(\d{1,15})(?:\s*[-\u2013]\s*(\d{1,15}))?\s*", re.ASCII)


def ranges_of(value: object) -> tuple[Range, ...]:
    """Return the numbers of cartons as ranges in ascending order, adjacent ones joined.

    Parameters
    ----------
    value : int, str or list of these
        One number, or text such as "1-50" or "1-50, 60".

    Returns
    -------
    tuple of (int, int)
        First and last number of each range.

    Raises
    ------
    DomainError
        If it is something else, a range goes down, or a number is listed twice.

    Examples
    --------
    >>> ranges_of("1-50, 60"), ranges_of([3, 1, 2])
    (((1, 50), (60, 60)), ((1, 3),))
    """
    found = sorted(_parts(value))
    again = twice(found)
    if not found or again is not None:
        said = "none" if again is None else f"{again} twice"
        raise DomainError(f"numbers must name each carton once, got {said}", value=value)
    joined = [found[0]]
    for first, last in found[1:]:
        if first == joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], last)
        else:
            joined.append((first, last))
    return tuple(joined)


def twice(ranges: Iterable[Range]) -> int | None:
    """Return the first carton that is in two of the ranges, which must be sorted; None if there is none."""
    end = 0
    for first, last in ranges:
        if first <= end:
            return first
        end = last
    return None


def _parts(value: object) -> Iterator[Range]:
    """The ranges as written."""
    if isinstance(value, (list, tuple)):
        for one in value:
            yield from _parts(one)
        return
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value < _LARGEST:
        yield value, value
        return
    for part in value.split(",") if isinstance(value, str) else [None]:
        read = _RANGE.fullmatch(part) if part is not None else None
        if read is None or not 1 <= int(read[1]) <= int(read[2] or read[1]):
            raise DomainError(
                f'numbers must be carton numbers such as 12, "1-50" or "1-50, 60", got {short_repr(value)}',
                value=value,
            )
        yield int(read[1]), int(read[2] or read[1])


def _written(ranges: tuple[Range, ...]) -> int | str:
    if len(ranges) == 1 and ranges[0][0] == ranges[0][1]:
        return ranges[0][0]
    return ", ".join(f"{first}" if first == last else f"{first}-{last}" for first, last in ranges)


_TEXT = r"^\s*\d{1,15}(\s*[-\u2013]\s*\d{1,15})?\s*(,\s*\d{1,15}(\s*[-\u2013]\s*\d{1,15})?\s*)*(?![\s\S])"
_ONE = [{"type": "integer", "minimum": 1}, {"type": "string", "pattern": _TEXT}]

if TYPE_CHECKING:
    CartonNumbers = tuple[Range, ...]
else:
    CartonNumbers = Annotated[
        tuple[Range, ...],
        PlainValidator(ranges_of),
        PlainSerializer(_written, return_type=int | str),
        WithJsonSchema({"anyOf": [*_ONE, {"type": "array", "minItems": 1, "items": {"anyOf": _ONE}}]}),
    ]
"""Numbers of cartons, stored as ranges."""


class Cartons(Document):
    """Cartons of a lot that hold the same number of items of the same SKU; ``[[lot.carton]]`` in a document.

    Attributes
    ----------
    numbers : tuple of (int, int)
        Their numbers, as ranges; in a document, one number or text such as "1-50, 60".
    units : int
        Items in each of them. [items]
    sku : str
        The SKU of the items; None if the lot has only one.
    packed : bool
        Whether they are export cartons, packed. Goods that are not packed yet have a number per stack.
    """

    numbers: CartonNumbers
    units: Positive
    sku: Name | None = None
    packed: Annotated[bool, Field(strict=True)] = True

    @property
    def count(self) -> int:
        """Number of cartons."""
        return sum(last - first + 1 for first, last in self.numbers)

    @property
    def items(self) -> int:
        """Number of items in all of them together."""
        return self.count * self.units
