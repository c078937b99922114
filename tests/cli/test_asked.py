"""What is typed after a command: a value that cannot be taken is named, with what is allowed and what to write."""

import re

import pytest
from typer.testing import CliRunner

from aql.cli.commands import app

LOT = "a lot size is a whole number, 2 or more"
LEVEL = "a level is one of S-1, S-2, S-3, S-4, I, II, III"
SEVERITY = "a severity is one of normal, tightened, reduced"
DIGITS = "Write it in digits alone, such as 2400."


def refused(*args: str) -> str:
    """The error of a command, without its usage and the name of the argument, which are those of the parser."""
    result = CliRunner().invoke(app, list(args))
    assert result.exit_code == 2, result.output
    told = " ".join(result.output.split("Error: ")[1].split())
    return re.sub(r"Invalid value for [^:]+: ", "", told)


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
    says = f"{text!r} is no whole number; {LOT}. {todo}"
    assert refused("plan", text, "--aql", "2.5") == says
    assert refused("sheet", "x.toml", "--lot-size", text) == says


def test_a_negative_lot_size_is_no_option() -> None:
    assert refused("plan", "-5", "--aql", "2.5") == (
        "lot size -5 is too small; the tables begin at lots of 2 items. Give the number of items in the lot."
    )


@pytest.mark.parametrize(
    ("option", "text", "says"),
    [
        ("--level", "ii", f"level 'ii' is not known; {LEVEL}. Did you mean 'II'?"),
        ("--level", "s1", f"level 's1' is not known; {LEVEL}. Did you mean 'S-1'?"),
        ("--level", "IV", f"level 'IV' is not known; {LEVEL}. Did you mean 'I'?"),
        ("--severity", "strict", f"severity 'strict' is not known; {SEVERITY}. Use one of these 3."),
        ("--severity", "tight", f"severity 'tight' is not known; {SEVERITY}. Did you mean 'tightened'?"),
        (
            "--sampling",
            "Double",
            "sampling 'Double' is not known; a sampling is one of single, double, multiple. Did you mean 'double'?",
        ),
    ],
)
def test_a_word_that_is_not_known_comes_with_the_nearest_one(option: str, text: str, says: str) -> None:
    assert refused("plan", "30", option, text) == says


def test_a_stage_is_a_whole_number_from_1() -> None:
    stage = "a stage is a whole number, 1 or more"
    assert refused("sheet", "x.toml", "--stage", "0") == f"'0' is too small; {stage}. Write 1."
    assert refused("sheet", "x.toml", "--stage", "two") == (
        f"'two' is no whole number; {stage}. Write it in digits alone, such as 1."
    )


def test_the_help_lists_what_may_be_chosen() -> None:
    out = CliRunner().invoke(app, ["plan", "--help"]).output
    for choices in ("S-1|S-2|S-3|S-4|I|II|III", "normal|tightened|reduced", "single|double|multiple"):
        assert f"<{choices}>" in out
    assert "[default: II]" in out
