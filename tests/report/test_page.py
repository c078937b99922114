"""The report: complete, well formed, escaped, about the given verdict, and written in one step or not at all."""

import errno
import os
import sys
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

import aql
from aql.report import page as module
from aql.report.page import report_html, write_report
from tests.pages import NASTY, Page, needs_nothing
from tests.report.cases import CASES, page, page_of, tablet
from tests.scoring.builders import (
    basis,
    cls,
    contract,
    log,
    lot_term,
    measured,
    notes,
    readings,
    reasons,
    seen,
    single,
    term,
    unlisted,
    words,
)

every_case = pytest.mark.parametrize("case", CASES.values(), ids=CASES)

SECTIONS = [
    "Summary",
    "Defects found",
    "Quantity and sampling",
    "Workmanship",
    "Defects",
    "On-site tests and measurements",
    "Packing, marking and labels",
    "Terms not met",
    "Findings that do not count",
    "Remarks",
    "Photographs",
    "Notes",
    "Signatures",
    "Annex: OC curves",
    "Evidence",
]
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


# The page ------------------------------------------------------------------------------------------------------


@every_case
def test_a_page_is_balanced_and_needs_nothing_beside_it(case: Any) -> None:
    text = page(case())
    made = Page(text)
    assert text.startswith("<!doctype html>\n")
    assert needs_nothing(text)
    assert made.all("html")[0].attributes == {"lang": "en"}
    metas = [one.attributes for one in made.all("meta")]
    assert {"http-equiv": "Content-Security-Policy", "content": POLICY} in metas
    assert metas[0] == {"charset": "utf-8"}
    assert (made.tags.count("main"), made.tags.count("h1")) == (1, 1)


@every_case
def test_a_picture_says_what_it_shows_or_stands_beside_the_same_in_words(case: Any) -> None:
    for picture in Page(page(case())).all("svg"):
        if picture.attributes.get("aria-hidden") != "true":
            assert picture.attributes["role"] == "img"
            assert len(picture.text.split()) > 2


@every_case
def test_the_verdict_comes_first_and_the_sections_follow_in_the_order_a_buyer_wants(case: Any) -> None:
    agreed, found = case()
    made = Page(page((agreed, found)))
    decision = aql.score(agreed, found).decision
    heads = [" ".join(one.text.split()) for one in made.all("h2")]
    assert heads == [decision.capitalize(), *SECTIONS]
    assert (
        made.all("title")[0].text
        == f"Inspection report: order {agreed.order.id}, lot {found.header.lot.id}, {decision}"
    )


@every_case
def test_every_line_and_every_reason_is_there(case: Any) -> None:
    agreed, found = case()
    verdict = aql.score(agreed, found)
    made = Page(page((agreed, found)))
    shown = " ".join(made.text.split())
    for line in verdict.lines:
        assert f"{basis(line)[:1].upper()}{basis(line)[1:]}." in shown
        if line.decision != "accept":
            assert f"{line.name} {'; '.join(reasons(verdict, line.name))}" in shown
    for breach in verdict.breaches:
        assert words(verdict, breach).agreed in shown
        assert words(verdict, breach).found in shown
    for note in notes(verdict):
        assert note in shown
    for defect in verdict.defects:
        assert f"{defect.item}{defect.found}" in shown
        assert defect.note in shown
    for one in verdict.log_notes:
        assert one.note in shown
    for sum_of in fields(verdict.evidence):
        assert getattr(verdict.evidence, sum_of.name) in shown


@every_case
def test_every_badge_has_a_sign_and_a_word(case: Any) -> None:
    for badge in Page(page(case())).of("aql-badge"):
        sign, _, word = badge.text.partition(" ")
        assert sign in "✓✗!i→○"
        assert word


@every_case
def test_equal_values_give_an_equal_page(case: Any) -> None:
    agreed, found = case()
    verdict = aql.score(agreed, found)
    again = aql.Verdict.from_json(verdict.to_json())
    pages = {report_html(one, contract=agreed, inspection=found) for one in (verdict, verdict, again)}
    assert len(pages) == 1


@every_case
def test_the_verdict_alone_gives_the_whole_page(case: Any) -> None:
    """Contract and inspection add nothing but photographs."""
    agreed, found = case()
    again = aql.Verdict.from_json(aql.score(agreed, found).to_json())
    whole = report_html(again, contract=agreed, inspection=found)
    assert report_html(again) == report_html(again, contract=agreed) == whole


def test_photographs_stay_in_the_list_where_the_inspection_is_not_given() -> None:
    photos = [{"file": "a.png", "caption": "Back", "item": 7, "sha256": "ab" * 32}]
    made = Page(report_html(aql.score(contract(), log([], 1000, 10, photos=photos))))
    assert made.all("img") == []
    assert made.section("Photographs") == (
        "Photographs a.png is not included in this page. Photo 1 · item 7 Back"
    )
    assert f"Photo 1, a.png{'ab' * 32}" in made.section("Evidence")


def test_the_style_is_light_on_paper_and_follows_the_screen() -> None:
    style = str(module._templates().globals["style"])
    assert "@media screen and (prefers-color-scheme: dark)" in style
    assert "size: A4" in style
    assert "display: table-header-group" in style
    assert "break-inside: avoid" in style


# Text of documents ---------------------------------------------------------------------------------------------


def loud(text: str) -> tuple[aql.Contract, aql.Inspection]:
    """An inspection that says `text` wherever a document can."""
    reference = {"file": f"{text}.jpg", "sha256": "ab" * 32}
    agreed = contract(
        cls(f"class {text}", plan=single(3, 0)),
        [
            term(f"seen {text}", f"class {text}", text=f"none {text}"),
            measured(f"read {text}", f"class {text}", unit=f"mm {text}", max="5"),
            term(
                f"said {text}",
                f"class {text}",
                text=f"said {text}",
                measure={"equals": f"A {text}"},
                sample=2,
            ),
            lot_term(f"mark {text}", "mark"),
            term(f"sample {text}", None, text=f"as {text}", reference=reference),
        ],
        order={"supplier": f"S {text}", "product": f"P {text}"},
    )
    rows = [
        *seen(f"seen {text}", 1, 9, note=f"note {text}"),
        *readings(f"read {text}", ["4", "6", "5"]),
        *readings(f"said {text}", [f"A {text}", f"B {text}"]),
        *unlisted(f"class {text}", 2),
        {"item": 1, "term": f"read {text}", "note": f"dusty {text}"},
        {"term": f"mark {text}", "value": "no", "note": f"torn {text}"},
    ]
    visit = {
        "inspector": f"I {text}",
        "company": f"C {text}",
        "place": f"X {text}",
        "reinspection_of": f"R {text}",
        "remarks": [f"remark {text}"],
        "photos": [{"file": f"f {text}.png", "caption": f"caption {text}"}],
    }
    return agreed, log(rows, 1000, 10, skus=[{"sku": f"K {text}", "quantity": 1000}], **visit)


def test_text_of_documents_is_text_wherever_it_stands() -> None:
    made = page(loud(NASTY))
    assert needs_nothing(made)
    shown = Page(made)
    assert shown.tags == Page(page(loud("plain"))).tags
    for said in ("class", "seen", "read", "said", "mark", "sample", "S", "P", "A", "B", "note", "dusty", "torn",
                 "I", "C", "X", "R", "remark", "f", "caption", "K", "none", "as"):  # fmt: skip
        assert f"{said} {NASTY}" in shown.text, said


def test_a_name_in_another_script_keeps_its_direction() -> None:
    made = page_of(contract(order={"product": "خدش"}), [], 1000, 10)
    assert "خدش" in [one.text for one in made.all("bdi")]


# What is not said ----------------------------------------------------------------------------------------------


def test_a_page_says_what_was_not_stated() -> None:
    made = page_of(contract(order={"quantity": None}), [], 1000, 10)
    data, quantity = made.all("header")[0].text, made.section("Quantity and sampling")
    assert data.count("not stated") == 4
    assert quantity.count("not stated") == 4
    assert made.all("h1")[0].text == "Order PO-1"


def test_a_page_says_what_there_is_none_of() -> None:
    made = page_of(contract(), [], 1000, 10)
    for title, said in [
        ("Defects", "No defects were logged."),
        ("On-site tests and measurements", "The contract has no term with readings."),
        ("Packing, marking and labels", "The contract has no lot terms."),
        ("Terms not met", "None."),
        ("Findings that do not count", "None: every finding is in the sample of its line."),
        ("Remarks", "None."),
        ("Photographs", "None are listed in the inspection header."),
        ("Notes", "None."),
    ]:
        assert made.section(title) == f"{title} {said}"


def test_the_last_words_say_what_the_numbers_are() -> None:
    looked_up = page_of(contract(cls(aql=2.5)), [], 1000, 80).all("footer")[0].text.strip()
    stated = page_of(contract(), [], 1000, 10).all("footer")[0].text.strip()
    assert looked_up == (
        "The sample sizes, Ac and Re are facts taken from the tables of ISO 2859-1:1999. This report does not contain "
        "the text of the standard. To claim conformity with it, you need a licensed copy."
    )
    assert stated == (
        "The plans are stated in the contract; no table of a standard was used. To claim conformity with a standard, "
        "you need a licensed copy of it."
    )


# The verdict belongs to what it rests on -----------------------------------------------------------------------

BELONGS = ". Score them, and pass that verdict."


def refused(verdict: aql.Verdict, agreed: aql.Contract, found: aql.Inspection, folder: Path) -> str:
    with pytest.raises(aql.AqlError) as caught:
        write_report(verdict, folder / "report.html", contract=agreed, inspection=found)
    assert list(folder.iterdir()) == []
    said = str(caught.value)
    assert said.endswith(BELONGS)
    return said.removesuffix(BELONGS).removeprefix(
        "the contract and inspection must be those of the verdict, but "
    )


def test_another_contract_is_refused(tmp_path: Path) -> None:
    agreed, found = contract(), log([], 1000, 10)
    verdict = aql.score(agreed, found)
    other = contract(cls(plan=single(10, 2)))
    assert refused(verdict, other, found, tmp_path) == "the checksum of the contract differs"


def test_another_order_is_refused(tmp_path: Path) -> None:
    agreed, found = contract(), log([], 1000, 10)
    verdict = aql.score(agreed, found)
    other = contract(order={"id": "PO-2"})
    assert refused(verdict, other, found, tmp_path) == (
        "the order of the verdict is 'PO-1', that of the contract 'PO-2'; the checksum of the contract differs"
    )


def test_another_lot_is_refused(tmp_path: Path) -> None:
    agreed, found = contract(), log([], 1000, 10)
    other = log([], 1000, 10, lot={"id": "L2", "size": 1000})
    assert refused(aql.score(agreed, found), agreed, other, tmp_path) == (
        "the lot of the verdict is 'L1', that of the inspection 'L2'; the checksum of the header of the inspection differs"
    )


def test_another_header_is_refused(tmp_path: Path) -> None:
    agreed, found = contract(), log([], 1000, 10)
    other = log([], 1000, 10, remarks=["Rain."])
    assert refused(aql.score(agreed, found), agreed, other, tmp_path) == (
        "the checksum of the header of the inspection differs"
    )


def test_other_findings_are_refused(tmp_path: Path) -> None:
    agreed, found = contract(), log([], 1000, 10)
    other = log(unlisted("major", 1), 1000, 10)
    assert (
        refused(aql.score(agreed, found), agreed, other, tmp_path) == "the checksum of the findings differs"
    )


# Writing -------------------------------------------------------------------------------------------------------


def write(path: str | Path) -> Path:
    agreed, found = tablet()
    return write_report(aql.score(agreed, found), path, contract=agreed, inspection=found)


@pytest.mark.parametrize("name", ["report.html", "report.HTM"])
def test_the_page_is_written_and_its_path_returned(tmp_path: Path, name: str) -> None:
    assert write(str(tmp_path / name)) == tmp_path / name
    assert (tmp_path / name).read_bytes().decode("utf-8") == page(tablet())
    assert [one.name for one in tmp_path.iterdir()] == [name]


def test_an_older_report_is_replaced(tmp_path: Path) -> None:
    target = tmp_path / "report.html"
    target.write_text("older")
    write(target)
    assert target.read_text("utf-8") == page(tablet())


@pytest.mark.parametrize("name", ["report", "report.docx", "report.html.txt"])
def test_another_ending_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(aql.AqlError) as caught:
        write(tmp_path / name)
    assert str(caught.value) == (f"the report file must end in .html, .htm or .pdf, got {name!r}.")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(aql.AqlError) as caught:
        write(tmp_path / "reports" / "report.html")
    assert str(caught.value) == (f"folder {str(tmp_path / 'reports')!r} does not exist.")
    assert list(tmp_path.iterdir()) == []


def test_a_report_that_cannot_take_its_place_leaves_everything_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Path, target: Path) -> None:  # noqa: ARG001
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "replace", full)
    target = tmp_path / "report.html"
    target.write_text("older")
    with pytest.raises(aql.AqlError) as caught:
        write(target)
    assert str(caught.value) == (
        f"{str(target)!r} cannot be written: {os.strerror(errno.ENOSPC)}. Make room, or choose another disk."
    )
    assert [(one.name, one.read_text()) for one in tmp_path.iterdir()] == [("report.html", "older")]


@pytest.fixture
def without_jinja(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    module._templates.cache_clear()
    monkeypatch.setitem(sys.modules, "jinja2", None)
    yield
    module._templates.cache_clear()


@pytest.mark.usefixtures("without_jinja")
def test_a_missing_extra_is_named(tmp_path: Path) -> None:
    with pytest.raises(aql.MissingExtraError) as caught:
        write(tmp_path / "report.html")
    assert str(caught.value) == (
        "writing a report needs Jinja2, which is not installed. "
        "Install it with: python -m pip install 'aql-sampling[report]'."
    )
    assert list(tmp_path.iterdir()) == []
