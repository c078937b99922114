"""Values that go to JSON and back: every dataclass of the library that is worth keeping."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Self, cast

from aql.errors import DocumentError, Problem

if TYPE_CHECKING:
    from pydantic import ConfigDict, GetCoreSchemaHandler, TypeAdapter
    from pydantic_core import CoreSchema

__all__ = ["JsonFloat", "JsonFraction", "JsonValue"]


class JsonValue:
    """A frozen dataclass with `to_dict` and `to_json`, and `from_dict` and `from_json` that read them back.

    What is read back is checked against the types of the fields, and is equal to what was written.
    """

    __slots__ = ()
    __pydantic_config__: ClassVar[ConfigDict] = {"extra": "forbid"}

    def to_dict(self) -> dict[str, object]:
        """Return the fields as plain values that JSON can carry."""
        return cast("dict[str, object]", _adapter(type(self)).dump_python(self, mode="json"))

    def to_json(self) -> str:
        """Return the value as JSON."""
        return json.dumps(self.to_dict(), indent=2, ensure_ascii=False)

    @classmethod
    def from_dict(cls, data: Mapping[str, object]) -> Self:
        """Build the value from what `to_dict` returned.

        Raises
        ------
        DocumentError
            If the values are not those of this class, with every problem and its path.
        """
        from pydantic import ValidationError

        from aql.documents.problems import validation_problems

        try:
            return cast("Self", _adapter(cls).validate_python(dict(data)))
        except ValidationError as error:
            raise DocumentError(f"the {cls.__name__}", validation_problems(cls, error)) from None

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Build the value from what `to_json` returned; see `from_dict` for the errors."""
        try:
            data = json.loads(text)
        except ValueError as error:
            raise DocumentError(f"the {cls.__name__}", [Problem("", f"not valid JSON: {error}")]) from None
        if not isinstance(data, dict):
            found = f"must be a JSON object, got {type(data).__name__}"
            raise DocumentError(f"the {cls.__name__}", [Problem("", found)])
        return cls.from_dict(data)


class _FractionAsText:
    """A fraction as text, in every release of pydantic: before 2.14 it cannot write one, and fails on a list."""

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        from pydantic_core import core_schema

        as_text = core_schema.to_string_ser_schema(when_used="json")
        return core_schema.no_info_before_validator_function(
            _fraction, handler(source), serialization=as_text
        )


def _fraction(value: object) -> object:
    if not isinstance(value, (str, Fraction)):
        raise ValueError(f"must be a fraction as text, got {value!r}")  # noqa: TRY004 - pydantic collects these
    return value


JsonFraction = Annotated[Fraction, _FractionAsText()]
"""A fraction that JSON carries as text, such as ``"1/3"``."""


class _InfinityAsText:
    """Writes infinity as text, since JSON has no number for it; pydantic reads the text as a number again."""

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        from pydantic_core import core_schema

        written = core_schema.plain_serializer_function_ser_schema(_finite_or_text)
        return cast("CoreSchema", {**handler(source), "serialization": written})


def _finite_or_text(value: float) -> float | str:
    return "Infinity" if value == math.inf else value


JsonFloat = Annotated[float, _InfinityAsText()]
"""A float that may be infinite, which JSON carries as ``"Infinity"``."""

_ADAPTERS: dict[type, TypeAdapter[Any]] = {}


def _adapter(kind: type) -> TypeAdapter[Any]:
    """What pydantic makes of a class, made once."""
    from pydantic import TypeAdapter

    return _ADAPTERS.setdefault(kind, _ADAPTERS.get(kind) or TypeAdapter(kind))
