"""The documentation uses short import paths only: `aql.name` or `aql.part.name`."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import aql
from aql import contract, documents, inspection, markup, plans, plot, scoring, standards, strategies, tables

PACKAGE = Path(aql.__file__).parent
ROOT = Path(__file__).parents[2]
FACES: tuple[ModuleType, ...] = (
    aql,
    contract,
    documents,
    inspection,
    markup,
    plans,
    plot,
    scoring,
    standards,
    strategies,
    tables,
)
PATH = re.compile(r"\baql(?:\.\w+)+")


def pages() -> Iterator[str]:
    for page in (*(ROOT / "docs").rglob("*.md"), ROOT / "README.md", ROOT / "CONTRIBUTING.md"):
        yield page.read_text("utf-8")
    for notebook in (ROOT / "notebooks").glob("*.ipynb"):
        for cell in json.loads(notebook.read_text("utf-8"))["cells"]:
            yield "".join(cell["source"])


def docstrings() -> Iterator[str]:
    """Docstrings of what the package and its parts offer, which the reference shows."""
    for face in FACES:
        for name in set(dir(face)) - {"plot", "examples", "types"}:
            value = getattr(face, name)
            methods = vars(value).values() if isinstance(value, type) else ()
            for one in (value, *methods):
                yield getattr(one, "__doc__", None) or ""


def is_file(path: str) -> bool:
    """Whether a path leads to a file inside a part, or a name in it."""
    parts = path.split(".")[1:3]
    return len(parts) == 2 and (
        (PACKAGE / parts[0] / f"{parts[1]}.py").is_file()
        or (PACKAGE / parts[0] / parts[1] / "__init__.py").is_file()
    )


def deep(texts: Iterator[str]) -> set[str]:
    return {".".join(path.split(".")[:3]) for text in texts for path in PATH.findall(text) if is_file(path)}


def test_the_pages_lead_to_no_file_inside_a_part() -> None:
    assert deep(pages()) == set()


def test_the_docstrings_of_the_parts_lead_to_no_file_inside_a_part() -> None:
    assert deep(docstrings()) == set()
