"""A verdict as plain values and as JSON, and back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TypeVar, cast

from pydantic import TypeAdapter, ValidationError

from aql.errors import AqlError, DocumentError, DomainError, Problem

__all__ = ["SCHEMA", "from_dict", "from_json", "to_dict", "to_json"]

SCHEMA = "aql.verdict/2"
"""Name of the form in which a verdict is stored; it changes with the form."""

_Verdict = TypeVar("_Verdict")


def to_dict(adapter: TypeAdapter[_Verdict], verdict: _Verdict) -> dict[str, object]:
    """Return a verdict as plain values that JSON can carry."""
    data = cast("dict[str, object]", adapter.dump_python(verdict, mode="json"))
    return {"schema": SCHEMA} | data


def to_json(adapter: TypeAdapter[_Verdict], verdict: _Verdict) -> str:
    """Return a verdict as JSON."""
    return json.dumps(to_dict(adapter, verdict), indent=2, ensure_ascii=False)


def from_dict(adapter: TypeAdapter[_Verdict], data: Mapping[str, object]) -> _Verdict:
    """Build a verdict from what `to_dict` returned.

    Parameters
    ----------
    adapter : TypeAdapter
        Reads and writes verdicts.
    data : mapping
        The plain values.

    Raises
    ------
    AqlError
        If the verdict is stored in another form; the message says which version of the library stored it.
    DocumentError
        If the values are not those of a verdict, with every problem at once.
    """
    values = dict(data)
    schema = values.pop("schema", None)
    if schema != SCHEMA:
        raise _other_form(schema, values.get("evidence"))
    try:
        return adapter.validate_python(values)
    except ValidationError as error:
        problems = [
            Problem(_path(one["loc"]), f"{one['msg']}, got {_short(one['input'])}") for one in error.errors()
        ]
        raise DocumentError("the verdict", problems) from None


def from_json(adapter: TypeAdapter[_Verdict], text: str) -> _Verdict:
    """Build a verdict from what `to_json` returned."""
    try:
        data = json.loads(text)
    except ValueError as error:
        raise DocumentError("the verdict", [Problem("", f"it is not valid JSON: {error}")]) from None
    if not isinstance(data, dict):
        raise DocumentError("the verdict", [Problem("", f"must be an object, got {_short(data)}")])
    return from_dict(adapter, data)


def _other_form(schema: object, evidence: object) -> AqlError:
    """Say which version of the library stored a verdict in another form."""
    if not isinstance(schema, str) or not schema.startswith("aql.verdict/"):
        return DomainError(f'schema must be "{SCHEMA}", got {schema!r}', value=schema)
    version = evidence.get("library_version", "unknown") if isinstance(evidence, Mapping) else "unknown"
    return AqlError(
        f"the verdict was stored by aql-sampling {version} as {schema}, and this version reads {SCHEMA}",
        todo="Score the contract and the inspection again, or load the verdict with that version",
        schema=schema,
        version=version,
    )


def _path(loc: tuple[int | str, ...]) -> str:
    """The place of a value, as in ``classes[0].plan``."""
    return "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in loc).removeprefix(".")


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."
