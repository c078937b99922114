"""Checks of arguments, one function per kind; each returns the checked value or raises an error."""

from __future__ import annotations

import difflib
import math
from collections.abc import Iterable, Sequence
from numbers import Real
from operator import index
from typing import TypeVar

from aql.errors import DomainError
from aql.words import either

__all__ = ["choice", "is_bool", "lot_size", "nearest", "share", "whole_number"]

Word = TypeVar("Word", bound=str)

# A very short text, or one with many differences, could mean anything: "normal" is not "binomial".
_SHORTEST_TYPO = 3
_CLOSE = 0.75


def nearest(text: object, words: Iterable[Word]) -> Word | None:
    """Return the word that `text` probably means, or None.

    Examples
    --------
    >>> (
    ...     nearest("tigthened", ("normal", "tightened")),
    ...     nearest("s1", ("S-1", "S-2")),
    ...     nearest("IV", ("I", "II")),
    ...     nearest("normal", ("binomial", "poisson")),
    ... )
    ('tightened', 'S-1', None, None)
    """
    choices = tuple(words)
    same = {_bare(word): word for word in reversed(choices)}
    bare = _bare(text)
    if bare and bare in same:
        return same[bare]
    if len(bare) < _SHORTEST_TYPO:
        return None
    begun = [word for word in choices if _bare(word).startswith(bare)]
    found = begun if len(begun) == 1 else difflib.get_close_matches(str(text), choices, n=1, cutoff=_CLOSE)
    return next((word for word in choices if found and word == found[0]), None)


def _bare(text: object) -> str:
    """The letters and digits of a text in lower case, so that spacing, case and dashes do not matter."""
    return "".join(sign for sign in str(text).casefold() if sign.isalnum())


def choice(value: object, name: str, choices: Sequence[Word]) -> Word:
    """Return `value` if it is one of `choices`; otherwise raise an error that suggests the nearest one.

    Examples
    --------
    >>> choice("tightened", "severity", ("normal", "tightened", "reduced"))
    'tightened'
    >>> choice("tigthened", "severity", ("normal", "tightened", "reduced"))
    Traceback (most recent call last):
    ...
    aql.errors.DomainError: severity must be "normal", "tightened" or "reduced", got 'tigthened'. Did you mean "tightened"?
    """
    if isinstance(value, str):
        for word in choices:
            if word == value:
                return word
    close = nearest(value, choices)
    raise DomainError(
        f"{name} must be {either(choices)}, got {value!r}",
        todo="" if close is None else f'Did you mean "{close}"?',
        code="unknown-word",
        value=value,
        nearest=close,
        suggestion=close,
    )


def whole_number(value: object, name: str, *, least: int = 0, most: float = math.inf) -> int:
    """Return a whole number from `least` to `most` as an int; True and False are not accepted.

    Examples
    --------
    >>> whole_number(80, "n", least=1)
    80
    >>> whole_number(0, "n", least=1)
    Traceback (most recent call last):
    ...
    aql.errors.DomainError: n must be a whole number, 1 or more, got 0.
    """
    try:
        number = None if is_bool(value) else index(value)  # type: ignore[arg-type]
    except TypeError:
        number = None
    if number is None or not least <= number <= most:
        size = f"{least} or more" if most == math.inf else f"{least} to {most}"
        raise DomainError(f"{name} must be a whole number, {size}, got {value!r}", value=value)
    return number


def share(value: object, name: str, *, ends: bool = True) -> float:
    """Return a number from 0 to 1 as a float; without `ends`, 0 and 1 themselves are not accepted.

    Examples
    --------
    >>> share(0.05, "beta", ends=False)
    0.05
    >>> share(5, "beta", ends=False)
    Traceback (most recent call last):
    ...
    aql.errors.DomainError: beta must be above 0 and below 1, got 5. Write 0.05 for 5 %.
    """
    number = math.nan if is_bool(value) or not isinstance(value, Real) else float(value)
    if not (0 <= number <= 1 if ends else 0 < number < 1):
        allowed = "from 0 to 1" if ends else "above 0 and below 1"
        hint = f"Write {number / 100:.6g} for {number:.6g} %" if 1 < number <= 100 else ""
        raise DomainError(f"{name} must be {allowed}, got {value!r}", todo=hint, value=value)
    return number


def lot_size(value: object, name: str = "lot_size") -> int:
    """Return a lot size as an int.

    Examples
    --------
    >>> lot_size(1200)
    1200
    """
    return whole_number(value, name, least=1, most=2**53)


def is_bool(value: object) -> bool:
    """Whether a value is True or False, of Python or of NumPy."""
    return type(value).__name__ in {"bool", "bool_"}
