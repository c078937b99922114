"""Reads documents from TOML or JSON files, from text, or from plain values."""

from __future__ import annotations

import json
import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

from pydantic import BaseModel, ValidationError

from aql.documents.files import checked_path, in_quotes, read_bytes, utf8_text
from aql.documents.input_limits import DEFAULT_LIMITS, InputLimits, over_limit
from aql.documents.problems import document_error, table_of_keys
from aql.documents.text_size import check_text, check_values
from aql.errors import AqlError, DocumentError, DomainError, Problem
from aql.words import short_repr

__all__ = ["ENDINGS", "Source", "load_document", "parse_text", "read_source"]

Source: TypeAlias = str | os.PathLike[str] | Mapping[str, object]
"""A ``.toml`` or ``.json`` file, or the plain values of a document."""

ENDINGS = (".toml", ".json")
"""Extensions of the files of documents."""

_Model = TypeVar("_Model", bound=BaseModel)


def load_document(
    model: type[_Model], data: Mapping[str, object], *, source: str, limits: InputLimits = DEFAULT_LIMITS
) -> _Model:
    """Load a document: validate its plain values.

    Parameters
    ----------
    model : type
        Class of the document.
    data : mapping
        Its plain values.
    source : str
        Name of the document in error messages.
    limits : InputLimits
        How large it may be.

    Returns
    -------
    The document.

    Raises
    ------
    AqlError
        If the document is beyond a limit.
    DocumentError
        If the values are invalid; it lists every problem with its path, and the nearest known key for an unknown one.
    """
    values = table_of_keys(data, source=source)
    check_values(values, source, limits)
    try:
        document = model.model_validate(values)
    except ValidationError as error:
        raise document_error(model, data, error, source=source) from None
    for limit, number in getattr(document, "sizes", dict)().items():
        if number > getattr(limits, limit):
            raise over_limit(source, limit, limits)
    return document


def read_source(
    source: Source, *, limits: InputLimits = DEFAULT_LIMITS
) -> tuple[dict[str, object], str, Path | None]:
    """Load the plain values of a document from a file or a mapping.

    Parameters
    ----------
    source : str, path or mapping
        A ``.toml`` or ``.json`` file, or the values themselves.
    limits : InputLimits
        How large it may be.

    Returns
    -------
    dict, str, Path or None
        The values, the name of the document in error messages, and the folder of the file.

    Raises
    ------
    AqlError
        If the file is missing, has another extension, is not UTF-8 or not valid TOML or JSON, or is beyond a limit.
    DomainError
        If `source` is neither a path nor a mapping.
    """
    if isinstance(source, Mapping):
        return dict(source), "the document", None
    if not isinstance(source, (str, os.PathLike)):
        raise DomainError(
            f"a document must be a .toml or .json file, or a dict, got {short_repr(source)}", value=source
        )
    path = checked_path(source, "a document")
    if os.path.isdir(path):  # noqa: PTH112 - false for impossible names, where Path raises
        raise AqlError(
            f"a document must be a .toml or .json file, got the folder {in_quotes(path)}",
            code="bad-file",
            file=str(path),
        )
    if path.suffix.lower() not in ENDINGS:
        raise AqlError(
            f"a document must be a .toml or .json file, or a dict, got {in_quotes(path.name)}",
            todo="To read text, use from_toml or from_json",
            code="bad-file",
            file=str(path),
        )
    text = utf8_text(read_bytes(path, limits=limits), path)
    if not text.strip():
        raise AqlError(f"{in_quotes(path)} is empty", code="bad-file", file=str(path))
    return parse_text(text, path.suffix.lower(), path.name, limits=limits), path.name, path.parent


def parse_text(
    text: str, ending: str, source: str, *, limits: InputLimits = DEFAULT_LIMITS
) -> dict[str, object]:
    """Load the plain values of a document from TOML or JSON text.

    Parameters
    ----------
    text : str
        The text.
    ending : str
        ``".toml"`` or ``".json"``.
    source : str
        Name of the document in error messages.
    limits : InputLimits
        How large it may be.

    Raises
    ------
    AqlError
        If the text is beyond a limit.
    DocumentError
        If the text is invalid.
    """
    if not isinstance(text, str):
        raise DomainError(f"{source} must be text, got {short_repr(text)}", value=text)
    check_text(text, ending, source, limits)
    try:
        data = tomllib.loads(text) if ending == ".toml" else json.loads(text, object_pairs_hook=_once_only)
    except (ValueError, RecursionError) as error:
        problem = f"not valid {ending[1:].upper()}: {error}"
        hint = _toml_hint(text, str(error)) if ending == ".toml" else ""
        message = f"{problem}. {hint}" if hint else problem
        raise DocumentError(source, [Problem("", message, code="bad-syntax")]) from error
    if not isinstance(data, dict):
        message = f"must be a JSON object, got {short_repr(data)}"
        raise DocumentError(source, [Problem("", message, code="bad-syntax")])
    return data


_LONGEST_LINE = 500


def _toml_hint(text: str, error: str) -> str:
    """How to fix the line at which the parser stopped, if that is clear; otherwise ""."""
    lines = text.split("\n")
    place = re.search(r"at line (\d+)", error)
    filled = [line for line in lines if line.strip()]
    line = lines[int(place[1]) - 1] if place and int(place[1]) <= len(lines) else (filled or [""])[-1]
    if len(line) > _LONGEST_LINE:
        return ""
    comma = re.search(r"=\s*([+-]?\d+),(\d+)\b", re.sub(r'"[^"]*"', '""', line))
    bare = re.fullmatch(r"[\w.-]+\s*=\s*([A-Za-z][^\"'#]*)", line.strip())
    table = re.match(r"\s*\[+\s*([\w.-]+)\s*\]", line)
    if comma:
        whole = f"{comma[1]}{comma[2]} without the comma, or " if len(comma[2]) == 3 else ""
        return f"Write {whole}{comma[1]}.{comma[2]} with a decimal point"
    if error.startswith(("Unterminated string", "Illegal character '\\n'")) and line.count('"') % 2:
        return f"A quotation mark is missing in {line.strip()}"
    if error.startswith("Invalid value") and bare and bare[1].lower() not in {"true", "false"}:
        return f'Put text in quotation marks: "{bare[1]}"'
    if table and error.startswith("Cannot "):
        return f"Keep one [{table[1]}], or write [[{table[1]}]] above each if it is a list"
    return ""


def _once_only(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table = dict(pairs)
    if len(table) < len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise ValueError(f"key {short_repr(twice)} appears twice in an object")
    return table
