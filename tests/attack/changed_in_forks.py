"""Run tests against one changed line of the library after another, each in a process forked from one that imported everything."""

from __future__ import annotations

import gc
import importlib
import math
import mmap
import os
import pkgutil
import resource
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

import pytest

from tests.attack.covering_tests import ARGUMENTS, CoveringTests, cached_functions, do_not_shrink
from tests.attack.mutants import ROOT, Mutant

__all__ = ["Forking"]

_MEMORY = 4 << 30


class Forking:
    """A plugin of pytest that collects the tests, and runs some of them for each mutant instead of all of them once."""

    def __init__(
        self,
        mutants: list[Mutant],
        covering: CoveringTests,
        most_seconds: float,
        notice: Callable[[Mutant, str | None], None],
        until: float = math.inf,
    ) -> None:
        self.mutants, self.covering, self.most_seconds, self.notice = mutants, covering, most_seconds, notice
        self.until = until
        self.killers: dict[tuple[Path, str | None], Counter[str]] = {}
        self.sound: dict[tuple[str, bool], bool] = {}
        self.running = mmap.mmap(-1, 4)
        """The number of the test that runs in the forked process."""

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
            if time.monotonic() < self.until:
                self.notice(mutant, self._killer(mutant))
        return True

    def _killer(self, mutant: Mutant) -> str | None:
        """Return the test that notices a mutant; what killed others at the same place is tried first."""
        near = self.killers.setdefault((mutant.file, mutant.function), Counter())
        first = near + self.killers.setdefault((mutant.file, None), Counter())
        tests = [test for test in self.covering.of(mutant, self.most_seconds, first) if test in self.items]
        functions = self._functions_of(mutant)
        killer = self._noticed(mutant, tests, anew=False) if functions else None
        if killer is None and (not functions or self.covering.runs_at_import(mutant)):
            killer = self._noticed(mutant, tests, anew=True)
        if killer is not None:
            near[killer] += 1
            self.killers[mutant.file, None][killer] += 1
        return killer

    def _noticed(self, mutant: Mutant, tests: list[str], *, anew: bool) -> str | None:
        """Return the first test that fails with the change; a test that also fails without it counts for nothing."""
        while tests:
            number = self._failing(mutant, tests, anew=anew)
            if number is None:
                return None
            killer = tests[min(number, len(tests) - 1)]
            if (killer, anew) not in self.sound:
                self.sound[killer, anew] = self._failing(None, [killer], anew=anew) is None
            if self.sound[killer, anew]:
                return killer
            sys.stdout.write(f"fails without a change: {killer}\n")
            tests = [test for test in tests if test != killer]
        return None

    def _failing(self, mutant: Mutant | None, tests: list[str], *, anew: bool) -> int | None:
        """Run tests in a process of its own, and return the number of the one that fails or ends the process."""
        self.running[:] = (0).to_bytes(4, "little")
        pid = os.fork()
        if pid == 0:
            try:
                os.setpgid(0, 0)
                nothing = os.open(os.devnull, os.O_RDWR)
                for number in (0, 1, 2):
                    os.dup2(nothing, number)
                resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
                run = self._imported_anew if anew else self._changed_in_place
                os._exit(0 if run(mutant, tests) else 1)
            finally:
                os._exit(1)
        _, status = os.waitpid(pid, 0)
        with suppress(ProcessLookupError):
            os.killpg(pid, signal.SIGKILL)
        return int.from_bytes(self.running[:], "little") if status else None

    def _functions_of(self, mutant: Mutant) -> list[tuple[tuple[str, str, int], FunctionType]]:
        """Return the functions that exist already and have the changed code."""
        if mutant.function is None:
            return []
        return [
            (place, function)
            for place, functions in self.functions.items()
            if place[0] == str(mutant.file) and f"{place[1]}.".startswith(f"{mutant.function}.")
            for function in functions
            if "<locals>" not in place[1]
        ]

    def _changed_in_place(self, mutant: Mutant | None, tests: list[str]) -> bool:
        """Give the functions that exist already the changed code, and run the tests."""
        if mutant is not None:
            code = _codes(mutant.code())
            for place, function in self._functions_of(mutant):
                if place in code:
                    function.__code__ = code[place]
        for cached in self.caches:
            cached.cache_clear()
        items = [self.items[test] for test in tests]
        for number, (item, following) in enumerate(zip(items, [*items[1:], None], strict=True)):
            self.running[:] = number.to_bytes(4, "little")
            _limit(self.covering.seconds[item.nodeid])
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if item.session.testsfailed:
                return False
        return True

    def _imported_anew(self, mutant: Mutant | None, tests: list[str]) -> bool:
        """Import the changed module and all that uses it, collect the tests again, and run them."""
        for name in [one for one in sys.modules if one.split(".")[0] in {"aql", "tests", "conftest"}]:
            if name not in {__name__, "tests.attack.mutants", "tests.attack.covering_tests"}:
                del sys.modules[name]
        _limit(sum(self.covering.seconds[test] for test in tests) + 60)
        files = list(dict.fromkeys(test.partition("::")[0] for test in tests))
        plugin = _Only(mutant, tests, self.covering.seconds, self.running)
        return pytest.main([*ARGUMENTS, "-x", *files], plugins=[plugin]) == 0


class _Only:
    """A plugin of pytest that runs these tests in this order, with the changed module."""

    def __init__(
        self, mutant: Mutant | None, tests: list[str], seconds: dict[str, float], running: mmap.mmap
    ) -> None:
        self.mutant, self.seconds, self.running = mutant, seconds, running
        self.tests = {test: place for place, test in enumerate(tests)}

    def pytest_configure(self, config: pytest.Config) -> None:
        do_not_shrink(config.args)
        if self.mutant is not None:
            # Before the finder of pytest, which also imports what is named in the arguments.
            sys.meta_path.insert(0, _Changed(self.mutant))

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items[:] = sorted(
            (item for item in items if item.nodeid in self.tests), key=lambda item: self.tests[item.nodeid]
        )

    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        self.running[:] = self.tests[item.nodeid].to_bytes(4, "little")
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
    """End this process after three times these seconds of work and two more, or long after that by the clock."""
    most = 3 * seconds + 2
    for timer, limit in ((signal.ITIMER_PROF, most), (signal.ITIMER_REAL, 60 + 10 * most)):
        signal.setitimer(timer, limit)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
