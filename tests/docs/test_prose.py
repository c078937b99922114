"""No text in the repository uses a phrase that the prose check knows: documentation, notebooks, code and its messages."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def check() -> ModuleType:
    spec = importlib.util.spec_from_file_location("check_prose", ROOT / ".ci" / "check_prose.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_no_text_uses_a_phrase_of_the_list(check: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert {path.relative_to(ROOT).parts[0] for path in check.tracked()} >= {"aql", "docs", "README.md"}
    assert check.main([]) == 0, capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("n 5 is no sequence.", "is no sequence"),
        ("It is 0.10 unless\n  said.", "unless said"),
        ("One row a line; one file a day.", "row a line"),
        ("There is no sequence, and 5 is no longer one.", None),
        ("The row in the file stands out.", None),
        ("Mend it.  # prose: quoted", None),
    ],
)
def test_a_phrase_is_found_with_its_advice(check: ModuleType, text: str, phrase: str | None) -> None:
    found = [words for _, words, advice in check.found_in(text) if advice]
    assert (phrase in found) if phrase else (found == [])


def test_every_kind_of_file_is_read_for_its_words(check: ModuleType, tmp_path: Path) -> None:
    files = {
        "page.md": "# Title\n\n```python\nmend = 1\n```\n\nThey mend it.\n",
        "book.ipynb": '{"cells": [{"cell_type": "code", "source": ["mend"]}, {"cell_type": "markdown", "source": ["mend"]}]}',
        "code.py": "mend = 1\nmend + 1  # mend\n",
        "data.toml": "\n# mend\n",
    }
    places = {}
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
        places[name] = [
            (first + before)
            for first, part in check.texts(tmp_path / name)
            for before, _, _ in check.found_in(part)
        ]
    assert places == {"page.md": [7], "book.ipynb": [2], "code.py": [2], "data.toml": [2]}
