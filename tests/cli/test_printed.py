"""What every command prints is in one file, so that a change of words is read before it is made.

If a change is meant, write the file again with ``python -m tests.cli.printed_outputs``.
"""

from pathlib import Path

import pytest

from aql.cli.commands import app
from tests.cli.printed_outputs import COMMANDS, fill, of_command, of_values, sections


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("files")
    fill(made)
    return made


@pytest.mark.parametrize("words", COMMANDS)
def test_what_a_command_prints_is_as_it_was(folder: Path, words: str) -> None:
    section = sections()[list(COMMANDS).index(words)]
    assert of_command(words, folder).splitlines() == section.splitlines()


def test_plans_and_verdicts_are_printed_as_they_were() -> None:
    assert of_values().splitlines() == sections()[-1].splitlines()
    assert len(sections()) == len(COMMANDS) + 1


def test_every_command_is_in_the_file() -> None:
    named = {one.name or getattr(one.callback, "__name__", "") for one in app.registered_commands}
    assert named - {"demo"} == {words.split()[0] for words in COMMANDS} - {"paln"}
