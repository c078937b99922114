"""Runs the examples of README.md and docs/ as tests, each page in an empty folder of its own.

Python blocks run on every page. Comments before a block, which no reader sees, ask for more:

- ``<!-- file: NAME -->`` saves the block under that name;
- ``<!-- end of file: NAME -->`` puts it in place of the file's end, from the last line like its first;
- ``<!-- run -->`` or ``<!-- run: exit 1 -->`` runs a block of commands, which must end with that code, 0 unless
  said, and print the ``text`` block right after it if there is one.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterable
from doctest import ELLIPSIS, NORMALIZE_WHITESPACE, OutputChecker
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sybil import Document, Example, Region, Sybil
from sybil.parsers.markdown import PythonCodeBlockParser, SkipParser

# What the site is built with and from: Sphinx is not there where the tests run, and what is built is no source.
collect_ignore = ["docs/conf.py", "docs/_build", "docs/_extensions"]

OPTIONS = ELLIPSIS | NORMALIZE_WHITESPACE
BLOCK = r"\s*```\w+\n(?P<body>.*?)^```$"
FILE = re.compile(r"^<!-- (?P<part>end of )?file: (?P<name>[\w.-]+) -->" + BLOCK, re.MULTILINE | re.DOTALL)
RUN = re.compile(
    r"^<!-- run(: exit (?P<code>\d))? -->" + BLOCK + r"(\s*```text\n(?P<output>.*?)^```$)?",
    re.MULTILINE | re.DOTALL,
)


def files(document: Document) -> Iterable[Region]:
    for found in FILE.finditer(document.text):
        yield Region(found.start(), found.end(), found, save)


def save(example: Example) -> None:
    path, body = Path(example.parsed["name"]), example.parsed["body"]
    start = ""
    if example.parsed["part"]:
        start, mark, _ = path.read_text("utf-8").rpartition(body.splitlines()[0] + "\n")
        assert mark
    path.write_text(start + body, "utf-8", newline="\n")


def commands(document: Document) -> Iterable[Region]:
    for found in RUN.finditer(document.text):
        yield Region(found.start(), found.end(), found, run)


def run(example: Example) -> str | None:
    wanted = example.parsed
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    done = subprocess.run(
        ["sh", "-e", "-c", wanted["body"]],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=os.environ | {"PATH": path, "PYTHONUTF8": "1"},
        check=False,
    )
    printed = done.stdout + done.stderr
    if done.returncode != int(wanted["code"] or 0):
        return f"exit code {done.returncode}:\n{printed}"
    if wanted["output"] is None or OutputChecker().check_output(wanted["output"], printed, OPTIONS):
        return None
    return f"It printed\n{printed}"


def enter_folder(namespace: dict[str, Any]) -> None:
    namespace["_was_in"], namespace["_folder"] = Path.cwd(), TemporaryDirectory()
    os.chdir(namespace["_folder"].name)


def leave_folder(namespace: dict[str, Any]) -> None:
    os.chdir(namespace["_was_in"])
    namespace["_folder"].cleanup()


pytest_collect_file = Sybil(
    parsers=[PythonCodeBlockParser(doctest_optionflags=OPTIONS), SkipParser(), files, commands],
    pattern="*.md",
    setup=enter_folder,
    teardown=leave_folder,
).pytest()
