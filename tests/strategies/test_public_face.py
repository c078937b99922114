"""The public names of `aql.strategies`, and what importing it loads, in new interpreters."""

import subprocess
import sys

import pytest

import aql
from aql import strategies


def run(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_the_names_are_those_of_the_strategies() -> None:
    for name in set(dir(strategies)) - {"FLAWS"}:
        assert getattr(strategies, name).__doc__, name
        assert callable(getattr(strategies, name)), name
    with pytest.raises(
        AttributeError, match=r"module 'aql.strategies' has no attribute 'plan'; it has FLAWS, Flawed"
    ):
        _ = strategies.plan  # type: ignore[attr-defined]


def test_importing_loads_the_public_values_and_no_strategy() -> None:
    code = (
        "import sys, aql.strategies; before = set(sys.modules);"
        "print([name for name in ('numpy', 'scipy', 'pandas', 'narwhals') if name in before]);"
        "print([name for name in before if name.startswith('aql.strategies._internal.')]);"
        "aql.strategies.plans;"
        "print([name for name in set(sys.modules) - before if name.startswith('aql.strategies.')])"
    )
    assert run(code).splitlines() == [
        "[]",
        "['aql.strategies._internal.from_type']",
        "['aql.strategies._internal.plans']",
    ]


def test_neither_aql_nor_hypothesis_imports_the_other() -> None:
    code = (
        "import sys, aql; aql.score(*aql.examples.tablet_order()); print('hypothesis' in sys.modules);"
        "finders = list(sys.meta_path); import hypothesis; from hypothesis import strategies;"
        "print('aql.strategies' in sys.modules, sys.meta_path == finders)"
    )
    assert run(code).splitlines() == ["False", "False True"]


def test_without_hypothesis_the_extra_is_named() -> None:
    code = (
        "import sys; sys.modules['hypothesis'] = None\n"
        "try:\n    import aql.strategies\nexcept ImportError as error:\n    print(type(error).__name__, error)"
    )
    assert (
        run(code)
        == f"MissingExtraError {aql.MissingExtraError('aql.strategies needs Hypothesis', 'hypothesis')}"
    )
