"""aql switch: series of lots from a file, and what is wrong with the file."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from aql import AqlError, DocumentError
from aql.cli.commands import app
from aql.scheme.stream_file import read_streams


def run(path: Path, text: str, *args: str) -> tuple[int, str]:
    path.write_text(text, "utf-8")
    result = CliRunner().invoke(app, ["switch", str(path), *args])
    if isinstance(result.exception, AqlError):
        return 2, str(result.exception)
    return result.exit_code, result.output


def test_it_prints_each_lot_and_what_comes_next(tmp_path: Path) -> None:
    code, out = run(
        tmp_path / "s.csv", "lot,found\nA,0\nB,7\nC,6\nD,1\n", "--aql", "2.5", "--lot-size", "1200"
    )
    assert code == 0
    assert "ISO 2859-1:1999, scheme J, AQL 2.5" in out
    assert "tightened" in out
    assert "Four more accepted lots and normal inspection resumes." in " ".join(out.split())


def test_streams_and_sizes_from_the_file(tmp_path: Path) -> None:
    text = "stream,lot,date,lot_size,found\nX,1,2026-01-05,1200,7\nY,1,2026-01-06,300,0\nX,2,2026-01-07,1200,6\n\n"
    code, out = run(tmp_path / "s.csv", text, "--aql", "2.5", "--json")
    assert code == 0
    first, second = json.loads(out)
    assert (first["stream"], first["next_severity"]) == ("X", "tightened")
    assert [lot["score"] for lot in first["lots"]] == [0, 0]
    assert second["lots"][0]["plan"] == "n 50, Ac 3"


def test_a_resubmitted_lot_is_marked(tmp_path: Path) -> None:
    text = "lot,found,resubmitted\nA,7,no\nA,2,yes\nB,0,no\n"
    code, out = run(tmp_path / "s.csv", text, "--aql", "2.5", "--lot-size", "1200")
    assert code == 0
    assert out.count("does not count") == 1


def test_stages_and_no_reduced(tmp_path: Path) -> None:
    text = "found\n0\n3 5\n" + "0\n" * 12
    args = ("--aql", "2.5", "--letter", "J", "--sampling", "double")
    code, out = run(tmp_path / "s.csv", text, *args, "--json")
    assert code == 0
    assert json.loads(out)[0]["next_severity"] == "reduced"
    _, out = run(tmp_path / "s.csv", text, *args, "--no-reduced", "--json")
    assert json.loads(out)[0]["next_severity"] == "normal"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("lot,foud\nA,0\n", "got 'foud'. Did you mean \"found\"?"),
        ("lot\nA\n", "must have a column found"),
        ("found,found\n1,1\n", "column found appears twice"),
        ("", "must have a column found"),
        ("found\n", "must have one or more lots"),
        ("found,lot\n1\n", "row 2: must have 2 cells, one per column, got 1"),
        ("found\n-1\n", "row 2, column found: must be a number, or one per stage such as 3 5, got '-1'"),
        ("found,lot_size\n1,many\n", "row 2, column lot_size: must be a whole number, got 'many'"),
        ("found,date\n1,5.1.2026\n", "row 2, column date: must be a date such as 2026-12-10, got '5.1.2026'"),
        (
            "found,severity\n1,hard\n",
            'row 2, column severity: must be "normal", "tightened" or "reduced", got \'hard\'',
        ),
        ("found,steady\n1,maybe\n", "row 2, column steady: must be yes or no, got 'maybe'"),
    ],
)
def test_what_is_wrong_with_a_file(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "s.csv"
    path.write_text(text, "utf-8")
    with pytest.raises(DocumentError) as caught:
        read_streams(path)
    assert message in str(caught.value)


def test_words_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "s.csv"
    path.write_text("found;steady;authority;resubmitted;resume\n1;NO;yes;true;0\n", "utf-8-sig")
    (lot,) = read_streams(path, delimiter=";")[""]
    assert (lot.steady, lot.authority, lot.resubmitted, lot.resume) == (False, True, True, False)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(AqlError, match="does not exist"):
        read_streams(tmp_path / "none.csv")
    (tmp_path / "s.csv").write_bytes(b"found\n\xff\n")
    with pytest.raises(AqlError, match="must be UTF-8 text, got byte"):
        read_streams(tmp_path / "s.csv")


@pytest.mark.parametrize(
    ("text", "args", "message"),
    [
        ("found\n0\n", (), "pass --lot-size or --letter, or a column lot_size"),
        ("found\n0\n", ("--lot-size", "1200", "--letter", "J"), "pass a lot size or --letter, got both"),
        (
            "stream,lot,found\nACME,B7,90\n",
            ("--letter", "J"),
            "ACME, lot B7: found must be a whole number, 0 to 80",
        ),
    ],
)
def test_what_does_not_fit_is_named(tmp_path: Path, text: str, args: tuple[str, ...], message: str) -> None:
    code, out = run(tmp_path / "s.csv", text, "--aql", "2.5", *args)
    assert code == 2
    assert message in " ".join(out.split())
