"""Characters that steer a terminal or reorder a line are shown as signs, wherever a person sees the text."""

import io
import json
import re
import unicodedata
from pathlib import Path

import openpyxl
import pytest

import aql
from aql.report.page import report_html
from aql.words import UNSEEN, visible
from tests.cli.test_commands import run
from tests.scoring.builders import cls, contract, header, single, term

ESCAPE = "\x1b[2J\x1b]0;accepted\x07"
REORDERED = "\u202ehcraes\u2066\u200f"
HOSTILE = f"dent {ESCAPE}{REORDERED}\x85\x9b31m\u2028end"
STEERING = re.compile(f"[{''.join(map(chr, UNSEEN))}]")


def hostile_order() -> tuple[aql.Contract, aql.Inspection]:
    agreed = contract(
        [cls("major", plan=single(5, 0))],
        [term("dent", "major") | {"text": HOSTILE}],
    )
    row = {"item": 1, "term": "dent", "class": "major", "note": HOSTILE}
    data = header()
    data["inspection"] = {**data["inspection"], "remarks": [HOSTILE]}
    return agreed, aql.Inspection.load(data, findings=[row])


def test_every_character_that_steers_has_a_sign() -> None:
    steering = {
        code
        for code in range(0x110000)
        if unicodedata.category(chr(code)) in {"Cc", "Zl", "Zp", "Cs"}
        or unicodedata.bidirectional(chr(code))
        in {"LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI"}
    } - {9, 10}
    assert steering <= set(UNSEEN)
    assert not STEERING.search(visible("".join(map(chr, UNSEEN))))
    assert visible("Schr\u00e4ge \u05d0\u05d1 \U0001f44d\n\t") == "Schr\u00e4ge \u05d0\u05d1 \U0001f44d\n\t"


def test_no_face_of_a_value_steers() -> None:
    agreed, inspection = hostile_order()
    verdict = aql.score(agreed, inspection)
    for value in (agreed, inspection, verdict, verdict.defects[0], inspection.rows[0], agreed.terms[0]):
        for text in (str(value), repr(value)):
            assert not STEERING.search(text), type(value)
    for shown in (agreed, inspection, verdict, aql.check(agreed)):
        assert not STEERING.search(shown._repr_html_())
    assert not STEERING.search(report_html(verdict, inspection=inspection, contract=agreed))
    assert "\u27e8U+202E\u27e9" in report_html(verdict, inspection=inspection, contract=agreed)


def test_no_cell_of_a_workbook_steers(tmp_path: Path) -> None:
    agreed, inspection = hostile_order()
    path = aql.write_workbook(aql.score(agreed, inspection), tmp_path / "v.xlsx", inspection=inspection)
    book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()))
    texts = [str(cell.value) for page in book for row in page.iter_rows() for cell in row]
    assert any("\u27e8U+202E\u27e9" in text for text in texts)
    assert not any(STEERING.search(text) for text in texts)


def test_no_message_steers() -> None:
    assert not STEERING.search(str(aql.AqlError(HOSTILE, todo=HOSTILE)))
    problem = aql.errors.Problem(HOSTILE, HOSTILE, "bad-value")
    assert not STEERING.search(str(problem))
    assert not STEERING.search(str(aql.DocumentError(HOSTILE, [problem])))


def test_no_output_of_a_command_steers_and_json_loses_nothing(tmp_path: Path) -> None:
    agreed, inspection = hostile_order()
    files = [str(agreed.save(tmp_path / "c.toml")), str(inspection.save(tmp_path / "i.json"))]
    assert not STEERING.search(run("score", *files, code=1).output)
    printed = run("score", *files, "--json", code=1).output
    assert not STEERING.search(printed)
    assert aql.Verdict.from_dict(json.loads(printed)) == aql.score(agreed, inspection)


def test_a_text_that_a_cell_would_cut_is_told(tmp_path: Path) -> None:
    agreed, inspection = hostile_order()
    long = aql.Inspection.load(
        inspection.header.to_dict(), findings=[{"class": "major", "item": 1, "note": "x" * 32_768}]
    )
    with pytest.raises(aql.AqlError, match="a cell can hold 32767") as raised:
        aql.write_workbook(aql.score(agreed, long), tmp_path / "v.xlsx", inspection=long)
    assert raised.value.code == "too-long"
