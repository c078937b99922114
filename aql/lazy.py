"""Lazy loading of a package's public names: each is imported when it is first used."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from importlib import import_module

__all__ = ["lazy_names"]


def lazy_names(
    package: str, homes: Mapping[str, Iterable[str]], modules: Iterable[str] = ()
) -> tuple[Callable[[str], object], Callable[[], list[str]], list[str]]:
    """Return ``__getattr__``, ``__dir__`` and ``__all__`` for a package that loads its names when they are first used.

    Parameters
    ----------
    package : str
        The package, ``__name__``.
    homes : mapping of str to names
        Public names, by the module that defines them.
    modules : iterable of str
        Modules of the package that are public names themselves.

    Examples
    --------
    >>> load, _, names = lazy_names("aql", {"aql.words": ["plural"]})
    >>> load("plural")(3, "item"), names
    ('3 items', ['plural'])
    """
    home_of = {name: home for home, names in homes.items() for name in names}
    offered = sorted({*home_of, *modules})

    def load(name: str) -> object:
        if name in home_of:
            value: object = getattr(import_module(home_of[name]), name)
            setattr(sys.modules[package], name, value)
            return value
        if name in offered:
            return import_module(f"{package}.{name}")
        raise AttributeError(f"module {package!r} has no attribute {name!r}; it has {', '.join(offered)}")

    return load, lambda: list(offered), offered
