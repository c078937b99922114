"""Every notebook runs from top to bottom and is stored without outputs."""

import ast
import asyncio
import json
import re
import time
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from tests.profiles import exhaustive

FOLDER = Path(__file__).parents[2] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
LONGEST = 15  # lines of a cell
SECONDS = 60  # for a notebook

every_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def read(path: Path) -> Any:
    return nbformat.read(path, as_version=nbformat.NO_CONVERT)  # type: ignore[no-untyped-call]


def code_cells(book: Any) -> list[Any]:
    return [cell for cell in book.cells if cell.cell_type == "code"]


def python(source: str) -> ast.Module:
    """The cell as Python reads it, without the lines that only a notebook understands."""
    return ast.parse("\n".join(line for line in source.splitlines() if not line.startswith(("%", "!"))))


def test_the_notebooks_are_numbered_from_one() -> None:
    assert [int(path.stem.split("_")[0]) for path in NOTEBOOKS] == [*range(1, len(NOTEBOOKS) + 1)]
    assert len(NOTEBOOKS) >= 3


@pytest.mark.parametrize(
    "path",
    [path if path.stem.startswith("1_") else exhaustive(path) for path in NOTEBOOKS],
    ids=[path.stem for path in NOTEBOOKS],
)
def test_a_notebook_runs(path: Path) -> None:
    """In its own kernel, with one time limit for all cells; a cell that raises fails the test with its traceback."""
    end = time.monotonic() + SECONDS
    client = NotebookClient(
        read(path),
        kernel_name="python3",
        resources={"metadata": {"path": str(FOLDER)}},
        timeout_func=lambda _cell: max(1, int(end - time.monotonic())),
    )
    # A loop of its own that is closed again, where the one of `execute` stays open, and of the kind that zmq needs.
    with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner:
        done = runner.run(client.async_execute())
    outputs = [output for cell in code_cells(done) for output in cell.outputs]
    assert [output.text for output in outputs if output.get("name") == "stderr"] == []


@every_notebook
def test_a_notebook_is_stored_as_it_was_written(path: Path) -> None:
    book = read(path)
    nbformat.validate(book)
    for cell in code_cells(book):
        assert (cell.outputs, cell.execution_count) == ([], None), cell.id
    assert [cell.id for cell in book.cells if set(cell.metadata) - {"tags"}] == []
    # No version of anybody's Python.
    assert book.metadata == {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    text = path.read_text("utf-8")
    assert text == json.dumps(json.loads(text), indent=1, ensure_ascii=False) + "\n"


@every_notebook
def test_cells_are_short_and_keep_their_names(path: Path) -> None:
    book = read(path)
    assert (book.nbformat, book.nbformat_minor) == (4, 5)
    names = [cell.id for cell in book.cells]
    assert len(set(names)) == len(names)
    # Named by a person: a tool would have given hexadecimal digits, new ones whenever it writes the cell anew.
    assert [name for name in names if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", name)] == []
    assert [name for name in names if re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f-]+)?", name)] == []
    assert [cell.id for cell in code_cells(book) if len(cell.source.splitlines()) > LONGEST] == []


@every_notebook
def test_a_notebook_asserts_what_it_says(path: Path) -> None:
    book = read(path)
    assert book.cells[0].source.startswith("# ")
    nodes = [node for cell in code_cells(book) for node in ast.walk(python(cell.source))]
    assert any(isinstance(node, ast.Assert) for node in nodes)
