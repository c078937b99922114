"""How the tests run: Hypothesis's profiles, the share of each process, and the examples of the pages.

The examples of README.md and docs/ are tests, and each page runs in an empty folder of its own. Python blocks run on
every page. Comments before a block, which no reader sees, ask for more:

- ``<!-- file: NAME -->`` saves the block under that name;
- ``<!-- end of file: NAME -->`` puts it instead of the file's end, from the last line like its first;
- ``<!-- run -->`` or ``<!-- run: exit 1 -->`` runs a block of commands, which must end with that code (by
  default 0) and print the ``text`` block right after it if there is one.
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

import pytest
from hypothesis import Phase, settings
from sybil import Document, Example, Region, Sybil
from sybil.parsers.markdown import PythonCodeBlockParser, SkipParser

# What the site is built with and from: Sphinx is not there where the tests run, and what is built is not a source.
collect_ignore = ["docs/conf.py", "docs/_build", "docs/_extensions"]

# ``--hypothesis-profile`` takes another one. Every run of the first two draws the same examples; the third draws new
# ones, and keeps those that fail in .hypothesis. No test is judged by the clock. The phase that explains a failure is
# left out: `find` goes through it too, and takes up to a hundred times as long.
PHASES = tuple(phase for phase in Phase if phase is not Phase.explain)
PROFILES = settings(settings.get_profile("default"), deadline=None, phases=PHASES)
settings.register_profile("fast", PROFILES, derandomize=True, database=None, max_examples=25)
settings.register_profile("ci", PROFILES, derandomize=True, database=None, max_examples=100)
settings.register_profile("nightly", PROFILES, print_blob=True, max_examples=2000)
settings.load_profile("fast")


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """Without arguments pytest takes every core; where something is named, this process, unless ``-n`` says otherwise."""
    asked = any(str(arg).startswith(("-n", "--numprocesses")) for arg in config.invocation_params.args)
    return None if asked or config.args_source is pytest.Config.ArgsSource.TESTPATHS else 0


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
