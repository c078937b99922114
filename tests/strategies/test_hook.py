"""What importing Hypothesis does, in fresh interpreters: it learns of the values and loads nothing for it."""

import importlib
import subprocess
import sys
from importlib.metadata import entry_points
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import aql
import aql.strategies
from aql.strategies.hook import VALUES
from tests.profiles import examples

NAMES = [(module, name) for module, names in VALUES.items() for name in names]
HEAVY = ("numpy", "scipy", "pandas", "pydantic", "narwhals", "aql.tables", "aql.plans", "aql.contract")
DRAW = """
from hypothesis import given, settings, strategies as st
seen = []
@settings(max_examples=5, derandomize=True, database=None, deadline=None)
@given(st.from_type({kind}))
def draw(value):
    assert type(value) is {kind}
    seen.append(value)
draw()
print(len(seen) > 0)
"""


def run(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_the_entry_point_is_declared() -> None:
    (entry,) = (one for one in entry_points(group="hypothesis") if one.name == "aql")
    assert entry.value == "aql.strategies.hook:register"


def test_importing_hypothesis_loads_nothing_heavy() -> None:
    code = f"import hypothesis, sys; print([name for name in {HEAVY} if name in sys.modules], 'aql.strategies.hook' in sys.modules)"
    assert run(code) == "[] True"


def test_importing_the_strategies_loads_nothing_heavy() -> None:
    code = f"import aql.strategies, sys; print([name for name in {HEAVY} if name in sys.modules])"
    assert run(code) == "[]"


def test_importing_aql_does_not_import_hypothesis() -> None:
    code = "import sys, aql; aql.score(*aql.examples.tablet_order()); print('hypothesis' in sys.modules)"
    assert run(code) == "False"


@pytest.mark.parametrize("name", ["SinglePlan", "Lookup", "Contract", "Verdict"])
def test_a_value_imported_after_hypothesis_is_known(name: str) -> None:
    assert run(f"import hypothesis, aql\nfrom aql import {name}\n" + DRAW.format(kind=name)) == "True"


def test_a_value_imported_before_hypothesis_is_known() -> None:
    assert run("from aql import SinglePlan, Verdict\n" + DRAW.format(kind="Verdict")) == "True"


def test_a_builder_finds_the_strategy_by_annotation() -> None:
    code = (
        "from hypothesis import find, strategies as st\nimport aql\n"
        "def buy(plan: aql.SinglePlan, lot: int) -> str: return repr(plan)\n"
        "print(find(st.builds(buy, lot=st.just(1)), lambda _: True))"
    )
    assert run(code) == "SinglePlan(n=1, ac=0)"


def test_a_watched_module_is_as_if_nobody_had_watched() -> None:
    code = (
        "import hypothesis, importlib, inspect, aql.plans.plan as m\n"
        "assert type(m.__loader__).__name__ == type(m.__spec__.loader).__name__ == 'SourceFileLoader'\n"
        "assert 'class SinglePlan' in inspect.getsource(m)\n"
        "importlib.reload(m)\n"
        "print(hypothesis.strategies.from_type(m.SinglePlan).validate())"
    )
    assert run(code) == "None"


def test_registering_twice_watches_once() -> None:
    from aql.strategies.hook import register

    before = list(sys.meta_path)
    register()
    assert sys.meta_path == before


def test_without_hypothesis_the_extra_is_named() -> None:
    code = (
        "import sys; sys.modules['hypothesis'] = None\n"
        "try:\n    import aql.strategies\nexcept ImportError as error:\n    print(type(error).__name__, error)"
    )
    assert run(code) == (
        "MissingExtraError aql.strategies needs Hypothesis, which is not installed. "
        "Install it with: python -m pip install 'aql-sampling[hypothesis]'."
    )


def test_every_public_value_is_registered() -> None:
    """The classes of the public face that are no errors, and of the strategies."""
    public = {one for one in map(aql.__dict__.get, dir(aql)) if isinstance(one, type)}
    public |= {getattr(aql, name) for name in dir(aql) if isinstance(getattr(aql, name), type)}
    values = {one.__name__ for one in public if not issubclass(one, Exception)}
    assert values == {
        "Contract",
        "Finding",
        "Findings",
        "Inspection",
        "Lookup",
        "MultiplePlan",
        "SinglePlan",
        "Verdict",
    }
    assert values | {"Flawed", "SimulatedLot"} <= {name for _, name in NAMES}


@examples(15)
@given(data=st.data())
@pytest.mark.parametrize(("module", "name"), NAMES)
def test_from_type_draws_the_value(module: str, name: str, data: st.DataObject) -> None:
    kind: Any = getattr(importlib.import_module(module), name)
    assert type(data.draw(st.from_type(kind))) is kind


def test_the_names_are_those_of_the_strategies() -> None:
    assert dir(aql.strategies) == sorted(aql.strategies.__all__)
    for name in set(aql.strategies.__all__) - {"FLAWS"}:
        assert getattr(aql.strategies, name).__doc__, name
        assert not isinstance(getattr(aql.strategies, name), type(sys)), name
    with pytest.raises(
        AttributeError, match=r"module 'aql.strategies' has no attribute 'plan'; it has FLAWS, Flawed"
    ):
        _ = aql.strategies.plan
