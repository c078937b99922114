"""The catalogue of words: an English text is its own key, and a .po file of this folder translates it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from gettext import c2py
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

__all__ = ["LANGUAGES", "html_language", "language", "marked", "say", "say_plural", "spoken"]

_FOLDER = Path(__file__).parent

LANGUAGES = ("en", *sorted(path.stem for path in _FOLDER.glob("*.po")))
"""Languages of reports, sheets and verdicts: English, and each that has a file here."""

_SPOKEN: ContextVar[str] = ContextVar("language", default="en")


@contextmanager
def spoken(name: str) -> Iterator[None]:
    """Say everything within this block in a language of `LANGUAGES`; other threads and tasks are not affected."""
    before = _SPOKEN.set(name)
    try:
        yield
    finally:
        _SPOKEN.reset(before)


def language() -> str:
    """Return the language of the surrounding `spoken` block, English by default."""
    return _SPOKEN.get()


def marked(text: str) -> str:
    """Return the text, which is thereby one that the catalogues have; `say` translates it where it is used."""
    return text


def say(text: str, /, **facts: object) -> str:
    """Return an English text in the current language, with its facts filled in.

    A text that the catalogue lacks stays English.

    Examples
    --------
    >>> say("{first} to {last}", first=2, last=5)
    '2 to 5'
    >>> with spoken("zh"):
    ...     say("{first} to {last}", first=2, last=5)
    '2 至 5'
    """
    name = _SPOKEN.get()
    words = text if name == "en" else _texts(name).get(text, text)
    return words.format(**facts) if facts else words


def say_plural(one: str, many: str, number: int, /, **facts: object) -> str:
    """Return the text for a number, `{number}` in it, in the current language.

    Examples
    --------
    >>> say_plural("{number} item", "{number} items", 3)
    '3 items'
    """
    name = _SPOKEN.get()
    forms = () if name == "en" else _plurals(name).get(one, ())
    if not forms:
        return (one if number == 1 else many).format(number=number, **facts)
    return forms[_form(name)(number)].format(number=number, **facts)


@cache
def _texts(name: str) -> dict[str, str]:
    pairs = ((one.id, one.string) for one in _catalogue(name) if one.id)  # without the header of the file
    return {key: text for key, text in pairs if isinstance(key, str) and isinstance(text, str) and text}


@cache
def _plurals(name: str) -> dict[str, tuple[str, ...]]:
    pairs = ((one.id, one.string) for one in _catalogue(name))
    return {
        key[0]: tuple(texts)
        for key, texts in pairs
        if isinstance(key, tuple) and isinstance(texts, tuple) and all(texts)
    }


@cache
def _form(name: str) -> Callable[[int], int]:
    """Which form of a plural each number takes in a language."""
    return c2py(_catalogue(name).plural_expr)


@cache
def _catalogue(name: str) -> Catalog:
    from babel.messages.pofile import read_po

    with (_FOLDER / f"{name}.po").open("rb") as file:
        return read_po(file, locale=name)


_HTML = {"zh": "zh-Hans"}


def html_language() -> str:
    """Return the current language as the ``lang`` attribute of HTML has it."""
    return _HTML.get(language(), language())
