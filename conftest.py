"""Settings of pytest: Hypothesis profiles, number of processes, and the examples in README.md and docs/.

The examples are tests; each page runs in its own empty folder. Python blocks run on every page. HTML comments before a
block, invisible to readers, do more:

- ``<!-- file: NAME -->`` saves the block under that name;
- ``<!-- end of file: NAME -->`` replaces the end of that file, from the last line that equals the block's first;
- ``<!-- run -->`` runs a block of commands, which must succeed; with ``<!-- run: exit 1 -->`` they must end with that
  exit code. If a ``text`` block follows, it must match what they print.
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

# The site's sources and the built site: tests run without Sphinx, and built files are not sources. Nor do they need atheris.
collect_ignore = ["docs/conf.py", "docs/_build", "docs/_extensions", "tests/attack/fuzz.py"]

# Select a profile with ``--hypothesis-profile``; "fast" is the default. "fast" and "ci" draw the same examples in every
# run; "nightly" draws new ones and saves those that fail in .hypothesis. No test fails for being slow. The phase that
# explains a failure is left out: `find` goes through it too and then takes up to a hundred times as long.
PHASES = tuple(phase for phase in Phase if phase is not Phase.explain)
PROFILES = settings(settings.get_profile("default"), deadline=None, phases=PHASES)
settings.register_profile("fast", PROFILES, derandomize=True, database=None, max_examples=25)
settings.register_profile("ci", PROFILES, derandomize=True, database=None, max_examples=100)
settings.register_profile("nightly", PROFILES, print_blob=True, max_examples=2000)
settings.load_profile("fast")


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """Use every core for the whole suite, and a single process when paths are named; ``-n`` overrides both."""
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
