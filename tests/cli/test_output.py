"""What the commands print fits the width of the terminal and the encoding of the output."""

import io
import re
import sys

import pytest

from aql import examples, lookup, score
from aql.cli import printing
from aql.cli.output import in_encoding, print_json
from tests.cli.command_runs import run


class Terminal(io.StringIO):
    """A terminal."""

    def isatty(self) -> bool:
        """Say so."""
        return True


def seen(monkeypatch: pytest.MonkeyPatch, width: int, what: str) -> str:
    """What a terminal of that width shows."""
    terminal = Terminal()
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys, "stdout", terminal)
    if what == "verdict":
        printing.print_verdict(score(*examples.tablet_order()))
    else:
        printing.print_plans([lookup(3000, aql=aql, sampling="double") for aql in ("1.0", "2.5")])
    return re.sub(r" +\n", "\n", re.sub(r"\x1b\[[\d;]*m", "", terminal.getvalue()))


@pytest.mark.parametrize("what", ["verdict", "plans"])
@pytest.mark.parametrize("width", [30, 40, 57, 80])
def test_nothing_is_cut_and_nothing_sticks_out(
    monkeypatch: pytest.MonkeyPatch, width: int, what: str
) -> None:
    out = seen(monkeypatch, width, what)
    assert "…" not in out
    assert max(map(len, out.splitlines())) <= width
    if what == "verdict":
        for line in score(*examples.tablet_order()).lines:
            assert re.search(rf"^ ?{line.name}( .*)?$", out, re.MULTILINE), line.name


def test_a_narrow_terminal_shows_paragraphs_instead_of_a_table(monkeypatch: pytest.MonkeyPatch) -> None:
    out = seen(monkeypatch, 40, "verdict")
    assert "\nbattery-capacity\n  decision ✗ reject, found 1, Ac 0,\n  Re 1, sample 5\n" in out
    assert "\nAQL 1.0\n  letter K, sample 1, n 80, Ac 1, Re 3\n  sample 2, n 80, Ac 4, Re 5\n" in seen(
        monkeypatch, 40, "plans"
    )


def widest(text: str) -> int:
    return max(map(len, text.splitlines()))


def test_a_table_is_printed_as_one_wherever_it_fits() -> None:
    """The table of one plan is 41 wide: "2.5   D → C    5    0    1" and its blanks."""
    ruled = {columns: "───" in run("plan", "30", "--aql", "2.5", columns=columns).out for columns in (36, 60)}
    assert ruled == {36: False, 60: True}
    whole = next(line for line in run("plan", "30", "--aql", "2.5").out.splitlines() if "───" in line)
    exact = len(whole) + 1  # with the blank at the right end
    assert "───" in run("plan", "30", "--aql", "2.5", columns=exact).out
    assert "───" not in run("plan", "30", "--aql", "2.5", columns=exact - 1).out


@pytest.mark.parametrize("columns", [40, 50, 51, 52, 53, 60, 79, 80, 200])
def test_help_fits_the_terminal_and_is_never_wider_than_80(columns: int) -> None:
    out = run("plan", "--help", columns=columns).out
    assert widest(out) <= min(columns, 80)
    assert widest(out) > min(columns, 80) * 0.8


def test_a_message_is_wrapped_in_a_terminal_and_is_one_line_in_a_pipe() -> None:
    (line, see) = run("plan", "many").err.splitlines()
    assert see == "See aql plan --help."
    narrow = run("plan", "many", columns=40).err
    assert widest(narrow) <= 40
    assert " ".join(narrow.split()) == f"{line} {see}"


@pytest.mark.parametrize(
    ("text", "encoding", "shown"),
    [
        ("✓ accept", "utf-8", "✓ accept"),
        ("✓ accept ✗ reject D → E", "ascii", "OK accept X reject D -> E"),
        ("✓ 2 × 3 — °C", "cp1252", "OK 2 × 3 — °C"),
        ("Größe 茶", "ascii", "Gr\\xf6\\xdfe \\u8336"),
    ],
)
def test_what_an_encoding_lacks_is_replaced_and_never_lost(text: str, encoding: str, shown: str) -> None:
    assert in_encoding(text, encoding) == shown


@pytest.mark.parametrize("encoding", ["ascii", "utf-8"])
def test_json_can_be_read_back_in_every_encoding(monkeypatch: pytest.MonkeyPatch, encoding: str) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding, write_through=True))
    print_json({"term": "Größe"})
    assert (b"\\u00f6" in raw.getvalue()) == (encoding == "ascii")
    assert raw.getvalue().decode(encoding).encode().decode(
        "unicode_escape" if encoding == "ascii" else "utf-8"
    ) == ('{\n  "term": "Größe"\n}\n')
