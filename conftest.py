"""Runs the Python examples of README.md and docs/ as tests."""

from doctest import ELLIPSIS, NORMALIZE_WHITESPACE

from sybil import Sybil
from sybil.parsers.markdown import PythonCodeBlockParser, SkipParser

# What the site is built with and from: Sphinx is not there where the tests run, and what is built is no source.
collect_ignore = ["docs/conf.py", "docs/_build", "docs/_extensions"]
collect_ignore_glob = ["docs/notebooks/*.py"]

pytest_collect_file = Sybil(
    parsers=[PythonCodeBlockParser(doctest_optionflags=ELLIPSIS | NORMALIZE_WHITESPACE), SkipParser()],
    pattern="*.md",
).pytest()
