"""What every command prints, for the file of it; run as a module, it writes that file again.

python -m tests.cli.printed_outputs
"""

from __future__ import annotations

import contextlib
import json
import re
import shutil
import tempfile
from importlib.metadata import version
from pathlib import Path

import pandas as pd

import aql
from aql import examples
from aql.cli.printing import print_plans, print_verdict
from tests.cli.command_runs import run, streams, without_styles
from tests.display.shown_values import lookups, verdicts
from tests.lots_of_cartons import OF_480

PRINTED = Path(__file__).parents[1] / "golden" / "printed.txt"
MARK = "$ "
"""What a section of the file begins with."""
NONCE = "00112233445566778899aabbccddeeff"
TERMS = [
    {"id": "edge", "class": "major", "text": "Edge that cuts", "kind": "visual"},
    {"id": "drop", "class": "major", "text": "Drop", "kind": "visual", "of": "cartons", "level": "S-1"},
]
DATED = (
    '[order]\nid = "PO"\nquantity = 500\nshipment_date = 2026-12-15\n[[classes]]\nname = "major"\naql = 2.5\n'
)
FILES = {
    "double.toml": '[order]\nid = "PO"\n[inspection]\nsampling = "double"\n'
    '[[classes]]\nname = "major"\naql = 6.5\n',
    "continue.toml": 'contract = "PO"\n[lot]\nid = "L"\nsize = 100\n[inspection]\ninspected = 13\n'
    '[findings]\nfile = "two.csv"\n',
    "two.csv": "item,class\n1,major\n2,major\n",
    "vague.toml": '[order]\nid = "PO"\n[[classes]]\nname = "major"\naql = 2.5\n'
    '[[terms]]\nid = "finish"\nclass = "major"\ntext = "Beautiful finish"\n',
    "flawed.toml": f'{DATED}[[terms]]\nid = "finish"\nclass = "major"\ntext = "Beautiful finish"\n',
    "sound.toml": f'{DATED}[[terms]]\nid = "edge"\nclass = "major"\ntext = "Edge of 5 mm"\nkind = "visual"\n',
    "series.csv": "lot,found,resubmitted\nA,7,no\nA,2,yes\nB,0,no\nC,9,no\nC,9,yes\nD,1,no\nE,0,no\nF,0,no\n",
    "streams.csv": "stream;lot;date;lot_size;found\nX;1;2026-01-05;1200;7\nY;1;2026-01-06;300;0\n",
    "lost.csv": "found\n" + "9\n" * 7,
    "fees.toml": '[[complaints]]\nkind = "fee"\n',
}
ORDER = "contract.toml inspection.toml"
DRAWN = "drawn.toml lot.json --seed 20260117"
# Each with what it reads from standard input, and the width of the terminal.
COMMANDS: dict[str, tuple[str, int | None]] = dict.fromkeys(
    (
        "plan 30 --aql 2.5 --aql 4.0",
        "plan 3000 --json --aql 2.5",
        "plan --letter F --aql 1.5 --sampling multiple",
        "plan 5 --aql 1.0 --severity tightened",
        "plan 30 --nothing",
        "plan many",
        "paln 30",
        "sheet contract.toml --out sheets && aql sheet contract.toml --out sheets",
        "sheet contract.toml --out sheets --force --wide --xlsx --lang zh",
        "sheet double.toml --lot-size 100 --out sheets --stage 2",
        f"draw {DRAWN} --nonce {NONCE}",
        f"draw {DRAWN} --by items --stage 2 --lang zh",
        f"draw {DRAWN} --replace 9=crushed --replace-carton 21=wet --html picks.html --xlsx picks.xlsx",
        "draw drawn.toml bare.json --seed 1",
        f"draw {DRAWN} --commit --nonce {NONCE}",
        "draw drawn.toml lot.json --seed 1.5",
        "draw drawn.toml lot.json --seed 1 --replace 9",
        "check contract.toml --rules 2017",
        "check vague.toml",
        "check flawed.toml",
        "check sound.toml",
        "check vague.toml --json",
        "check none.toml",
        f"score {ORDER} --html report.html --xlsx verdict.xlsx",
        f"score {ORDER} --lang zh",
        "score double.toml continue.toml",
        "bulk agreed.toml findings.parquet lots.parquet -o v.parquet --lines l.parquet --engine duckdb",
        "bulk agreed.toml findings.parquet lots.parquet -o v.parquet --engine polars --json",
        "bulk agreed.toml findings.parquet none.parquet -o v.parquet",
        "switch series.csv --aql 2.5 --lot-size 1200",
        "switch streams.csv --aql 2.5 --delimiter ;",
        "switch lost.csv --aql 2.5 --letter J",
        "switch series.csv --aql 2.5 --lot-size 1200 --json",
        f"claim {ORDER} --facts claim.toml --as-of 2026-12-23 --settle upheld --fee 600 --draft",
        f"claim {ORDER} --facts claim.toml --as-of 2026-12-23 --sources",
        "claim double.toml --facts fees.toml --rules current --as-of 2026-06-20",
        "hash two.csv",
    ),
    ("", None),
) | {
    "check -": (FILES["vague.toml"], None),
    "plan 30 --aql 2.5": ("", 40),
    "plan 30 --level IV": ("", 40),
    f"score {ORDER}": ("", 40),
    "check vague.toml ": ("", 40),
    "check broken.toml": ("", 60),
    f"draw {DRAWN} --commit --nonce {NONCE} ": ("", 40),
    f"draw {DRAWN} --nonce {NONCE} --stage 2": ("", 30),
}


def fill(folder: Path) -> None:
    """Write the files that the commands read."""
    shutil.copytree(examples.example_file("tablet_order"), folder, dirs_exist_ok=True)
    for name, text in FILES.items():
        (folder / name).write_text(text, "utf-8")
    (folder / "broken.toml").write_text("[order]\nid = 5\nquantity = 'many'\nproduct = ''\n", "utf-8")
    order = {"order": {"id": "PO"}, "classes": [{"name": "major", "aql": 2.5}]}
    aql.Contract.load({**order, "inspection": {"sampling": "double"}, "terms": TERMS}).save(
        folder / "drawn.toml"
    )
    aql.Contract.load(order).save(folder / "agreed.toml")
    for name, lot in (("lot", OF_480), ("bare", {"id": "L1", "size": 480, "cartons": 40})):
        given = {"schema": "aql.inspection/1", "contract": "PO", "lot": lot}
        (folder / f"{name}.json").write_text(json.dumps(given), "utf-8")
    lots = {"lot": ["A", "B", "C"], "size": [1200, 500, 30], "inspected": [80, 50, 5]}
    pd.DataFrame(lots).to_parquet(folder / "lots.parquet")
    found = {"lot": ["A"] * 6 + ["C"], "item": [3, 8, 9, 15, 40, 77, 5], "class": "major"}
    pd.DataFrame(found).to_parquet(folder / "findings.parquet")


def of_command(words: str, folder: Path) -> str:
    """Run a command, or several, in a folder, and return what was printed."""
    given, columns = COMMANDS[words]
    lines = [f"{MARK}aql {words.strip()}{f'    ({columns} columns)' if columns else ''}"]
    for one in words.split(" && aql "):
        with contextlib.chdir(folder):
            done = run(*one.split(), given=given.encode(), columns=columns)
        lines += [*done.out.splitlines(), *(f"! {line}" for line in done.err.splitlines())]
        lines.append(f"exit code {done.code}")
    found = "\n".join(lines)
    for engine in ("duckdb", "polars"):
        found = re.sub(rf"({engine}.*?){re.escape(version(engine))}", r"\1VERSION", found, flags=re.DOTALL)
    return found


def of_values() -> str:
    """Print plans and verdicts of every kind, and return each line once."""
    with streams(None) as (out, _):
        for found in lookups():
            if isinstance(found, aql.Lookup):
                print_plans([found])
        for verdict in verdicts():
            if isinstance(verdict, aql.Verdict):
                print_verdict(verdict)
        text = without_styles(out.text)
    return "\n".join((f"{MARK}plans and verdicts", *dict.fromkeys(text.splitlines())))


def sections() -> list[str]:
    """Return the parts of the file, one per command."""
    return [MARK + part.rstrip("\n") for part in PRINTED.read_text("utf-8").split(MARK)[1:]]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        fill(Path(made))
        parts = [*(of_command(words, Path(made)) for words in COMMANDS), of_values()]
    PRINTED.write_text("\n".join(parts) + "\n", "utf-8")
