"""The design page and the design decisions name only existing parts, and the picture shows every package."""

import re
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = [DOCS / "design.md", *sorted((DOCS / "adr").glob("*.md"))]
DECISIONS = PAGES[1:-1]


@pytest.fixture(scope="module")
def picture() -> ModuleType:
    spec = spec_from_file_location("make_design_picture", DOCS / "make_design_picture.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def packages() -> set[str]:
    """What is in `aql`: its packages and files, less those that Python asks for."""
    found = {path.parent.name for path in (ROOT / "aql").glob("*/__init__.py")}
    return found | {path.stem for path in (ROOT / "aql").glob("*.py") if not path.stem.startswith("__")}


def test_the_picture_shows_every_package_and_is_what_the_script_draws(picture: ModuleType) -> None:
    shown = [name for names, _, _ in picture.LAYERS for name in names]
    assert len(shown) == len(set(shown))
    assert set(shown) == packages()
    assert picture.PICTURE.read_text("utf-8") == picture.picture(), "run: python docs/make_design_picture.py"


def test_the_table_of_the_layers_has_every_package() -> None:
    table = PAGES[0].read_text("utf-8").partition("|---|---|---|\n")[2].partition("\n\n")[0]
    named = {name for row in table.splitlines() for name in re.findall(r"`(\w+)`", row.split("|")[1])}
    assert named == packages()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_path_on_the_page_exists(page: Path) -> None:
    paths = re.findall(r"`((?:aql|tests|tables|benchmarks)/[\w./]*)`", page.read_text("utf-8"))
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_every_decision_is_numbered_listed_and_has_its_four_sections() -> None:
    index = (DOCS / "adr" / "index.md").read_text("utf-8")
    for number, page in enumerate(DECISIONS, start=1):
        title, *rest = page.read_text("utf-8").splitlines()
        assert page.name.startswith(f"{number:04}_")
        assert title.startswith(f"# {number}. ")
        assert f"| {number} | [{title.partition('. ')[2]}]({page.name}) |" in index
        parts = [line for line in rest if line.startswith("## ")]
        assert parts == ["## Context", "## Decision", "## Consequences", "## Alternatives rejected"]
