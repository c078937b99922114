"""The pick list: every item once, in carton order, as a page and as a workbook; and the command that draws."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

import aql
from aql.cli.commands import app
from aql.inspection.commitments import commitment
from aql.report.pick_list import pick_list_html, pick_list_target
from tests.lots_of_cartons import OF_480
from tests.pages import NASTY, Page, needs_nothing
from tests.scoring.builders import cls, contract, term

AGREED = contract(cls(aql=2.5), [term("drop", of="cartons", level="S-1")], sampling="double")
NONCE = "00112233445566778899aabbccddeeff"
DRAWING = aql.draw(AGREED, OF_480, seed=20260117, nonce=NONCE)


def test_the_page_lists_every_item_of_the_stage() -> None:
    for stage in (1, 2):
        text = pick_list_html(DRAWING, stage=stage)
        assert needs_nothing(text)
        page, picks = Page(text), DRAWING.in_carton_order(stage)
        assert [one.text for one in page.of("pick")] == [f"☐ {one.piece} ({one.number})" for one in picks]
        cartons = [one.text for one in page.of("carton")]
        whole = sorted(str(one.carton) for one in DRAWING.cartons if one.stage == stage)
        assert [one.split(",")[0] for one in cartons][: len(DRAWING.open_cartons(stage))] == [
            str(one) for one in DRAWING.open_cartons(stage)
        ]
        assert sorted(cartons[len(DRAWING.open_cartons(stage)) :]) == whole
        assert "40, not packed" in cartons
    assert DRAWING.commitment is not None
    assert DRAWING.commitment in text
    assert pick_list_html(DRAWING) == pick_list_html(aql.Drawing.from_json(DRAWING.to_json()))


def test_the_page_says_which_cartons_to_open_and_what_the_sample_says_about_each_sku() -> None:
    page = Page(pick_list_html(DRAWING))
    for sku in ("A & B", "<C>", "D"):
        cartons = DRAWING.open_cartons(1, sku)
        noun = "carton" if len(cartons) == 1 else "cartons"
        assert f"Open {len(cartons)} {noun} of {sku}: {cartons[0]}" in page.text
    one_sku = OF_480 | {"carton": [{"numbers": "1-40", "units": 12}]}
    bare = Page(pick_list_html(aql.draw(AGREED, one_sku, seed=20260117, nonce=NONCE))).text
    assert "Open 7 cartons: " in bare
    assert "What the sample says about each SKU" in page.text
    assert "What the sample says about each SKU" not in bare


def test_without_openpyxl_no_workbook_is_begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(aql.MissingExtraError):
        pick_list_target(tmp_path / "picks.xlsx")
    assert pick_list_target(tmp_path / "picks.html") == tmp_path / "picks.html"


def test_names_are_escaped_and_a_bare_lot_has_a_page() -> None:
    lot = {"id": NASTY, "size": 9, "skus": [{"sku": NASTY, "quantity": 9}]}
    text = pick_list_html(aql.draw(contract(cls(aql=2.5)), lot, seed=1))
    assert "<script" not in text
    assert needs_nothing(text)
    assert "Open" not in Page(text).text


def test_the_workbook_has_the_same_items(tmp_path: Path) -> None:
    changed = DRAWING.replace(5, reason="missing")
    book = load_workbook(aql.write_pick_list(changed, tmp_path / "picks.xlsx", stage=1))
    assert book.sheetnames == ["Picks", "Whole cartons", "SKUs", "Drawing"]
    rows = list(book["Picks"].iter_rows(min_row=2, values_only=True))
    assert [row[:5] for row in rows] == [
        (one.carton, one.sku, one.piece, one.number, "yes" if one.packed else "no")
        for one in changed.in_carton_order()
    ]
    facts = [row[:2] for row in book["Drawing"].iter_rows(values_only=True)]
    assert ("seed", "20260117") in facts
    assert any(name == "replaced" and "missing" in str(value) for name, value in facts)
    plain = aql.draw(contract(cls(aql=2.5)), {"id": "L1", "size": 20}, seed=1)
    book = load_workbook(aql.write_pick_list(plain, tmp_path / "plain.xlsx"))
    assert book.sheetnames == ["Picks", "Drawing"]


@pytest.mark.parametrize(
    ("name", "keywords", "message"),
    [
        ("picks.pdf", {}, "the pick list must end in .html, .htm or .xlsx, got 'picks.pdf'"),
        ("none/picks.html", {}, "does not exist"),
        ("picks.html", {"stage": 3}, "stage must be a whole number, 1 to 2, got 3"),
        ("picks.xlsx", {"stage": 0}, "stage must be"),
    ],
)
def test_what_cannot_be_written(tmp_path: Path, name: str, keywords: Any, message: str) -> None:
    with pytest.raises(aql.AqlError, match=message):
        aql.write_pick_list(DRAWING, tmp_path / name, **keywords)
    assert list(tmp_path.iterdir()) == []


def test_only_a_drawing_has_a_pick_list(tmp_path: Path) -> None:
    with pytest.raises(aql.DomainError, match=r"drawing must be an aql\.Drawing"):
        aql.write_pick_list(AGREED, tmp_path / "picks.html")  # type: ignore[arg-type]


# The command.


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    AGREED.save(tmp_path / "contract.toml")
    header = {"schema": "aql.inspection/1", "contract": "PO-1", "lot": OF_480}
    (tmp_path / "inspection.json").write_text(json.dumps(header), "utf-8")
    return str(tmp_path / "contract.toml"), str(tmp_path / "inspection.json")


def run(*args: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["draw", *args])
    if isinstance(result.exception, aql.AqlError):
        return 2, str(result.exception)
    return result.exit_code, result.output


def test_the_command_prints_what_the_library_draws(files: tuple[str, str], tmp_path: Path) -> None:
    code, out = run(*files, "--seed", "20260117", "--nonce", NONCE, "--json")
    assert code == 0
    assert aql.Drawing.from_json(out) == DRAWING
    code, out = run(
        *files,
        "--seed",
        "20260117",
        "--html",
        str(tmp_path / "picks.html"),
        "--xlsx",
        str(tmp_path / "picks.xlsx"),
    )
    assert code == 0
    assert "Open 7 cartons:" in out
    assert "Whole cartons:" in out
    assert "whole lot" in out
    lines = [line.split() for line in out.splitlines()]
    for pick in DRAWING.in_carton_order():
        assert any(
            [str(pick.piece), str(pick.number)] == line[-2:] or line[-2:] == ["not", "packed"]
            for line in lines
        )
    assert (tmp_path / "picks.html").is_file()
    assert (tmp_path / "picks.xlsx").is_file()
    code, out = run(*files, "--seed", "20260117", "--by", "items", "--stage", "2")
    assert code == 0
    assert "drawn from all items alike" in " ".join(out.split())


def test_the_command_commits_to_a_seed(files: tuple[str, str]) -> None:
    code, out = run(*files, "--seed", "7", "--commit", "--nonce", NONCE)
    assert code == 0
    assert commitment(7, NONCE) in out
    _, first = run(*files, "--seed", "7", "--commit")
    _, second = run(*files, "--seed", "7", "--commit")
    assert first != second


@pytest.mark.parametrize("seed", ["x", "-1", "1.5", "", "9" * 40])
def test_a_seed_that_is_not_a_whole_number(files: tuple[str, str], seed: str) -> None:
    code, _ = run(*files, f"--seed={seed}")
    assert code == 2


def test_a_stage_too_far(files: tuple[str, str]) -> None:
    code, out = run(*files, "--seed", "1", "--stage", "3")
    assert code == 2
    assert "--stage must be a whole number, 1 to 2, got 3." in out


def test_the_command_replaces(files: tuple[str, str]) -> None:
    carton = DRAWING.item(9).carton
    given = ("--replace", "3=crushed", "--replace-carton", f"{carton}=wet", "--json")
    code, out = run(*files, "--seed", "20260117", "--nonce", NONCE, *given)
    assert code == 0
    expected = DRAWING.replace(3, reason="crushed").replace_carton(carton or 0, reason="wet")
    assert aql.Drawing.from_json(out) == expected


@pytest.mark.parametrize("value", ["3", "x=wet", "=wet", "3=", "99=wet"])
def test_what_cannot_be_replaced(files: tuple[str, str], value: str) -> None:
    code, out = run(*files, "--seed", "1", "--replace", value)
    assert code == 2
    assert "replace" in out or "number must be" in out
