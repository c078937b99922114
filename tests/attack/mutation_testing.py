"""Change the library in one place at a time, and count the changes that its tests notice.

    nox -s mutation -- plans --sample 200 --seed 1

A stratum is a package of `aql`, or two. The first run measures which tests run which lines, and keeps it in `.mutation/`;
`--record` measures again. Each mutant runs in a process of its own, forked from one that has imported everything: the
tests that pass over the changed line, the fastest first, up to the first failure. A test that takes five times as long as
it should has failed. What survives is run again with everything imported anew, and then printed, unless
`equivalent_mutants.toml` says why no test can notice it.
"""

from __future__ import annotations

import argparse
import gc
import importlib
import json
import os
import pkgutil
import re
import resource
import signal
import subprocess
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from random import Random
from types import CodeType, FunctionType
from typing import Any

import pytest

from tests.attack.covering_tests import (
    ARGUMENTS,
    FOLDER,
    CoveringTests,
    cached_functions,
    do_not_shrink,
    tests_of,
)
from tests.attack.mutants import ROOT, Mutant, mutants_of

# The packages of a stratum, and those whose tests concern it: fast enough that a stratum takes less than an hour.
STRATA: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "standards": (("standards",), ("standards", "tables", "scheme")),
    "plans": (("plans", "distributions"), ("plans", "distributions")),
    "contract": (("contract",), ("contract", "scoring")),
    "inspection": (("inspection",), ("inspection", "scoring")),
    "scoring": (("scoring",), ("scoring",)),
    "documents": (("documents",), ("documents", "contract", "inspection")),
    "report": (("report",), ("report",)),
    "scheme": (("scheme",), ("scheme",)),
    "assurance": (("assurance",), ("assurance",)),
    "tables": (("tables",), ("tables", "standards", "scheme")),
    "strategies": (("strategies",), ("strategies",)),
}
EQUIVALENT = Path(__file__).with_name("equivalent_mutants.toml")
_MEMORY = 4 << 30


def sample(stratum: str, size: int | None, seed: int) -> list[Mutant]:
    """Draw mutants of a stratum, or return all of them."""
    files = [file for part in STRATA[stratum][0] for file in sorted((ROOT / "aql" / part).rglob("*.py"))]
    mutants = [mutant for file in files for mutant in mutants_of(file)]
    if size is not None and size < len(mutants):
        mutants = Random(f"{stratum}/{seed}").sample(mutants, size)
    return sorted(mutants, key=lambda one: (one.file, one.number))


class Forking:
    """A plugin of pytest that collects the tests, and runs some of them for each mutant instead of all of them once."""

    def __init__(
        self,
        mutants: list[Mutant],
        covering: CoveringTests,
        most_seconds: float,
        notice: Callable[[Mutant, bool], None],
    ) -> None:
        self.mutants, self.covering, self.most_seconds, self.notice = mutants, covering, most_seconds, notice

    def pytest_configure(self, config: pytest.Config) -> None:
        do_not_shrink(config.args)

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        import aql

        for module in pkgutil.walk_packages(aql.__path__, "aql."):
            if not module.name.endswith("__main__"):
                importlib.import_module(module.name)
        self.items = {item.nodeid: item for item in session.items}
        self.functions: dict[tuple[str, str, int], list[FunctionType]] = {}
        self.caches = cached_functions()
        for one in gc.get_objects():
            if isinstance(one, FunctionType) and one.__code__.co_filename.startswith(str(ROOT / "aql")):
                self.functions.setdefault(_place(one.__code__), []).append(one)
        gc.freeze()
        for mutant in self.mutants:
            tests = self.covering.of(mutant, self.most_seconds)
            passed = not tests or (
                self._survives(lambda: self._changed_in_place(mutant, tests))  # noqa: B023 - called at once
                and self._survives(lambda: self._imported_anew(mutant, tests))  # noqa: B023
            )
            self.notice(mutant, passed)
        return True

    def _survives(self, run: Callable[[], bool]) -> bool:
        """Run tests in a process of its own; whatever ends it has noticed the mutant."""
        pid = os.fork()
        if pid == 0:
            try:
                os.setpgid(0, 0)
                nothing = os.open(os.devnull, os.O_RDWR)
                for number in (0, 1, 2):
                    os.dup2(nothing, number)
                resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
                os._exit(0 if run() else 1)
            finally:
                os._exit(1)
        _, status = os.waitpid(pid, 0)
        with suppress(ProcessLookupError):
            os.killpg(pid, signal.SIGKILL)
        return status == 0

    def _changed_in_place(self, mutant: Mutant, tests: list[str]) -> bool:
        """Give the functions that exist already the changed code, and run the tests."""
        if mutant.function is None:
            return True
        code = _codes(mutant.code())
        changed = 0
        for place, functions in self.functions.items():
            if place[0] == str(mutant.file) and f"{place[1]}.".startswith(f"{mutant.function}."):
                for function in functions:
                    if place in code and "<locals>" not in place[1]:
                        function.__code__ = code[place]
                        changed += 1
        if not changed:
            return True
        for cached in self.caches:
            cached.cache_clear()
        return self._pass([self.items[test] for test in tests if test in self.items])

    def _pass(self, items: list[pytest.Item]) -> bool:
        for item, following in zip(items, [*items[1:], None], strict=True):
            _limit(self.covering.seconds[item.nodeid])
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if item.session.testsfailed:
                return False
        return True

    def _imported_anew(self, mutant: Mutant, tests: list[str]) -> bool:
        """Import the changed module and all that uses it, collect the tests again, and run them."""
        for name in [one for one in sys.modules if one.split(".")[0] in {"aql", "tests", "conftest"}]:
            if not name.startswith("tests.attack.m") and not name.startswith("tests.attack.cov"):
                del sys.modules[name]
        limit = sum(self.covering.seconds[test] for test in tests) + 60
        _limit(limit)
        files = sorted({test.partition("::")[0] for test in tests})
        return (
            pytest.main([*ARGUMENTS, "-x", *files], plugins=[_Only(mutant, tests, self.covering.seconds)])
            == 0
        )


class _Only:
    """A plugin of pytest that runs these tests in this order, with the changed module."""

    def __init__(self, mutant: Mutant, tests: list[str], seconds: dict[str, float]) -> None:
        self.mutant, self.seconds = mutant, seconds
        self.tests = {test: place for place, test in enumerate(tests)}

    def pytest_configure(self, config: pytest.Config) -> None:
        do_not_shrink(config.args)
        # Before the finder of pytest, which also imports what is named in the arguments.
        sys.meta_path.insert(0, _Changed(self.mutant))

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items[:] = sorted(
            (item for item in items if item.nodeid in self.tests), key=lambda item: self.tests[item.nodeid]
        )

    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        _limit(self.seconds[item.nodeid])


class _Changed(MetaPathFinder):
    """Imports the changed module instead of the one on the disk."""

    def __init__(self, mutant: Mutant) -> None:
        parts = mutant.file.relative_to(ROOT).with_suffix("").parts
        self.package = parts[-1] == "__init__"
        self.name, self.mutant = ".".join(parts[: -1 if self.package else None]), mutant

    def find_spec(self, fullname: str, path: Any, target: Any = None) -> ModuleSpec | None:  # noqa: ARG002
        if fullname != self.name:
            return None
        loader = _ChangedLoader(fullname, str(self.mutant.file))
        loader.code = self.mutant.code()
        folder = [str(self.mutant.file.parent)] if self.package else None
        return spec_from_file_location(
            fullname, self.mutant.file, loader=loader, submodule_search_locations=folder
        )


class _ChangedLoader(SourceFileLoader):
    code: CodeType

    def get_code(self, fullname: str) -> CodeType:  # noqa: ARG002
        return self.code


def _place(code: CodeType) -> tuple[str, str, int]:
    return code.co_filename, code.co_qualname, code.co_firstlineno


def _codes(module: CodeType) -> dict[tuple[str, str, int], CodeType]:
    """The code of every function in a module."""
    found = {}
    for one in module.co_consts:
        if isinstance(one, CodeType):
            found[_place(one)] = one
            found |= _codes(one)
    return found


def _limit(seconds: float) -> None:
    """End this process after five times these seconds of work and ten more, or ten times as long by the clock."""
    used = time.process_time()
    most = 5 * seconds + 10
    resource.setrlimit(resource.RLIMIT_CPU, (int(used + most) + 1, resource.RLIM_INFINITY))
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, 10 * most)


def reason_of(mutant: Mutant, listed: list[dict[str, Any]]) -> str:
    """Return why no test can notice a mutant, or "".

    Each listed reason has `changes`: lists of a file, a change and a line, or of a change and a pattern of any line.
    """
    file = mutant.file.relative_to(ROOT).as_posix()
    for one in listed:
        if [file, mutant.change, mutant.source] in one.get("changes", ()):
            return str(one["reason"])
        for change, pattern in one.get("patterns", ()):
            if change == mutant.change and re.search(pattern, mutant.source):
                return str(one["reason"])
    return ""


def main() -> int:
    """Try the mutants of a stratum; the exit code is 1 if one survives without a reason."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("stratum", choices=STRATA)
    parser.add_argument("--record", action="store_true", help="find anew which tests run which lines")
    parser.add_argument("--sample", type=int, help="number of mutants; all by default")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--seconds", type=float, default=30, help="most seconds of tests for a mutant; 30 by default"
    )
    parser.add_argument("--keep", type=Path, help="file to which the result is added, as a line of JSON")
    asked = parser.parse_args()
    _, tested = STRATA[asked.stratum]
    for package in tested:
        if asked.record or not (FOLDER / f"{package}.json").exists():
            # In a process of its own: what is imported already would not be measured.
            subprocess.run(
                [
                    sys.executable,
                    "-c",
                    f"from tests.attack.covering_tests import record; record({package!r})",
                ],
                cwd=ROOT,
                check=True,
            )
    equivalent = tomllib.loads(EQUIVALENT.read_text("utf-8"))["equivalent"]
    counts, survivors = Counter[str](), []

    def notice(mutant: Mutant, survived: bool) -> None:
        reason = reason_of(mutant, equivalent)
        counts["killed" if not survived else "equivalent" if reason else "survived"] += 1
        if survived and not reason:
            survivors.append(mutant.name)
            sys.stdout.write(f"{sum(counts.values())}: {mutant.name}    {mutant.source}\n")
            sys.stdout.flush()

    mutants = sample(asked.stratum, asked.sample, asked.seed)
    pytest.main(
        [*ARGUMENTS, *tests_of(tested)],
        plugins=[Forking(mutants, CoveringTests(tested), asked.seconds, notice)],
    )
    share = counts["killed"] / max(1, counts["killed"] + counts["survived"])
    result = {"stratum": asked.stratum, "seed": asked.seed, "sample": len(mutants), **counts}
    sys.stdout.write(f"{json.dumps(result)}: {share:.1%} killed of those that are not equivalent\n")
    if asked.keep:
        with asked.keep.open("a", encoding="utf-8") as file:
            file.write(json.dumps(result | {"survivors": survivors}) + "\n")
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main())
