"""Converts the errors of a pydantic validation to problems, each with a path and a clear sentence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from aql.checks import largest_in_words, nearest
from aql.codes import ErrorCode
from aql.errors import AqlError, DocumentError, Problem
from aql.words import either, listed, short_repr

__all__ = ["document_error", "named_path", "read_or_say", "table_of_keys", "validation_problems"]

_ALLOWED = {
    "int_type": "must be a whole number",
    "model_type": "must be a table of keys",
    "string_pattern_mismatch": "must be three capital letters such as USD",
    "too_short": "must have at least one value",
    "tuple_type": "must be a list",
}
"""What is valid, by the pydantic name of the error."""

_MOST_WORDS = 10
"""Allowed words that are listed although one of them is suggested."""

_MOST_PROBLEMS = 1000
"""Problems of a document that are described; those beyond it are counted."""

_TAG = re.compile(r"<.*|constrained-\w+|\w+\[.*\]")  # pydantic names for the members of a union


def read_or_say(model: type, data: object, read: Callable[[Any], Any], *, source: str) -> Any:
    """Return what pydantic's `read` makes of a document; its problems become a `DocumentError`.

    A class whose validator is this has our messages wherever pydantic reads it, as in the body of a request.
    """
    try:
        return read(data)
    except ValidationError as error:
        raise document_error(model, data, error, source=source) from None


def table_of_keys(data: object, *, source: str) -> dict[str, Any]:
    """Return the values of a document; raise the problem that they are not a table of keys."""
    if isinstance(data, Mapping):
        return dict(data)
    problem = Problem("", f"must be a table of keys, got {short_repr(data)}", "bad-value")
    raise DocumentError(source, [problem])


def document_error(model: type, data: object, error: ValidationError, *, source: str) -> DocumentError:
    """Return the error of a document that pydantic could not read, with every problem and its place.

    Parameters
    ----------
    model : type
        The pydantic model or dataclass that was validated.
    data : object
        What it was to be made of.
    error : ValidationError
        The error that pydantic raised.
    source : str
        Name of the document in the message.
    """
    data = table_of_keys(data, source=source)
    other = _other_document(model, data)
    problems = [other] if other is not None else validation_problems(model, error)
    named = [
        replace(one, where=named_path(one.where, data)) if one.where == one.path else one for one in problems
    ]
    return DocumentError(source, named)


def _other_document(model: type, data: Mapping[str, object]) -> Problem | None:
    """The problem of a document whose schema is that of another kind of document, or of another version of it."""
    parts = getattr(model, "model_fields", None) or getattr(model, "__dataclass_fields__", {})
    field, said = parts.get("schema_"), data.get("schema")
    if field is None or not isinstance(said, str) or said == field.default:
        return None
    allowed = f'must be "{field.default}", got {short_repr(said)}'
    kind, _, version = said.partition("/")
    if kind != str(field.default).partition("/")[0]:
        return Problem("schema", f"{allowed}. Are two files swapped?", "other-document", path="schema")
    if not version.isdecimal():
        return None
    todo = "Load it with the version of aql that wrote it"
    return Problem("schema", f"{allowed}. {todo}", "other-version", path="schema")


def validation_problems(model: type, error: ValidationError) -> list[Problem]:
    """Return every problem of a validation, in the order of the document.

    Parameters
    ----------
    model : type
        The pydantic model or dataclass that was validated.
    error : ValidationError
        The error that pydantic raised.
    """
    errors = error.errors(include_url=False)
    found = [
        (problem, dict(one)) for one in errors[:_MOST_PROBLEMS] for problem in _problems(model, dict(one))
    ]
    paths = Counter(problem.path or "" for problem, _ in found)
    lists = {path[: place.start()] for path in paths for place in re.finditer(r"\[", path)}
    kept = [problem for problem, one in found if not _of_another_form(problem, one, paths, lists)]
    more = len(errors) - _MOST_PROBLEMS
    if more > 0:
        kept.append(Problem("", f"{more} more value{'s are' if more > 1 else ' is'} invalid", "bad-value"))
    return kept


def named_path(path: str, document: Mapping[str, object]) -> str:
    """Return a path, followed by the id or name of the entry of a list that it leads to.

    Examples
    --------
    >>> named_path("terms[0].measure.min", {"terms": [{"id": "width"}]})
    'terms[0].measure.min (width)'
    """
    place = re.match(r"(\w+)\[(\d+)\]", path)
    entries = document.get(place[1]) if place else None
    if place is None or not isinstance(entries, (list, tuple)) or int(place[2]) >= len(entries):
        return path
    entry = entries[int(place[2])]
    name = (entry.get("id") or entry.get("name")) if isinstance(entry, Mapping) else None
    return f"{path} ({short_repr(name)[1:-1]})" if isinstance(name, str) else path


def _of_another_form(
    problem: Problem, error: dict[str, Any], paths: Counter[str], lists: AbstractSet[str]
) -> bool:
    """Whether a problem of a value that can be a number or a list is about the other form, and thus redundant.

    `paths` counts the problems by path; `lists` has the paths of the lists with a problem in an entry.
    """
    if error["type"] == "tuple_type":
        return paths[problem.path or ""] > 1
    return isinstance(error.get("input"), (list, tuple)) and problem.path in lists


def _problems(model: type, error: dict[str, Any]) -> tuple[Problem, ...]:
    """The problem of an error of pydantic, or those that `read_or_say` found."""
    own = error.get("ctx", {}).get("error")
    return own.problems if isinstance(own, DocumentError) else (_problem(model, error),)


def _problem(model: type, error: dict[str, Any]) -> Problem:
    path, parent = _path(model, error["loc"])
    kind, last = error["type"], str(error["loc"][-1]) if error["loc"] else ""
    came = error.get("input")
    code: ErrorCode = "bad-value"
    close: str | None = None
    hint = ""
    if kind in {"extra_forbidden", "unexpected_keyword_argument"}:
        known = sorted(
            _keys(parent) if parent is not None else _fields(model) if len(error["loc"]) == 1 else ()
        )
        hint = getattr(parent, "HINTS", {}).get(last, "")
        close = None if hint else nearest(last, known)
        code, sentence = "unknown-key", "unknown key"
        if close is None and not hint:
            sentence += f"; the known keys are {listed(known)}" if known else ""
    elif kind in {"missing", "missing_argument"}:
        code, sentence = "missing-key", "required key is missing"
    elif kind == "literal_error":
        words = [word.strip("'") for word in error["ctx"]["expected"].replace(" or ", ", ").split(", ")]
        close = nearest(came, words)
        long = close is not None and len(words) > _MOST_WORDS
        allowed = f"unknown word {came!r}" if long else f"must be {either(words)}, got {short_repr(came)}"
        code, sentence = "unknown-word", allowed
    elif kind == "value_error":
        return _raised(path, error["ctx"]["error"])
    else:
        allowed = _ALLOWED.get(kind, error["msg"])
        if kind == "greater_than_equal":
            allowed = f"must be {error['ctx']['ge']} or more"
        if kind == "less_than_equal":
            allowed = f"must be at most {largest_in_words(error['ctx']['le'])}"
        sentence = f"{allowed}, got {short_repr(came)}"
        hint = _hint(kind, came, path, _keys(parent).get(last) if parent is not None else None)
    if close is not None:
        hint = f'Did you mean "{close}"?'
    message = f"{sentence}. {hint}" if hint else sentence
    return Problem(path, message, code=code, path=path, nearest=close, suggestion=close)


def _raised(path: str, error: Exception) -> Problem:
    """The problem of a value whose own check raised an error."""
    message = str(error).removesuffix(".")
    if not isinstance(error, AqlError):
        return Problem(path, message, code="bad-value", path=path)
    close = error.nearest if isinstance(error.nearest, str) else None
    return Problem(path, message, code=error.code, path=path, nearest=close, suggestion=error.suggestion)


def _hint(kind: str, came: object, path: str, holds: object) -> str:
    """What to write instead of a value of the wrong kind, if that is clear."""
    if kind == "int_type" and isinstance(came, str) and came.isascii() and came.isdigit():
        return f"Write {int(came)} without quotation marks"
    if kind == "tuple_type" and isinstance(came, dict) and any(_models([holds])):
        return f"Write [[{path}]] in TOML, or a list in JSON"
    return ""


def _path(model: type, loc: tuple[Any, ...]) -> tuple[str, type[BaseModel] | None]:
    """Return the path of an error without the tags of unions, and the model that contains its last key."""
    documents = issubclass(model, BaseModel)
    text = ""
    here: list[Any] = [model]
    parent: type[BaseModel] | None = None
    for place, key in enumerate(loc):
        models = list(_models(here))
        parent = next((one for one in models if isinstance(key, str) and key in _keys(one)), None)
        if isinstance(key, int):
            text += f"[{key}]"
        elif _TAG.fullmatch(key):
            continue
        elif parent is not None or not documents or place == len(loc) - 1:
            text += f".{key}" if text else key
            parent = parent or (models[0] if models else None)
            here = [_keys(parent)[key]] if parent is not None and key in _keys(parent) else []
        else:
            tagged = [one for one in models if getattr(one, "TAG", None) == key]
            here = list(tagged) or here
    return text, parent


def _keys(model: type[BaseModel]) -> dict[str, Any]:
    return {field.alias or name: field.annotation for name, field in model.model_fields.items()}


def _fields(model: type) -> list[str]:
    """The keys of a dataclass; `schema_` is written as "schema"."""
    return [name.rstrip("_") for name in getattr(model, "__dataclass_fields__", ())]


def _models(annotations: list[Any]) -> Iterator[type[BaseModel]]:
    for annotation in annotations:
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            yield annotation
        elif get_origin(annotation) in {tuple, list, Union, UnionType, Annotated}:
            yield from _models([part for part in get_args(annotation) if part is not Ellipsis])
