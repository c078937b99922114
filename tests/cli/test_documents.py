"""Documents from standard input, named with a hyphen."""

import io
import json
import shutil
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import aql
from aql import examples
from aql.cli import documents
from aql.cli.commands import app
from aql.documents.input_limits import DEFAULT_LIMITS

FOLDER = examples.example_file("tablet_order")


def run(*args: str, given: bytes, code: int) -> Result:
    result = CliRunner().invoke(app, list(args), input=given)
    assert result.exit_code == code, result.output
    return result


def test_a_contract_comes_in_toml_or_json() -> None:
    toml = (FOLDER / "contract.toml").read_bytes()
    for given in (
        toml,
        b"\xef\xbb\xbf" + toml,
        aql.Contract.load(FOLDER / "contract.toml").to_json().encode(),
    ):
        assert "0 errors, 0 warnings, 2 notes" in run("check", "-", given=given, code=0).output


def test_the_findings_of_a_header_are_looked_for_in_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(FOLDER, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    header = Path("inspection.toml").read_bytes()
    out = run("score", "contract.toml", "-", "--json", given=header, code=1).output
    assert json.loads(out)["decision"] == "reject"
    whole = aql.Inspection.load("inspection.toml").to_json().encode()
    assert run("score", "contract.toml", "-", "--json", given=whole, code=1).output == out


@pytest.mark.parametrize(
    ("args", "given", "told"),
    [
        (["check", "-"], b" \n", "aql: standard input is empty."),
        (["check", "-"], b"\xff\xfe", "aql: standard input must be UTF-8 text, got byte 0xff in line 1."),
        (["check", "-"], b"order = ", "aql: standard input has 1 problem:"),
        (["score", "-", "-"], b"", "aql: only one document can come from standard input, got - twice."),
    ],
    ids=["empty", "encoding", "syntax", "twice"],
)
def test_what_cannot_be_read_is_told(args: list[str], given: bytes, told: str) -> None:
    assert run(*args, given=given, code=2).output.startswith(told)


def test_standard_input_has_a_limit_that_is_checked_before_it_is_read_to_its_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    given = aql.Contract.load(FOLDER / "contract.toml").to_json().encode()
    monkeypatch.setattr(documents, "DEFAULT_LIMITS", replace(DEFAULT_LIMITS, file_bytes=len(given)))
    assert "0 errors" in run("check", "-", given=given, code=0).output
    assert "standard input" in run("check", "-", given=given + b"\n", code=2).output
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given + b" " * 1000)))
    with pytest.raises(aql.AqlError, match="standard input"):
        documents.read_contract(Path("-"))
    assert len(sys.stdin.buffer.read()) == 999
