"""Kinds of terms as people write them: a word that is not a kind leads to the form that does what it means."""

from __future__ import annotations

from collections.abc import Mapping

from aql.checks import nearest
from aql.errors import DomainError
from aql.types import TERM_KINDS
from aql.words import either

__all__ = ["checked_kind"]

_FORMS: Mapping[str, tuple[str, ...]] = {
    'measure = { answer = "yes" }, for a test that is passed or failed': (
        "test", "pass/fail", "functional", "function", "performance", "yes/no", "boolean", "attribute", "check",
    ),
    'measure = { unit = "...", min = "..." }': (
        "measurement", "measure", "dimension", "number", "numeric", "variable", "weight", "size", "limit",
    ),
    'measure = { equals = "..." }': ("barcode", "bar code", "code", "label", "string", "exact"),
    'measure = { allowed = ["...", "..."] }': ("choice", "list", "option", "enum"),
    'reference = { file = "...", sha256 = "..." } or { seal = "..." }': (
        "sample", "golden sample", "sealed sample", "photo", "picture", "image", "artwork", "drawing",
    ),
}  # fmt: skip
"""What to write instead of a kind, and the words that mean it."""

_OTHER_WORDS: Mapping[str, str] = {
    "defect": "visual",
    "appearance": "visual",
    "cosmetic": "visual",
    "color": "colour",
}


def checked_kind(value: object) -> object:
    """Return the kind of a term, or raise an error that says what to write.

    Examples
    --------
    >>> checked_kind("visual")
    'visual'
    >>> try:
    ...     checked_kind("test")
    ... except DomainError as error:
    ...     print(error.todo)
    Leave kind out, and write measure = { answer = "yes" }, for a test that is passed or failed
    """
    if value in TERM_KINDS:
        return value
    word = value.strip().casefold() if isinstance(value, str) else ""
    form = next((form for form, words in _FORMS.items() if word in words), None)
    close = _OTHER_WORDS.get(word) or (None if form else nearest(value, TERM_KINDS))
    todo = f"Leave kind out, and write {form}" if form else f'Did you mean "{close}"?' if close else ""
    raise DomainError(
        f"unknown kind {value!r}" if todo else f"must be {either(TERM_KINDS)}, got {value!r}",
        todo=todo,
        code="unknown-word",
        value=value,
        nearest=close,
        suggestion=close,
    )
