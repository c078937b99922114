"""Lets pydantic, and so FastAPI, take a value as a field: read by its `from_dict`, written by its `to_dict`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    from pydantic_core import CoreSchema

__all__ = ["document_field"]


class _Document(Protocol):
    """A value with a document."""

    def to_dict(self) -> dict[str, object]: ...

    @classmethod
    def from_dict(cls, data: Mapping[str, object]) -> _Document: ...


def document_field(kind: type[_Document]) -> CoreSchema:
    """Return the schema with which pydantic takes a class with `from_dict` and `to_dict` as a field."""
    from pydantic_core import core_schema

    def read(value: object) -> object:
        return value if isinstance(value, kind) else kind.from_dict(cast("Mapping[str, object]", value))

    written = core_schema.plain_serializer_function_ser_schema(kind.to_dict)
    name = f"{kind.__module__}.{kind.__qualname__}"  # lists it as a component in an OpenAPI description
    return core_schema.no_info_plain_validator_function(read, ref=name, serialization=written)
