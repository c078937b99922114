"""Limits: a plan for several classes or terms together, in addition to their own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema

from aql.contract.terms import PlanSpec
from aql.documents.document import Document
from aql.documents.fields import DecimalText, Name, Number

__all__ = ["Limit"]


def _pairs(value: object) -> object:
    return tuple(value.items()) if isinstance(value, Mapping) else value


if TYPE_CHECKING:
    from decimal import Decimal

    Weights = tuple[tuple[str, Decimal], ...]
else:
    Weights = Annotated[
        tuple[tuple[Name, DecimalText], ...],
        BeforeValidator(_pairs),
        PlainSerializer(
            lambda value: {name: str(weight) for name, weight in value}, return_type=dict[str, str]
        ),
        WithJsonSchema({"type": "object", "additionalProperties": {"type": ["string", "integer"]}}),
    ]
"""Weights by name, stored as pairs."""


class Limit(Document):
    """A limit on the findings of several classes or terms together.

    Attributes
    ----------
    name : str
        Name of the limit, such as ``"total"``.
    of : tuple of str
        The classes and terms whose findings it counts. A class stands for its terms without their own plans.
    aql : Decimal or None
        AQL; 0 for "not allowed".
    plan : PlanSpec or None
        A plan to use instead of a plan of the table.
    weights : tuple of (str, Decimal)
        What one finding of a class or term weighs; 1 if it is not named. A table in a document.
    """

    name: Name
    of: tuple[Name, ...]
    aql: Number | None = None
    plan: PlanSpec | None = None
    weights: Weights = ()
