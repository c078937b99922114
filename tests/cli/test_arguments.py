"""Values typed on the command line: an invalid one is named, with what is allowed and what to write."""

import re

import pytest
from typer.testing import CliRunner

from aql import examples
from aql.cli.commands import app

CONTRACT = str(examples.example_file("tablet_order/contract.toml"))

LEVEL = '--level must be "S-1", "S-2", "S-3", "S-4", "I", "II" or "III", got'
SEVERITY = '--severity must be "normal", "tightened" or "reduced", got'
DIGITS = "Write digits only, such as 2400."


def refused(*args: str) -> str:
    """The error of a command, without the line on its help."""
    result = CliRunner().invoke(app, list(args))
    assert result.exit_code == 2, result.output
    told = " ".join(result.output.split()).removeprefix("aql: ")
    return told.removesuffix(f" See aql {args[0]} --help.")


def test_an_unknown_command_is_told_with_those_that_exist() -> None:
    told = refused("lookup", "4800")
    assert told.startswith('the command must be "plan", "sheet", "draw", ')
    assert told.endswith("got 'lookup'.")
    assert refused("scor").endswith("got 'scor'. Did you mean \"score\"?")


@pytest.mark.parametrize(
    ("text", "todo"),
    [
        ("abc", DIGITS),
        ("2400.5", DIGITS),
        ("2,40", DIGITS),
        ("2.400", DIGITS),
        ("", DIGITS),
        ("٣", DIGITS),
        ("2,400", "Write 2400."),
        ("1 200 000", "Write 1200000."),
        ("2400.0", "Write 2400."),
    ],
)
def test_a_lot_size_is_a_whole_number(text: str, todo: str) -> None:
    says = f"must be a whole number, 1 or more, got {text!r}. {todo}"
    assert refused("plan", text, "--aql", "2.5") == f"the lot size {says}"
    assert refused("sheet", "x.toml", "--lot-size", text) == f"--lot-size {says}"


def test_a_negative_lot_size_is_no_option() -> None:
    assert refused("plan", "-5", "--aql", "2.5") == "the lot size must be a whole number, 1 or more, got -5."


@pytest.mark.parametrize(
    ("option", "text", "says"),
    [
        ("--level", "ii", f"{LEVEL} 'ii'. Did you mean \"II\"?"),
        ("--level", "s1", f"{LEVEL} 's1'. Did you mean \"S-1\"?"),
        ("--level", "IV", f"{LEVEL} 'IV'."),
        ("--severity", "strict", f"{SEVERITY} 'strict'."),
        ("--severity", "tight", f"{SEVERITY} 'tight'. Did you mean \"tightened\"?"),
        (
            "--sampling",
            "Double",
            '--sampling must be "single", "double" or "multiple", got \'Double\'. Did you mean "double"?',
        ),
    ],
)
def test_a_word_that_is_not_known_comes_with_the_nearest_one(option: str, text: str, says: str) -> None:
    assert refused("plan", "30", option, text) == says


def test_a_stage_is_a_whole_number_from_1() -> None:
    whole = "--stage must be a whole number, 1 or more, got"
    assert refused("sheet", "x.toml", "--stage", "0") == f"{whole} '0'."
    assert refused("sheet", "x.toml", "--stage", "two") == f"{whole} 'two'. Write digits only, such as 1."


def test_the_help_lists_what_may_be_chosen() -> None:
    out = CliRunner().invoke(app, ["plan", "--help"]).output
    out = " ".join(out.split())
    for choices in (
        "Inspection level: S-1, S-2, S-3, S-4, I, II or III. [default: (II)]",
        "Severity: normal, tightened or reduced. [default: normal]",
        "Type of sampling: single, double or multiple. [default: single]",
        "ISO 2859-1:1999, ISO 2859-1:2026, ANSI/ASQ Z1.4 or MIL-STD-105E. [default: ISO 2859-1:1999]",
        "0 means not allowed. [default: 0, 2.5, 4.0]",
    ):
        assert choices in out


@pytest.mark.parametrize(
    "args",
    [
        ["plan"],
        ["plan", "30", "--letter", "K"],
        ["plan", "--letter", "K", "--level", "I"],
        ["plan", "--letter", "Z"],
        ["plan", "0"],
        ["plan", "30", "--aql", "1.2"],
        ["plan", "30", "--aql", "x"],
        ["plan", "30", "--standard", "ISO"],
        ["plan", "30", "--standard", "ISO 2859-1:2026"],
        ["check", "contract.txt"],
        ["score", "contract.toml", "findings.csv"],
        ["sheet", CONTRACT, "--stage", "3"],
        ["sheet", CONTRACT, "--out", CONTRACT],
        ["demo", "--html", "report.pdf"],
    ],
    ids=" ".join,
)
def test_messages_speak_of_options_and_not_of_python(args: list[str]) -> None:
    told = refused(*args).replace(CONTRACT, "FILE")
    assert not re.search(r"[a-z]_[a-z]|\w\(|\w=|dict|sequence|Path", told), told


def test_the_default_level_is_not_for_a_letter() -> None:
    assert refused("plan", "--letter", "K", "--level", "I") == ("--level must be left out with --letter.")
