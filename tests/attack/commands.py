"""Attacks on the command line: odd arguments, and damaged files."""

import io
import sys
from contextlib import redirect_stderr, redirect_stdout
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from aql import DomainError
from aql.examples import example_file
from tests.attack.frames import FINDINGS, LOTS
from tests.attack.mutation import mutated_bytes, mutated_text
from tests.attack.odd_values import ODD_TEXTS
from tests.attack.streams import FILE

__all__ = ["ATTACKS"]

COMMANDS = (
    "plan 1200 --aql 2.5 --level II --severity normal --sampling single",
    "plan --letter K --aql 4.0 --standard MIL-STD-105E",
    "check contract.toml --rules 2017",
    "sheet contract.toml --out sheet --lot-size 3000 --stage 1",
    "draw contract.toml inspection.toml --seed 7 --stage 1 --html picks.html",
    "score contract.toml inspection.toml --html report.html --xlsx verdict.xlsx --lang zh --json",
    "claim contract.toml inspection.toml --facts claim.toml --as-of 2026-12-20 --rules 2017 --draft",
    "switch stream.csv --aql 2.5 --letter K",
    "hash findings.csv",
    "bulk contract.toml findings.parquet lots.parquet -o verdicts.parquet --engine polars",
)
_DONE = {0, 1, 3}
_TOLD = _DONE | {2, 74}  # wrong input, and what cannot be read or written


@cache
def files() -> dict[str, bytes]:
    """The files that the commands read."""
    import pandas as pd

    names = ("contract.toml", "inspection.toml", "findings.csv", "claim.toml")
    found = {name: example_file(f"tablet_order/{name}").read_bytes() for name in names}
    found["stream.csv"] = FILE
    given = pd.DataFrame(FINDINGS)
    rows = given.astype("string").assign(item=given["item"], count=given["count"].astype("Int64"))
    found["findings.parquet"] = rows.to_parquet()
    found["lots.parquet"] = pd.DataFrame(LOTS).to_parquet()
    return found


@cache
def program() -> Any:
    from typer.main import get_command

    from aql.cli.commands import app

    return get_command(app)


def run(arguments: list[str]) -> tuple[int, str]:
    """Run the program without input; return its exit code and what it printed."""
    printed, before = io.StringIO(), sys.stdin
    sys.stdin = io.TextIOWrapper(io.BytesIO())
    try:
        with redirect_stdout(printed), redirect_stderr(printed):
            program().main(arguments)
    except SystemExit as done:
        return int(done.code or 0), printed.getvalue()
    finally:
        sys.stdin = before
    raise AssertionError("the program returned")


def command(random: Random, folder: Path) -> None:
    """Run a command with a word changed, dropped or doubled, or on a damaged file."""
    words = random.choice(COMMANDS).split()
    present = dict(files())
    place = random.randrange(len(words))
    kind = random.randrange(5)
    if kind == 0:
        del words[place]
    elif kind == 1:
        words.insert(place, words[place])
    elif kind == 2:
        words[place] = _inside(random.choice(ODD_TEXTS))
    elif kind == 3:
        words[place] = _inside(mutated_text(words[place], random))
    else:
        name = random.choice([word for word in words if word in present] or sorted(present))
        present[name] = mutated_bytes(present[name], random)
    for name, data in present.items():
        (folder / name).write_bytes(data)
    code, printed = run(words)
    if code not in _TOLD:
        raise AssertionError("".join(printed.splitlines(keepends=True)[-3:]))
    if code not in _DONE:
        raise DomainError(f"exit code {code}")


def _inside(text: str) -> str:
    """A word that leads to no place outside the folder."""
    return text.replace("..", "").lstrip("/") if "/" in text else text


ATTACKS = {"commands": command}
