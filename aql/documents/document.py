"""Documents as frozen values: read from TOML, JSON or a dict, with every error at once, and written back.

Knows no particular document; the contract and the header of an inspection are built from it.
"""

from __future__ import annotations

import difflib
import hashlib
import json
import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Self, TypeVar, Union, get_args, get_origin

import tomli_w
from pydantic import (
    BaseModel,
    ConfigDict,
    ValidationError,
)

from aql.errors import AqlError, DocumentError, DomainError, Problem

__all__ = [
    "Document",
    "load_document",
    "read_source",
]

_WANTED = {
    "int_type": "a whole number is needed",
    "too_short": "a list with something in it is needed",
    "tuple_type": "a list is needed",
    "model_type": "a table of keys is needed",
    "string_pattern_mismatch": "three capital letters such as USD are needed",
}
_Model = TypeVar("_Model", bound="Document")


class Document(BaseModel):
    """A part of a document: frozen, and strict about its keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, regex_engine="python-re")

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], *, source: str = "the document") -> Self:
        """Build from a mapping of plain values; see `load_document` for the errors."""
        return load_document(cls, data, source=source)

    @classmethod
    def from_toml(cls, text: str, *, source: str = "the document") -> Self:
        """Build from TOML text."""
        return load_document(cls, _parse(text, ".toml", source), source=source)

    @classmethod
    def from_json(cls, text: str, *, source: str = "the document") -> Self:
        """Build from JSON text."""
        return load_document(cls, _parse(text, ".json", source), source=source)

    def to_dict(self) -> dict[str, Any]:
        """Return what was set, as plain values that JSON can carry."""
        return self.model_dump(mode="json", by_alias=True, exclude_unset=True, exclude_none=True)

    def to_toml(self) -> str:
        """Return the document as TOML; reading it again gives an equal value."""
        data = self.model_dump(mode="python", by_alias=True, exclude_unset=True, exclude_none=True)
        return tomli_w.dumps(data)

    def to_json(self) -> str:
        """Return the document as JSON; reading it again gives an equal value."""
        return json.dumps(self.to_dict(), indent=2, ensure_ascii=False)

    @property
    def checksum(self) -> str:
        """SHA-256 of the document's content: its JSON with sorted keys, defaults written out and numbers shortened.

        Equal documents have equal checksums, however their numbers are written.
        """
        data = self.model_dump(mode="json", by_alias=True, exclude_none=True, context={"canonical": True})
        text = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


def read_source(source: str | Path | Mapping[str, Any]) -> tuple[dict[str, Any], str, Path | None]:
    """Read a document's plain values from a file or a mapping.

    Parameters
    ----------
    source : str, Path or mapping
        A file that ends in ``.toml`` or ``.json``, or the values themselves.

    Returns
    -------
    dict, str, Path or None
        The values, the name to use in errors, and the folder the document stands in.

    Raises
    ------
    AqlError
        If the file is missing, of another kind, not UTF-8, or no valid TOML or JSON.
    DomainError
        If the source is neither a file's name nor a mapping.
    """
    if isinstance(source, Mapping):
        return dict(source), "the document", None
    if not isinstance(source, (str, os.PathLike)):
        raise DomainError(
            f"{_short(source)} is no document",
            "a document is a file that ends in .toml or .json, or a dict",
            "Give one of these",
            value=source,
        )
    path = Path(source)
    if path.is_dir():
        raise AqlError(
            f"{str(path)!r} is a folder",
            "a document is a file that ends in .toml or .json",
            "Name the file in it",
            value=str(source),
        )
    if path.suffix.lower() not in {".toml", ".json"}:
        raise AqlError(
            f"{path.name!r} is no document that can be read",
            "a document is a file that ends in .toml or .json",
            "Name the file, or give a dict; text is read by from_toml and from_json",
            value=str(source),
        )
    try:
        text = path.read_text("utf-8-sig")
    except FileNotFoundError:
        raise AqlError(
            f"{str(path)!r} does not exist", "", "Check the name and the folder", value=str(path)
        ) from None
    except (UnicodeDecodeError, OSError) as error:
        raise AqlError(
            f"{str(path)!r} cannot be read: {error}", "a document is a text file in UTF-8", "Save it as UTF-8"
        ) from None
    return _parse(text, path.suffix.lower(), path.name), path.name, path.parent


def _parse(text: str, kind: str, source: str) -> dict[str, Any]:
    try:
        if kind == ".toml":
            return tomllib.loads(text)
        data = json.loads(text, object_pairs_hook=_once_only)
    except (tomllib.TOMLDecodeError, ValueError) as error:
        problem = f"it is no valid {kind[1:].upper()}: {error}"
        hint = _toml_hint(text, str(error)) if kind == ".toml" else ""
        raise DocumentError(source, [Problem("", f"{problem}. {hint}" if hint else problem)]) from None
    if not isinstance(data, dict):
        raise DocumentError(
            source, [Problem("", f"it holds a {type(data).__name__}; a document is an object")]
        )
    return data


def _toml_hint(text: str, error: str) -> str:
    """What to write, where the line that the parser stopped at shows it; else nothing."""
    lines = text.splitlines()
    place = re.search(r"at line (\d+)", error)
    filled = [line for line in lines if line.strip()]
    line = lines[int(place[1]) - 1] if place and int(place[1]) <= len(lines) else (filled or [""])[-1]
    comma = re.search(r"=\s*([+-]?\d+),(\d+)\b", re.sub(r'"[^"]*"', '""', line))
    bare = re.fullmatch(r"\s*[\w.-]+\s*=\s*([A-Za-z][^\"'#]*?)\s*", line)
    table = re.match(r"\s*\[+\s*([\w.-]+)\s*\]", line)
    if comma:
        whole = f"{comma[1]}{comma[2]} without the comma, or " if len(comma[2]) == 3 else ""
        return f"Write {whole}{comma[1]}.{comma[2]} with a decimal point"
    if error.startswith(("Unterminated string", "Illegal character '\\n'")) and line.count('"') % 2:
        return f"A quotation mark is missing in {line.strip()}"
    if error.startswith("Invalid value") and bare and bare[1].lower() not in {"true", "false"}:
        return f'Text stands in quotation marks: "{bare[1]}"'
    if table and error.startswith("Cannot "):
        return f"Keep one [{table[1]}], or write [[{table[1]}]] over each where it is a list"
    return ""


def _once_only(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    keys = [key for key, _ in pairs]
    twice = next((key for key in keys if keys.count(key) > 1), None)
    if twice is not None:
        raise ValueError(f"key {twice!r} stands twice in one object")
    return dict(pairs)


def load_document(model: type[_Model], data: Mapping[str, Any], *, source: str) -> _Model:
    """Validate plain values as a document.

    Parameters
    ----------
    model : type
        The document's model.
    data : mapping
        Its plain values.
    source : str
        Name for the errors.

    Returns
    -------
    The frozen document.

    Raises
    ------
    DocumentError
        With every problem at once, each with its path; an unknown key comes with the nearest known one.
    """
    field = model.model_fields.get("schema_")
    said = data.get("schema")
    kind = str(said).partition("/")[0]
    if field is not None and said is not None and kind != str(field.default).partition("/")[0]:
        problem = f"{said!r} is another document; {field.default!r} is wanted here. Are two files swapped?"
        raise DocumentError(source, [Problem("schema", problem)])
    try:
        return model.model_validate(dict(data))
    except ValidationError as error:
        raise DocumentError(source, [_problem(model, dict(found)) for found in error.errors()]) from None


def _problem(model: type[BaseModel], error: dict[str, Any]) -> Problem:
    path, parent = _path(model, error["loc"])
    kind, message = error["type"], error["msg"]
    if kind == "extra_forbidden":
        known = sorted(_keys(parent)) if parent is not None else []
        close = difflib.get_close_matches(str(error["loc"][-1]), known, n=1)
        todo = f"Did you mean {close[0]!r}?" if close else "Leave it out, or use one of them"
        message = f"this key is not known; known are {', '.join(known)}. {todo}"
    elif kind == "missing":
        message = "this key is missing; it is required. Add it"
    elif kind == "literal_error":
        allowed = error["ctx"]["expected"]
        words = [word.strip("'") for word in allowed.replace(" or ", ", ").split(", ")]
        close = difflib.get_close_matches(str(error["input"]), words, n=1)
        only = len(words) == 1
        todo = (
            f"Did you mean {close[0]!r}?" if close and not only else "Write it" if only else "Use one of them"
        )
        message = f"{error['input']!r} is not known; allowed {'is' if only else 'are'} {allowed}. {todo}"
    elif kind == "value_error":
        message = str(error["ctx"]["error"])
    else:
        came = error.get("input")
        wanted = _WANTED.get(kind, message)
        if kind == "greater_than_equal":
            wanted = f"{error['ctx']['ge']} or more is allowed"
        todo = "Correct it"
        if kind == "int_type" and isinstance(came, str) and came.isascii() and came.isdigit():
            todo = f"Write it without quotation marks, {int(came)}"
        holds = _keys(parent).get(str(error["loc"][-1])) if parent is not None else None
        if kind == "tuple_type" and isinstance(came, dict) and any(_models([holds])):
            todo = f"Write [[{path}]] in TOML, or a list in JSON"
        message = f"{_short(came)} is not possible; {wanted}. {todo}"
    return Problem(path, message)


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


def _path(model: type[BaseModel], loc: tuple[Any, ...]) -> tuple[str, type[BaseModel] | None]:
    """Return the path of an error without the tags of unions, and the model that holds its last key."""
    text = ""
    here: list[Any] = [model]
    parent: type[BaseModel] | None = model
    for place, key in enumerate(loc):
        models = list(_models(here))
        parent = next((one for one in models if isinstance(key, str) and key in _keys(one)), None)
        if isinstance(key, int):
            text += f"[{key}]"
        elif key.startswith("<"):
            continue
        elif parent is not None or place == len(loc) - 1:
            text += f".{key}" if text else key
            parent = parent or (models[0] if models else None)
            here = [_keys(parent)[key]] if parent is not None and key in _keys(parent) else []
        else:
            tagged = [one for one in models if getattr(one, "TAG", None) == key]
            here = list(tagged) or here
    return text, parent


def _keys(model: type[BaseModel]) -> dict[str, Any]:
    return {field.alias or name: field.annotation for name, field in model.model_fields.items()}


def _models(annotations: list[Any]) -> Iterator[type[BaseModel]]:
    for annotation in annotations:
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            yield annotation
        elif get_origin(annotation) in {tuple, list, Union, UnionType, Annotated}:
            yield from _models([part for part in get_args(annotation) if part is not Ellipsis])
