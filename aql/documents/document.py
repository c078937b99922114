"""The base class of documents: immutable values with a fixed set of keys, to and from dicts, TOML and JSON.

The contract and the header of an inspection are built from it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Self

import tomli_w
from pydantic import BaseModel, ConfigDict

from aql.documents.input_limits import DEFAULT_LIMITS, InputLimits
from aql.documents.loading import load_document, parse_text
from aql.words import in_brief

__all__ = ["Document"]


class Document(BaseModel):
    """A document or a part of one: immutable, with a fixed set of keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, regex_engine="python-re")

    @classmethod
    def from_dict(
        cls,
        data: Mapping[str, object],
        *,
        source: str = "the document",
        limits: InputLimits = DEFAULT_LIMITS,
    ) -> Self:
        """Build from a mapping of plain values; see `load_document` for the errors."""
        return load_document(cls, data, source=source, limits=limits)

    @classmethod
    def from_toml(
        cls, text: str, *, source: str = "the document", limits: InputLimits = DEFAULT_LIMITS
    ) -> Self:
        """Build from TOML text."""
        data = parse_text(text, ".toml", source, limits=limits)
        return load_document(cls, data, source=source, limits=limits)

    @classmethod
    def from_json(
        cls, text: str, *, source: str = "the document", limits: InputLimits = DEFAULT_LIMITS
    ) -> Self:
        """Build from JSON text."""
        data = parse_text(text, ".json", source, limits=limits)
        return load_document(cls, data, source=source, limits=limits)

    def to_dict(self) -> dict[str, object]:
        """Return the values that were set, as plain values that JSON can represent."""
        return self.model_dump(mode="json", by_alias=True, exclude_unset=True, exclude_none=True)

    def to_toml(self) -> str:
        """Return the document as TOML; `from_toml` restores an equal value."""
        data = self.model_dump(mode="python", by_alias=True, exclude_unset=True, exclude_none=True)
        return tomli_w.dumps(data)

    def to_json(self) -> str:
        """Return the document as JSON; `from_json` restores an equal value."""
        return json.dumps(self.to_dict(), indent=2, ensure_ascii=False)

    def __repr__(self) -> str:
        fields = ", ".join(
            f"{name}={getattr(self, name)!r}"
            for name in type(self).model_fields
            if name in self.model_fields_set
        )
        return in_brief(type(self).__name__, fields)

    @property
    def checksum(self) -> str:
        """SHA-256 of the content: its JSON with sorted keys, explicit defaults and numbers in shortest form.

        Equal documents have equal checksums, however their numbers are written.
        """
        data = self.model_dump(mode="json", by_alias=True, exclude_none=True, context="canonical")
        text = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()
