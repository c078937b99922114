"""Every public name, and every name of the library that a page mentions, has an entry in the reference."""

import re
from importlib import import_module
from pathlib import Path

import pytest
from sphinx.util.inventory import InventoryFile

import aql

DOCS = Path(__file__).parents[1] / "docs"
MENTIONED = re.compile(r"`(aql(?:\.\w+)+)(?:\([^`]*\))?`")


@pytest.fixture(scope="module")
def entries(site: Path) -> set[str]:
    """The names of the library that have an entry."""
    found = InventoryFile.loads((site / "objects.inv").read_bytes(), uri="").data
    return {name for kind, names in found.items() if kind.startswith("py:") for name in names}


def test_every_public_name_has_an_entry(entries: set[str]) -> None:
    assert {f"aql.{name}" for name in dir(aql)} - entries == set()


@pytest.mark.parametrize("module", ["plot", "examples", "errors", "codes", "strategies", "types"])
def test_every_name_of_the_public_modules_has_an_entry(entries: set[str], module: str) -> None:
    names = import_module(f"aql.{module}").__all__
    assert {f"aql.{module}.{name}" for name in names} - entries == set()


@pytest.mark.parametrize("plan", ["SinglePlan", "MultiplePlan"])
def test_every_property_of_a_plan_has_an_entry(entries: set[str], plan: str) -> None:
    kind = getattr(aql, plan)
    methods = {name for name in dir(kind) if not name.startswith("_") and callable(getattr(kind, name))}
    assert len(methods) > 10
    assert {f"aql.{plan}.{name}" for name in methods} - entries == set()


def test_what_the_pages_mention_has_an_entry(entries: set[str]) -> None:
    sources = [path for path in DOCS.rglob("*.md") if "_build" not in path.parts]
    mentioned = {name for path in sources for name in MENTIONED.findall(path.read_text("utf-8"))}
    assert len(mentioned) > 10
    assert mentioned - entries == set()
