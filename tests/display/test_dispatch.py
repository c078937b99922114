"""The dispatch from class to words and HTML: it has every value with a rich display, and loads only the file needed."""

import subprocess
import sys
from importlib import import_module

import pytest

import aql
from aql import display, markup


def test_every_home_is_there() -> None:
    for homes in (display._HTML, display._WORDS):
        for file, function in homes.values():
            assert callable(getattr(import_module(f"aql.display.{file}"), function))


def test_every_value_that_shows_itself_has_a_home() -> None:
    for name in dir(aql):
        kind = getattr(aql, name)
        if isinstance(kind, type) and hasattr(kind, "_repr_html_"):
            assert {base.__name__ for base in kind.__mro__} & set(display._HTML), name


def test_a_value_of_another_kind_is_named() -> None:
    for write in (markup.as_html, markup.in_words):
        with pytest.raises(TypeError, match="a value of type int cannot be shown"):
            write(5)


def test_a_shown_lookup_loads_no_contract() -> None:
    code = (
        "import sys, aql; aql.lookup(1200, aql=2.5)._repr_html_(); "
        "print([m for m in ('pydantic', 'numpy', 'aql.contract', 'aql.scoring') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
