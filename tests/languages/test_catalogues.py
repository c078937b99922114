"""The catalogues: complete, with the same facts in every sentence, and used for every word of a report."""

import re
import string
from datetime import date
from decimal import Decimal
from html import unescape
from pathlib import Path

import openpyxl
import pytest
from babel.messages.catalog import Message as Entry
from babel.messages.pofile import read_po
from typer.testing import CliRunner

import aql
from aql.cli.commands import app
from aql.languages import (
    LANGUAGES,
    catalogue,
    day,
    html_language,
    number,
    numeral,
    say,
    say_plural,
    spoken,
)
from aql.report.page import report_html
from aql.report.pick_list import pick_list_html
from tests.languages.messages import messages
from tests.report.cases import CASES
from tests.scoring.builders import cls, contract, term

FOLDER = Path(catalogue.__file__).parent
OTHERS = [name for name in LANGUAGES if name != "en"]
every_language = pytest.mark.parametrize("name", OTHERS)


def entries(name: str) -> dict[object, Entry]:
    with (FOLDER / f"{name}.po").open("rb") as file:
        return {one.id: one for one in read_po(file, locale=name) if one.id}


def facts(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@every_language
def test_a_catalogue_lacks_nothing_and_has_nothing_left_over(name: str) -> None:
    there, wanted, possible = set(entries(name)), messages(), messages(of_errors=True)
    assert sorted(map(str, wanted - there)) == [], f"{name}.po lacks these"
    assert sorted(map(str, there - possible)) == [], f"{name}.po has these, which nothing says"


@every_language
def test_a_translation_has_the_facts_of_its_sentence(name: str) -> None:
    for key, entry in entries(name).items():
        english = key[-1] if isinstance(key, tuple) else str(key)
        texts = entry.string if isinstance(entry.string, tuple) else (str(entry.string),)
        for text in texts:
            assert text, english
            assert facts(text) == facts(english), english


def test_a_text_that_a_catalogue_lacks_stays_english() -> None:
    with spoken("zh"):
        assert say("no such text, {number}", number=3) == "no such text, 3"
        assert say_plural("{number} frog", "{number} frogs", 3) == "3 frogs"


def test_a_block_speaks_its_language_and_no_longer() -> None:
    with spoken("zh"):
        assert say("reject") == "拒收"
        assert number(3000) == "3,000"
        said = aql.score(*aql.examples.tablet_order()).explain()
        assert said.startswith("订单 PO-2026-0117 的批 L1")
        assert "判为拒收" in said.splitlines()[0]
    assert say("reject") == "reject"


WORD = re.compile(r"[A-Za-z]{2,}")
KEPT = {  # names and units that every language has
    "AQL", "EGToolsPP", "Ac", "Re", "SKU", "SHA", "OC", "ISO", "ANSI", "ASQ", "MIL", "STD", "II", "aql", "sampling", "dE", "Lab", "GB",
}  # fmt: skip


@pytest.mark.parametrize(
    "case", [CASES[name] for name in ("tablet", "hold", "fabric", "counts", "trade", "disputed")]
)
def test_a_report_in_chinese_has_no_english_but_that_of_the_documents(case: object) -> None:
    agreed, found = case()  # type: ignore[operator]
    verdict = aql.score(agreed, found)
    documents = f"{agreed.to_json()} {found.to_json()} {verdict.evidence}"
    assert english(report_html(verdict, language="zh"), documents) == set()
    assert english(verdict.to_html(language="zh"), documents) == set()
    assert english(verdict.explain(language="zh"), documents) == set()


def test_answers_are_translated_and_texts_are_not() -> None:
    page = bare(report_html(aql.score(*aql.examples.tablet_order()), language="zh"))
    assert "否 × 2" in page
    assert "否\uff1bstops at the logo" in page
    words = {"order": {"id": "PO-1"}, "classes": [cls("major", aql=2.5)]}
    agreed = aql.Contract.load(
        words | {"terms": [term("kind", measure={"allowed": ["yes", "no"]}, sample=1)]}
    )
    found = aql.Inspection.load(
        {"contract": "PO-1", "lot": {"id": "L1", "size": 50}, "inspection": {"inspected": 8}},
        findings=[{"item": 1, "term": "kind", "value": "no"}],
    )
    assert "no × 1" in bare(report_html(aql.score(agreed, found), language="zh"))


def bare(page: str) -> str:
    """The text of a page."""
    return unescape(re.sub("<[^>]+>", "", page))


def english(page: str, documents: str) -> set[str]:
    """The English words of a page or text, but those that the documents have."""
    shown = unescape(re.sub("<[^>]+>", " ", page.rpartition("</style>")[2]))
    words = {word for word in WORD.findall(shown) if not re.fullmatch("[0-9a-f]+", word)}
    return words - set(WORD.findall(documents)) - KEPT


LOT = {
    "id": "L1",
    "size": 480,
    "carton": [
        {"numbers": "1-20", "units": 12, "sku": "A"},
        {"numbers": "21-39", "units": 12, "sku": "B"},
        {"numbers": 40, "units": 12, "sku": "B", "packed": False},
    ],
}


def drawn() -> aql.Drawing:
    agreed = contract([cls("major", aql=2.5)], [term("drop", of="cartons", level="S-1")], sampling="double")
    drawing = aql.draw(agreed, LOT, seed=20260117, nonce="00112233445566778899aabbccddeeff")
    return drawing.replace(1, reason="wet").replace_carton(drawing.open_cartons()[-1], reason="wet")


def test_a_drawing_and_its_pick_list_are_in_chinese(tmp_path: Path) -> None:
    drawing = drawn()
    documents = f"{drawing.to_json()} aql.draw wet"
    for said in (
        drawing.to_html(language="zh"),
        drawing.explain(language="zh"),
        pick_list_html(drawing, language="zh"),
        pick_list_html(drawing, stage=2, language="zh"),
        " ".join(cells(aql.write_pick_list(drawing, tmp_path / "picks.xlsx", language="zh"))),
    ):
        assert english(said, documents) == set()
    assert '<html lang="zh-Hans">' in pick_list_html(drawing, language="zh")
    assert "开 3 箱" in pick_list_html(drawing, language="zh")


def cells(book: Path) -> list[str]:
    """The texts of a workbook, and the names of its sheets."""
    pages = openpyxl.load_workbook(book).worksheets
    rows = [row for page in pages for row in page.iter_rows(values_only=True)]
    return [*(page.title for page in pages), *(cell for row in rows for cell in row if isinstance(cell, str))]


def test_a_workbook_of_a_verdict_is_in_chinese(tmp_path: Path) -> None:
    for name in ("hold", "fabric", "trade"):
        agreed, found = CASES[name]()
        verdict = aql.score(agreed, found)
        book = aql.write_workbook(verdict, tmp_path / f"{name}.xlsx", language="zh")
        assert (
            english(" ".join(cells(book)), f"{agreed.to_json()} {found.to_json()} {verdict.evidence}")
            == set()
        )
    with pytest.raises(aql.DomainError, match="language must be"):
        aql.write_workbook(verdict, tmp_path / "v.xlsx", language="fr")


def test_the_commands_speak_chinese(tmp_path: Path) -> None:
    agreed, found = aql.examples.tablet_order()
    order, header = tmp_path / "contract.json", tmp_path / "inspection.json"
    order.write_text(agreed.to_json(), "utf-8")
    found.save(header)
    documents = f"{agreed.to_json()} {found.to_json()} aql.draw {tmp_path} inspection toml findings csv xlsx seed drawing file"
    for command in (
        ["score", str(order), str(header)],
        ["draw", str(order), str(header), "--seed", "7"],
        ["draw", str(order), str(header), "--seed", "7", "--commit"],
        ["sheet", str(order), "--out", str(tmp_path), "--xlsx", "--wide", "--force"],
    ):
        done = CliRunner().invoke(app, [*command, "--lang", "zh"])
        assert done.exit_code in {0, 1}, done.output
        assert english(done.output, documents) == set(), command


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(aql.DomainError, match='language must be "en" or "zh", got \'fr\''):
        report_html(aql.score(*aql.examples.tablet_order()), language="fr")


def test_a_sheet_in_chinese_has_the_same_rows_and_reads_back(tmp_path: Path) -> None:
    agreed, _ = aql.examples.tablet_order()
    (_, english), (header, chinese) = (
        aql.write_sheet(agreed, tmp_path / name, language=name) for name in ("en", "zh")
    )
    assert english.read_bytes() == chinese.read_bytes()
    assert "样本" in header.read_text("utf-8")
    assert len(aql.Inspection.load(header).rows) == 407


def test_dates_and_numbers_follow_the_language() -> None:
    assert day(date(2026, 12, 10)) == "10 December 2026"
    with spoken("zh"):
        assert (day(date(2026, 12, 10)), html_language()) == ("2026年12月10日", "zh-Hans")
        assert numeral(Decimal("245.690")) == "245.690"
    with spoken("de"):
        assert (numeral(Decimal("-0.5")), number(3000), html_language()) == ("-0,5", "3.000", "de")


def test_the_section_on_a_claim_is_in_chinese_but_for_what_sources_say() -> None:
    agreed, found = aql.examples.tablet_order()
    verdict = aql.score(agreed, found)
    claim = aql.assess_claim(
        agreed, verdict, facts=aql.examples.tablet_claim(), rules="current", as_of=date(2026, 12, 12)
    )
    page = report_html(verdict, claim=claim, language="zh")
    for words in (
        "索赔",
        "未满足可测量的条款",
        "发起纠纷的最后一日",
        "保障金额",
        "2026年12月12日星期六",
        "非法律意见",
    ):
        assert words in page


@pytest.mark.parametrize("name", LANGUAGES)
def test_an_empty_text_stays_empty(name: str) -> None:
    """In a .po file the empty text is the key of the header, with the time at which it was read."""
    with spoken(name):
        assert say("") == ""
