"""The rich display of values, and the only place where a value calls `aql.display`.

The class of a value imports this file, and `aql.display` imports the class. To avoid a circular import, `_display`
imports `aql.display` by name, and only when a value is displayed.
"""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from aql.checks import choice
from aql.languages import LANGUAGES, spoken
from aql.words import visible

if TYPE_CHECKING:
    from anywidget import AnyWidget

    from aql.markup.pieces import Html

__all__ = ["Shown", "as_html", "in_words", "widget_of"]


class Shown:
    """A value that is displayed as HTML in a notebook and as the same text in a terminal.

    Inside another value, its ``repr`` is displayed. Hypothesis prints it as code that can be pasted.
    """

    __slots__ = ()

    def _repr_html_(self) -> str:
        return as_html(self)

    def _repr_pretty_(self, printer: _Printer, _cycle: bool) -> None:
        from aql.markup.plain import as_text

        if type(printer).__module__.startswith("hypothesis."):
            _display().print_code(self, printer)
            return
        alone = len(printer.stack) == 1
        printer.text(as_text(self._repr_html_()) if alone else repr(self))

    def __init_subclass__(cls, **kwargs: object) -> None:
        """Define `_repr_pretty_` in every subclass: IPython uses this or ``__repr__``, whichever the nearest class defines."""
        super().__init_subclass__(**kwargs)
        type.__setattr__(cls, "_repr_pretty_", Shown._repr_pretty_)


def as_html(value: object, *, language: str | None = None) -> Html:
    """Return what is shown of a value: a block of HTML.

    Parameters
    ----------
    value : object
        A value of this library that `aql.display` can write.
    language : str, optional
        A language of `aql.languages.LANGUAGES`; defaults to the current one, which is English.

    Returns
    -------
    Html
        A self-contained block.

    Examples
    --------
    >>> import aql
    >>> from aql.markup import as_text
    >>> as_text(as_html(aql.lookup(1200, aql=2.5))).splitlines()[0]
    'Inspect 80 items, accept on 5 or fewer, reject on 6 or more'
    """
    with _speaking(language):
        return _display().as_html(value)


def in_words(value: object, *, language: str | None = None) -> str:
    """Return what is shown of a value as text: plain sentences.

    Parameters
    ----------
    value : object
        A value of this library that `aql.display` can explain.
    language : str, optional
        A language of `aql.languages.LANGUAGES`; defaults to the current one, which is English.

    Returns
    -------
    str
        Plain sentences.

    Examples
    --------
    >>> import aql
    >>> in_words(aql.lookup(1200, aql=2.5)).split(".")[0]
    'A lot of 1200 at level II has code letter J'
    """
    with _speaking(language):
        return visible(_display().in_words(value))


def _speaking(name: str | None) -> AbstractContextManager[None]:
    """A block in a language; in the current one without a name."""
    return nullcontext() if name is None else spoken(choice(name, "language", LANGUAGES))


def widget_of(desk: object, language: str) -> AnyWidget:
    """Return the widget of a desk; see `aql.Desk.widget`."""
    return _display().widget_of(desk, language)


class _Printer(Protocol):
    """The printer that IPython passes to ``_repr_pretty_``."""

    stack: list[object]

    def text(self, obj: str) -> None: ...


class _Display(Protocol):
    """The part of `aql.display` that this file uses."""

    def as_html(self, value: object) -> Html: ...

    def in_words(self, value: object) -> str: ...

    def print_code(self, value: object, printer: _Printer) -> None: ...

    def widget_of(self, desk: object, language: str) -> AnyWidget: ...


def _display() -> _Display:
    return cast(_Display, import_module("aql.display"))
