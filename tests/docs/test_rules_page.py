"""The page on the rule sets is up to date, and shows every entry with its sources."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from aql.assurance import RULE_SETS, load_rules

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "reference" / "rule_sets.md").read_text("utf-8")


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_rules_page", DOCS / "make_rules_page.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_committed_page_is_what_the_script_writes(script: ModuleType) -> None:
    assert script.page() == PAGE, "run: python docs/make_rules_page.py"


@pytest.mark.parametrize("name", RULE_SETS)
def test_every_entry_of_a_rule_set_stands_on_the_page_with_its_sources(name: str) -> None:
    rules = load_rules(name)
    rows = [line for line in PAGE.splitlines() if line.startswith("| `")]
    for entry in rules.entries:
        assert any(f"| `{entry.key}` |" in row and all(one in row for one in entry.source) for row in rows)
