"""The base class of dataclasses that can be written as JSON and read back."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Self, cast

from aql.documents.input_limits import DEFAULT_LIMITS, InputLimits

if TYPE_CHECKING:
    from pydantic import ConfigDict, GetCoreSchemaHandler, TypeAdapter
    from pydantic_core import CoreSchema
from aql.words import short_repr

__all__ = ["JsonFloat", "JsonFraction", "JsonValue"]


class JsonValue:
    """A frozen dataclass with `to_dict` and `to_json`, and with `from_dict` and `from_json` to read them back.

    Reading checks the types of the fields and restores an equal value.
    """

    __slots__ = ()
    __pydantic_config__: ClassVar[ConfigDict] = {"extra": "forbid", "serialize_by_alias": True}

    def to_dict(self) -> dict[str, object]:
        """Return the fields as plain values that JSON can represent."""
        return cast("dict[str, object]", _adapter(type(self)).dump_python(self, mode="json", by_alias=True))

    def to_json(self) -> str:
        """Return the value as JSON."""
        return json.dumps(self.to_dict(), indent=2, ensure_ascii=False)

    @classmethod
    def from_dict(cls, data: Mapping[str, object], *, limits: InputLimits = DEFAULT_LIMITS) -> Self:
        """Build the value from what `to_dict` returned, if it is not larger than `limits`.

        Raises
        ------
        AqlError
            If the values are beyond a limit.
        DocumentError
            If the values are not those of this class; it lists every problem with its path.
        """
        from pydantic import ValidationError

        from aql.documents.problems import document_error, table_of_keys
        from aql.documents.text_size import check_values

        name = f"the {cls.__name__}"
        values = table_of_keys(data, source=name)
        check_values(values, name, limits)
        try:
            return cast("Self", _adapter(cls).validate_python(values))
        except ValidationError as error:
            raise document_error(cls, data, error, source=name) from None

    @classmethod
    def from_json(cls, text: str, *, limits: InputLimits = DEFAULT_LIMITS) -> Self:
        """Build the value from what `to_json` returned; see `from_dict` for the errors."""
        from aql.documents.loading import parse_text

        data = parse_text(text, ".json", f"the {cls.__name__}", limits=limits)
        return cls.from_dict(data, limits=limits)

    @classmethod
    def json_schema(cls) -> dict[str, object]:
        """Return the JSON schema of what `to_dict` returns."""
        schema = _adapter(cls).json_schema(mode="serialization")
        return {"$schema": "https://json-schema.org/draft/2020-12/schema"} | schema


class _FractionAsText:
    """Writes a fraction as text; pydantic before 2.14 cannot write one, and fails if it reads a list instead."""

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        from pydantic_core import core_schema

        as_text = core_schema.to_string_ser_schema(when_used="json")
        return core_schema.no_info_before_validator_function(
            _fraction, handler(source), serialization=as_text
        )


def _fraction(value: object) -> object:
    if not isinstance(value, (str, Fraction)):
        raise ValueError(f"must be a fraction as text, got {short_repr(value)}")  # noqa: TRY004 - pydantic collects these
    return value


JsonFraction = Annotated[Fraction, _FractionAsText()]
"""A fraction that is text in JSON, such as ``"1/3"``."""


class _InfinityAsText:
    """Writes infinity as text because JSON has no number for it; pydantic reads the text back as a number."""

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        from pydantic_core import core_schema

        written = core_schema.plain_serializer_function_ser_schema(_finite_or_text)
        return cast("CoreSchema", {**handler(source), "serialization": written})


def _finite_or_text(value: float) -> float | str:
    return "Infinity" if value == math.inf else value


JsonFloat = Annotated[float, _InfinityAsText()]
"""A float; infinity is ``"Infinity"`` in JSON."""

_ADAPTERS: dict[type, TypeAdapter[Any]] = {}


def _adapter(kind: type) -> TypeAdapter[Any]:
    """The pydantic adapter of a class, built once."""
    from pydantic import TypeAdapter

    return _ADAPTERS.setdefault(kind, _ADAPTERS.get(kind) or TypeAdapter(kind))
