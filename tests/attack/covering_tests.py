"""Which fast tests run each line of the library, and how long they take: recorded once, and kept in a folder."""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from functools import _lru_cache_wrapper
from pathlib import Path
from typing import Any

import coverage
import pytest
from hypothesis import Phase, settings

from tests.attack.mutants import ROOT, Mutant

__all__ = ["ARGUMENTS", "FOLDER", "CoveringTests", "cached_functions", "do_not_shrink", "record", "tests_of"]

VALUES = "tests/test_values.py"
FOLDER = ROOT / ".mutation"
ARGUMENTS = [
    *("-o", "addopts=", "--doctest-modules", "-m", "not exhaustive", "-q", "--tb=no", "-s"),
    *("-p", "no:cacheprovider", "-p", "no:faulthandler", "-n", "0"),
    *("-W", "ignore::pytest.PytestAssertRewriteWarning"),
]


def tests_of(packages: Iterable[str]) -> list[str]:
    """Return where the tests and the doctests of packages are, and the laws of all values."""
    places = [place for name in packages for place in (f"tests/{name}", f"aql/{name}")]
    return [*(place for place in places if (ROOT / place).exists()), VALUES]


def do_not_shrink(tests: Iterable[str]) -> None:
    """Let Hypothesis stop at the first example that fails, except where the smallest example is what is tested."""
    if any("strategies" in test for test in tests):
        return
    phases = (Phase.explicit, Phase.generate)
    settings.register_profile("mutation", settings.get_profile("fast"), phases=phases)
    settings.load_profile("mutation")


def cached_functions() -> list[Any]:
    """Return the functions of the library that keep results, so that a test can start without any."""
    return [
        one
        for one in gc.get_objects()
        if isinstance(one, _lru_cache_wrapper) and str(one.__module__).startswith("aql")
    ]


class _Recording:
    """A plugin of pytest that measures every test on its own."""

    def __init__(self, file: Path) -> None:
        self.seconds: dict[str, float] = {}
        self.path: Path | None = None
        self.coverage = coverage.Coverage(str(file), branch=False, source_pkgs=["aql"])

    def pytest_configure(self, config: pytest.Config) -> None:
        do_not_shrink(config.args)
        self.coverage.start()

    def pytest_runtestloop(self) -> None:
        self.caches = cached_functions()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        if item.path != self.path:
            for cached in self.caches:
                cached.cache_clear()
            self.path = item.path
        self.coverage.switch_context(item.nodeid)
        start = time.process_time()
        done = yield
        self.seconds[item.nodeid] = round(time.process_time() - start, 3)
        self.coverage.switch_context("")
        return done

    def pytest_sessionfinish(self) -> None:
        self.coverage.stop()
        self.coverage.save()


def record(package: str) -> None:
    """Run the fast tests of a package with coverage, and keep which lines each of them runs."""
    FOLDER.mkdir(exist_ok=True)
    file = FOLDER / f"{package}.lines"
    file.unlink(missing_ok=True)
    recording = _Recording(file)
    if pytest.main([*ARGUMENTS, *tests_of([package])], plugins=[recording]):
        sys.exit(f"the tests of {package} fail without a change")
    file.with_suffix(".json").write_text(json.dumps(recording.seconds), encoding="utf-8")


class CoveringTests:
    """What `record` found for some packages."""

    def __init__(self, packages: Iterable[str]) -> None:
        self.seconds: dict[str, float] = {}
        self._data = []
        for package in packages:
            self._data.append(coverage.CoverageData(str(FOLDER / f"{package}.lines")))
            self._data[-1].read()
            self.seconds |= json.loads((FOLDER / f"{package}.json").read_text("utf-8"))
        self._files: dict[Path, dict[int, set[str]]] = {}

    def of(self, mutant: Mutant, most: float, first: Mapping[str, int]) -> list[str]:
        """Return the tests that run the changed line, for so many seconds at most, and as many of other packages.

        Those in `first` come first, then those of the package, then the fastest. For what runs when a module is imported
        or before any test, the tests that run any line of the module come after those that run a line that reads it.
        """
        lines = self._lines(mutant.file)
        near = self._running(mutant, mutant.statement)
        if mutant.function is None:
            near = self._running(mutant, mutant.readers)
        found = set(near)
        if mutant.function is None or self.runs_at_import(mutant):
            found = {test for tests in lines.values() for test in tests}
            found |= {test for test in self.seconds if test.startswith(VALUES)}
        package = mutant.file.relative_to(ROOT / "aql").parts[0]
        home = (f"tests/{package}/", f"aql/{package}/", VALUES)

        def order(test: str) -> tuple[Any, ...]:
            early = mutant.function is None and test.startswith(VALUES)
            return (
                -first.get(test, 0),
                not early,
                not test.startswith(home),
                test not in near,
                self.seconds[test],
            )

        chosen: list[str] = []
        totals = {True: 0.0, False: 0.0}
        for test in sorted(found & self.seconds.keys(), key=order):
            ours = test.startswith(home)
            totals[ours] += self.seconds[test]
            if not chosen or totals[ours] <= most:
                chosen.append(test)
        return chosen

    def runs_at_import(self, mutant: Mutant) -> bool:
        """Whether any line of the changed function runs before any test does; it may have made another function."""
        return "" in self._running(mutant, mutant.body)

    def _running(self, mutant: Mutant, places: Iterable[int]) -> set[str]:
        lines = self._lines(mutant.file)
        return {test for line in places for test in lines.get(line, ())}

    def _lines(self, file: Path) -> dict[int, set[str]]:
        if file not in self._files:
            lines: dict[int, set[str]] = {}
            for data in self._data:
                for line, tests in data.contexts_by_lineno(str(file)).items():
                    lines.setdefault(line, set()).update(tests)
            self._files[file] = lines
        return self._files[file]
