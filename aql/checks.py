"""Checks of arguments, one function per kind; each returns the checked value or raises an error."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import lru_cache
from numbers import Real
from operator import index
from typing import TypeVar

from aql.errors import DomainError
from aql.words import either, short_repr

__all__ = [
    "LARGEST_LOT",
    "LARGEST_SEED",
    "Suggestions",
    "choice",
    "day",
    "decimal_comma",
    "flag",
    "instance",
    "is_bool",
    "largest_in_words",
    "lot_size",
    "nearest",
    "share",
    "whole_number",
]

Word = TypeVar("Word", bound=str)

Kind = TypeVar("Kind")


LARGEST_LOT = 2**53
"""The largest number of items: beyond it, not every whole number is a float."""

LARGEST_SEED = 2**128 - 1
"""The largest seed of random numbers."""


def nearest(text: object, words: Iterable[Word]) -> Word | None:
    """Check a text against words: return the one that it must mean, or None; the rule behind every suggestion.

    A suggestion never means something else, so a text is near to a word only if it is the word with other signs and
    letter case (``s2`` for ``S-2``), another name for it (level ``G-2`` for ``II``), its beginning or another form of it
    (``tight`` or ``rejected``), or has a slip in one of its long parts (``tigthened``). Numbers, short parts and first
    letters must be the same, and no other word may be as near. Very long texts, and lists of very many words, are not
    searched.

    Examples
    --------
    >>> (
    ...     nearest("tigthened", ("normal", "tightened")),
    ...     nearest("G-2", ("S-2", "I", "II")),
    ...     nearest("IV", ("I", "II")),
    ...     nearest("test", ("text", "visual")),
    ... )
    ('tightened', 'II', None, None)
    """
    choices = words if isinstance(words, Collection) else tuple(words)
    if len(choices) > _MOST_WORDS or (isinstance(text, str) and len(text) > _LONGEST_TEXT):
        return None
    parts = _parts(text)
    key = _key(parts)
    by_key, by_initials = _indexed(tuple(dict.fromkeys(choices)))
    for found in (
        by_key.get(key, []),
        [word for word in choices if word == _LEVELS.get(key)],
        [word for word, its in by_initials.get(_initials(parts), []) if _is_near(parts, its)],
    ):
        closest = [word for word in found if _slips(key, _key(_parts(word))) == 1]
        if key and found:
            only = found if len(found) == 1 else closest
            return only[0] if len(only) == 1 else None
    return None


class Suggestions:
    """`nearest` for the rows of a log: each text is searched once, and only the first different ones are."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, int], str | None] = {}

    def nearest(self, text: str, words: Collection[str]) -> str | None:
        """Return the word that a text must mean, or None."""
        asked = (text, id(words))
        if asked not in self._found:
            self._found[asked] = nearest(text, words) if len(self._found) < _MOST_TEXTS else None
        return self._found[asked]


_MOST_TEXTS = 20
_MOST_WORDS = 1000
_LONGEST_TEXT = 100
_LONGEST_PART = 30


@lru_cache(maxsize=8)
def _indexed(
    words: tuple[Word, ...],
) -> tuple[dict[str, list[Word]], dict[tuple[str, ...], list[tuple[Word, list[str]]]]]:
    """Words by their key, and by the first letters of their parts."""
    by_key: dict[str, list[Word]] = {}
    by_initials: dict[tuple[str, ...], list[tuple[Word, list[str]]]] = {}
    for word in words:
        if len(word) <= _LONGEST_TEXT:
            parts = _parts(word)
            by_key.setdefault(_key(parts), []).append(word)
            by_initials.setdefault(_initials(parts), []).append((word, parts))
    return by_key, by_initials


def _initials(parts: Sequence[str]) -> tuple[str, ...]:
    return tuple(part[0] for part in parts)


def _parts(text: object) -> list[str]:
    """The numbers and the words in a text, in lower case."""
    return re.findall(
        r"\d+|[^\W\d_]+",
        unicodedata.normalize("NFC", text if isinstance(text, str) else short_repr(text)).casefold(),
    )


def _key(parts: Sequence[str]) -> str:
    """The same for texts that differ in signs alone; "2859-1" and "28591" remain two numbers."""
    return re.sub(r"(?<=\d) (?=\d)", "-", " ".join(parts)).replace(" ", "")


def _level_names() -> Iterator[tuple[str, str]]:
    """Other names of the inspection levels, and the level that each means."""
    for number, roman in enumerate(("I", "II", "III", "IV"), start=1):
        for form in (str(number), roman):
            for prefix in ("s", "special", "special level", "special inspection level"):
                yield f"{prefix} {form}", f"S-{number}"
            for prefix in ("", "g", "general", "level", "general level", "general inspection level"):
                if roman != "IV":
                    yield f"{prefix} {form}", roman


_LEVELS = {_key(_parts(name)): level for name, level in _level_names()}

_SHORTEST_BEGINNING = 3
_SHORTEST_WITH_SWAP = 4
_SHORTEST_WITH_SLIP = 5
_SHORTEST_WITH_TWO = 9
_ENDINGS = {"s", "es", "d", "ed", "ing"}


def _is_near(text: Sequence[str], word: Sequence[str]) -> bool:
    """Whether two texts have the same parts except for one, in which one is a slip of the other."""
    differ = [pair for pair in zip(text, word, strict=False) if pair[0] != pair[1]]
    return len(text) == len(word) and len(differ) == 1 and _is_slip(*differ[0])


def _is_slip(text: str, word: str) -> bool:
    """Whether a part is the beginning of a word, another form of it, or the word with a slip."""
    shorter = min(len(text), len(word))
    if max(len(text), len(word)) > _LONGEST_PART:
        return False
    if not (text.isalpha() and word.isalpha() and text[0] == word[0] and shorter >= _SHORTEST_BEGINNING):
        return False
    if word.startswith(text) or (text.startswith(word) and text[len(word) :] in _ENDINGS):
        return True
    if sorted(text) == sorted(word) and shorter >= _SHORTEST_WITH_SWAP:
        return _slips(text, word) == 1
    long = len(word) >= _SHORTEST_WITH_SLIP and shorter >= _SHORTEST_WITH_SLIP - 1
    return long and _slips(text, word) <= 1 + (len(word) >= _SHORTEST_WITH_TWO)


def _slips(text: str, word: str) -> int:
    """How many letters are wrong, missing, added, or swapped with the next one; any number above 2 if more than two."""
    many = 3
    if abs(len(text) - len(word)) >= many:
        return many
    before: list[int] = []
    row = list(range(len(word) + 1))
    for i, one in enumerate(text):
        last, before, row = before, row, [i + 1] + [many] * len(word)
        for j in range(max(0, i - 2), min(len(word), i + 3)):
            slips = min(before[j] + (one != word[j]), before[j + 1] + 1, row[j] + 1)
            if i and j and one == word[j - 1] and text[i - 1] == word[j]:
                slips = min(slips, last[j - 1] + 1)
            row[j + 1] = slips
    return row[-1]


def decimal_comma(text: str) -> str | None:
    """Check for a decimal comma: return the number with a point, or None if the comma may group thousands.

    Examples
    --------
    >>> decimal_comma("2,5"), decimal_comma("0,125"), decimal_comma("1,000"), decimal_comma("2.5")
    ('2.5', '0.125', None, None)
    """
    found = re.fullmatch(r"([+-]?)(\d+),(\d+)", text.strip(), re.ASCII)
    if found is None or (len(found[3]) == 3 and len(found[2]) <= 3 and found[2] != "0"):
        return None
    return f"{found[1]}{found[2]}.{found[3]}"


def choice(value: object, name: str, choices: Sequence[Word]) -> Word:
    """Check a choice: return `value` if it is one of `choices`, or raise an error that suggests the nearest one.

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
        f"{name} must be {either(choices)}, got {short_repr(value)}",
        todo="" if close is None else f'Did you mean "{close}"?',
        code="unknown-word",
        value=value,
        nearest=close,
        suggestion=close,
    )


_IN_WORDS: dict[float, str] = {
    LARGEST_LOT: "2**53 (about 9 quadrillion)",
    LARGEST_LOT + 1: "2**53 + 1",
    LARGEST_SEED: "2**128 - 1",
}


def largest_in_words(most: float) -> str:
    """Write the largest number that is allowed, as a power of 2 where it is one.

    Examples
    --------
    >>> largest_in_words(1000), largest_in_words(2**53)
    ('1000', '2**53 (about 9 quadrillion)')
    """
    return _IN_WORDS.get(most, f"{most}")


def whole_number(value: object, name: str, *, least: int = 0, most: float = LARGEST_LOT) -> int:
    """Check a whole number from `least` to `most`, and return it as an int; True and False are not accepted.

    Examples
    --------
    >>> whole_number(80, "n", least=1)
    80
    >>> whole_number(0, "n", least=1)
    Traceback (most recent call last):
    ...
    aql.errors.DomainError: n must be a whole number, 1 or more, got 0.
    """
    if type(value) is int and least <= value <= most:
        return value
    try:
        number = None if is_bool(value) else index(value)  # type: ignore[arg-type]
    except TypeError:
        number = None
    if number is None or not least <= number <= most:
        above = number is not None and number > most
        highest = largest_in_words(most)
        size = f"{least} to {highest}" if above or most < LARGEST_LOT else f"{least} or more"
        raise DomainError(f"{name} must be a whole number, {size}, got {short_repr(value)}", value=value)
    return number


def share(value: object, name: str, *, ends: bool = True, most: float = 1) -> float:
    """Check a number from 0 to 1 or `most`, and return it as a float; without `ends`, these are not accepted themselves.

    Examples
    --------
    >>> share(0.05, "beta", ends=False)
    0.05
    >>> share(5, "beta", ends=False)
    Traceback (most recent call last):
    ...
    aql.errors.DomainError: beta must be above 0 and below 1, got 5. Write 0.05 for 5 %.
    """
    try:
        number = math.nan if is_bool(value) or not isinstance(value, Real) else float(value)
    except OverflowError:
        number = math.nan
    if not (0 <= number <= most if ends else 0 < number < most):
        allowed = f"from 0 to {most:g}" if ends else f"above 0 and below {most:g}"
        hint = f"Write {number / 100:.6g} for {number:.6g} %" if 1 < number <= 100 else ""
        raise DomainError(f"{name} must be {allowed}, got {short_repr(value)}", todo=hint, value=value)
    return number


def lot_size(value: object, name: str = "lot_size") -> int:
    """Check a lot size, and return it as an int.

    Examples
    --------
    >>> lot_size(1200)
    1200
    >>> lot_size(10**16)
    Traceback (most recent call last):
    ...
    aql.errors.DomainError: lot_size must be a whole number, 1 to 2**53 (about 9 quadrillion), got 10000000000000000.
    """
    return whole_number(value, name, least=1, most=LARGEST_LOT)


def flag(value: object, name: str) -> bool:
    """Check True or False, of Python or of NumPy, and return it as a bool.

    Examples
    --------
    >>> flag(True, "overwrite")
    True
    """
    if not is_bool(value):
        raise DomainError(f"{name} must be True or False, got {short_repr(value)}", value=value)
    return bool(value)


def day(value: object, name: str, *, todo: str = "") -> date:
    """Check a day, and return it; a moment with hours is not accepted.

    Examples
    --------
    >>> day("1 June", "on")
    Traceback (most recent call last):
    ...
    aql.errors.DomainError: on must be a date, got '1 June'.
    """
    if not isinstance(value, date) or isinstance(value, datetime) or str(value) == "NaT":
        raise DomainError(f"{name} must be a date, got {short_repr(value)}", todo=todo, value=value)
    return value


def instance(value: object, kind: type[Kind], name: str, called: str, *, todo: str = "") -> Kind:
    """Check that a value is of a class, and return it; `called` is its name with an article.

    Examples
    --------
    >>> instance(5, str, "line", "text")
    Traceback (most recent call last):
    ...
    aql.errors.DomainError: line must be text, got 5.
    """
    if not isinstance(value, kind):
        raise DomainError(f"{name} must be {called}, got {short_repr(value)}", todo=todo, value=value)
    return value


def is_bool(value: object) -> bool:
    """Check whether a value is True or False, of Python or of NumPy."""
    return type(value).__name__ in {"bool", "bool_"}
