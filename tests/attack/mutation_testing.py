"""Change the library in one place at a time, and count the changes that its tests notice.

    nox -s mutation -- plans --sample 200 --seed 1 --keep results.jsonl
    nox -s mutation -- plans --again results.jsonl

A stratum is a package of `aql`, or two. The first run measures which tests run which lines, and keeps it in `.mutation/`;
`--record` measures again. Each mutant runs in a process of its own, forked from one that has imported everything: the
tests that pass over the changed line, the fastest first, up to the first failure. A test that takes three times as long as
it should has failed. What runs when a module is imported is tried with everything imported anew. What survives is printed,
unless `equivalent_mutants.toml` says why no test can notice it. `--again` tries the mutants that survived a kept run
with the tests of every package. A run ends after
`--minutes`, with the mutants tried so far.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import time
import tomllib
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.attack.changed_in_forks import Forking
from tests.attack.covering_tests import ARGUMENTS, FOLDER, CoveringTests, tests_of
from tests.attack.mutants import ROOT, Mutant, mutants_of

# The packages of a stratum, and those whose tests are tried: its own come first.
STRATA: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "standards": (("standards",), ("standards", "tables", "scheme")),
    "tables": (("tables",), ("tables", "standards", "scheme")),
    "plans": (("plans", "distributions"), ("plans", "distributions")),
    "contract": (("contract",), ("contract", "scoring", "display")),
    "inspection": (("inspection",), ("inspection", "scoring", "attack")),
    "scoring": (("scoring",), ("scoring", "display")),
    "documents": (("documents",), ("documents", "contract", "inspection", "attack")),
    "report": (("report",), ("report",)),
    "scheme": (("scheme",), ("scheme", "cli")),
    "assurance": (("assurance",), ("assurance",)),
    "strategies": (("strategies",), ("strategies",)),
    "desk": (("desk",), ("desk",)),
    "display": (
        ("display", "markup"),
        ("display", "markup", "desk", "scheme", "assurance", "report", "standards"),
    ),
    "command line": (("cli",), ("cli",)),
    "plot": (("plot",), ("plot",)),
}
EVERY_PACKAGE = tuple(dict.fromkeys(name for _, tested in STRATA.values() for name in tested))
# What runs on clusters only; `tests/engines` starts them, and is not fast.
ON_CLUSTERS = {
    *("cluster_frames.py", "cluster_passes.py", "cluster_streams.py"),
    *("plans_on_cluster.py", "score_on_cluster.py"),
}
EQUIVALENT = Path(__file__).with_name("equivalent_mutants.toml")


def all_of(stratum: str) -> list[Mutant]:
    """Return every mutant of a stratum."""
    files = [file for part in STRATA[stratum][0] for file in sorted((ROOT / "aql" / part).rglob("*.py"))]
    return [mutant for file in files if file.name not in ON_CLUSTERS for mutant in mutants_of(file)]


def sample(stratum: str, size: int | None, seed: int) -> list[Mutant]:
    """Draw mutants of a stratum, or all of them, in an order by chance."""
    mutants = all_of(stratum)
    return Random(f"{stratum}/{seed}").sample(mutants, min(size or len(mutants), len(mutants)))


def survivors_of(stratum: str, kept: Path) -> list[Mutant]:
    """Return the mutants of a stratum that survived a kept run."""
    lines = [json.loads(line) for line in kept.read_text("utf-8").splitlines()]
    named = [one for line in lines for one in line["survivors"] if line["stratum"] == stratum]
    return [mutant for mutant in all_of(stratum) if identity(mutant) in named]


def identity(mutant: Mutant) -> list[str]:
    """Return what tells a mutant from others, whatever else changes in its file."""
    return [mutant.file.relative_to(ROOT).as_posix(), mutant.function or "", mutant.change, mutant.source]


def reason_of(mutant: Mutant, listed: list[dict[str, Any]]) -> str:
    """Return why no test can notice a mutant, or "".

    Each listed reason has `changes`, lists of a file, a change and a line; `patterns`, lists of a change and a pattern of
    any line; or `files`, of which no change can be noticed unless a result becomes wrong in kind.
    """
    file = mutant.file.relative_to(ROOT).as_posix()
    for one in listed:
        if [file, mutant.change, mutant.source] in one.get("changes", ()) or file in one.get("files", ()):
            return str(one["reason"])
        for change, pattern in one.get("patterns", ()):
            if re.match(change, mutant.change) and re.search(pattern, mutant.source):
                return str(one["reason"])
    return ""


def recorded(tested: tuple[str, ...], *, again: bool) -> CoveringTests:
    """Find which tests run which lines, in processes of their own: what is imported already would not be measured."""
    for package in tested:
        if again or not (FOLDER / f"{package}.json").exists():
            code = f"from tests.attack.covering_tests import record; record({package!r})"
            subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
    return CoveringTests(tested)


def main() -> int:
    """Try the mutants of a stratum; the exit code is 1 if one survives without a reason."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("stratum", choices=STRATA)
    parser.add_argument("--record", action="store_true", help="find anew which tests run which lines")
    parser.add_argument("--sample", type=int, help="number of mutants; all by default")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--again", type=Path, help="a kept file: try what survived")
    parser.add_argument(
        "--seconds", type=float, default=30, help="most seconds of tests for a mutant; 30 by default"
    )
    parser.add_argument("--minutes", type=float, default=60, help="most minutes; 60 by default")
    parser.add_argument("--keep", type=Path, help="file to which the result is added, as a line of JSON")
    asked = parser.parse_args()
    stratum = asked.stratum
    tested = EVERY_PACKAGE if asked.again else STRATA[stratum][1]
    covering = recorded(tested, again=asked.record)
    equivalent = tomllib.loads(EQUIVALENT.read_text("utf-8"))["equivalent"]
    counts, survivors = Counter[str](), []

    def notice(mutant: Mutant, killer: str | None) -> None:
        reason = reason_of(mutant, equivalent)
        counts["killed" if killer else "equivalent" if reason else "survived"] += 1
        if not killer and not reason:
            survivors.append(identity(mutant))
            sys.stdout.write(f"{counts.total()}: {mutant.name}    {mutant.source}\n")
            sys.stdout.flush()

    mutants = survivors_of(stratum, asked.again) if asked.again else sample(stratum, asked.sample, asked.seed)
    pytest.main(
        [*ARGUMENTS, *tests_of(tested)],
        plugins=[Forking(mutants, covering, asked.seconds, notice, time.monotonic() + 60 * asked.minutes)],
    )
    share = counts["killed"] / max(1, counts["killed"] + counts["survived"])
    result = {"stratum": stratum, "seed": asked.seed, "sample": counts.total(), **counts}
    sys.stdout.write(f"{json.dumps(result)}: {share:.1%} killed of those that are not equivalent\n")
    if asked.keep:
        with asked.keep.open("a", encoding="utf-8") as file:
            file.write(json.dumps(result | {"survivors": survivors}, ensure_ascii=False) + "\n")
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main())
