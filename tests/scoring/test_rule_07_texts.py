"""Rule 7: texts that print alike are equal, answers mean what people write, and a term may be not applicable."""

import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import aql
from aql.contract.answers import yes_or_no
from aql.contract.measures import Answer
from aql.display.note_sentences import verdict_notes
from aql.report.readings import read_terms
from aql.words import as_printed
from tests.scoring.builders import (
    Values,
    cls,
    contract,
    header,
    line,
    lot_result,
    lot_term,
    problems,
    readings,
    seen,
    single,
    term,
    verdict,
)

ONE = cls(plan=single(1, 0))
YES = term("lock", text="Child lock closes", measure={"answer": "yes"})


def decided(value: Any, one: Values, **findings: Any) -> str:
    """The decision on one reading of a term."""
    row = {"item": 1, "term": one["id"], "value": value}
    return verdict(contract(ONE, [one]), [row], inspected=1, findings=findings).decision


def refused(value: Any, one: Values, **findings: Any) -> str:
    """What is said of a reading that is not one."""
    with pytest.raises(aql.LogError) as raised:
        decided(value, one, **findings)
    (problem,) = problems(raised.value)
    return problem


# Texts that print alike.


def alike(text: str) -> list[str]:
    spaces = {space: text.replace(" ", space) for space in ("\u00a0", "\u2009", "\u3000", "  ", " \t ")}
    return [
        *spaces.values(),
        unicodedata.normalize("NFD", text),
        f"\ufeff{text}",
        text.replace(" ", "\u200b "),
    ]


@pytest.mark.parametrize("measure", [{"allowed": ["Schwarz", "Grün matt"]}, {"equals": "Grün matt"}], ids=str)
@pytest.mark.parametrize("text", ["Grün matt", *alike("Grün matt")], ids=ascii)
def test_a_text_that_prints_as_agreed_conforms(text: str, measure: Values) -> None:
    assert decided(text, term("x", measure=measure)) == "accept"
    mark = contract(ONE, [lot_term("x", "mark", measure=measure)])
    assert lot_result(verdict(mark, [{"term": "x", "value": text}], inspected=1), "x").status == "met"


@given(text=st.text(st.sampled_from("aÄé \u00a0\u0308\u0301\u2003"), min_size=1, max_size=8))
def test_reading_a_text_as_it_prints_is_done_once(text: str) -> None:
    printed = as_printed(text)
    assert as_printed(printed) == printed == as_printed(unicodedata.normalize("NFD", text))


@pytest.mark.parametrize("name", alike("Öse lose"), ids=ascii)
def test_names_are_read_as_they_print(name: str) -> None:
    """Terms, classes and units of a log, and names of a contract."""
    agreed = contract(cls("Größe 1", plan=single(3, 1)), [term("Öse lose", "Größe 1")])
    (size,) = [written for written in alike("Größe 1") if written.count(" ") == 1][:1]
    rows = [{"item": 1, "term": name, "class": size}, {"item": 2, "class": size}]
    assert verdict(agreed, rows, inspected={unicodedata.normalize("NFD", "Größe 1"): 3}).decision == "reject"
    spaced = name.translate(dict.fromkeys(map(ord, "\ufeff\u200b\t")))
    assert contract(ONE, [term(spaced)]).terms[0].id == "Öse lose"


def test_two_terms_that_print_alike_are_one_name() -> None:
    agreed = contract(ONE, [term("Öse"), term(unicodedata.normalize("NFD", "Öse"))])
    assert [one.code for one in aql.check(agreed).errors] == ["repeated-name"]


# Capitals.


@pytest.mark.parametrize("measure", [{"allowed": ["black", "white"]}, {"equals": "black"}], ids=str)
def test_a_text_that_differs_in_case_alone_is_an_error_that_names_both(measure: Values) -> None:
    assert refused("Black", term("x", measure=measure)) == (
        "findings, row 1, column value: must be 'black', unless the term states text_case = \"exact\" or "
        "\"ignore\", got 'Black'"
    )
    assert decided("Black", term("x", measure=measure, text_case="exact")) == "reject"
    assert decided("Black", term("x", measure=measure, text_case="ignore")) == "accept"
    assert decided("red", term("x", measure=measure, text_case="ignore")) == "reject"
    assert decided("red", term("x", measure=measure)) == "reject"


def test_an_exact_match_is_tried_first() -> None:
    sizes = term("x", measure={"allowed": ["s", "S"]})
    assert decided("S", sizes) == decided("s", sizes) == "accept"


def test_a_term_in_capitals_is_an_error_that_names_both() -> None:
    with pytest.raises(
        aql.LogError, match=r"must be a term of the contract, got 'Dent'\. Did you mean 'dent'\?"
    ):
        verdict(contract(ONE, [term("dent")]), seen("Dent", 1), inspected=1)


# Answers.


@pytest.mark.parametrize("said", ["yes", "Y", "true", "1", "OK", "pass", "Pass ", True, 1, 1.0], ids=repr)
def test_answers_that_mean_yes(said: Any) -> None:
    assert decided(said, YES) == "accept"


@pytest.mark.parametrize("said", ["no", "N", "false", "0", "NG", "Fail", False, 0, 0.0], ids=repr)
def test_answers_that_mean_no(said: Any) -> None:
    assert decided(said, YES) == "reject"


def test_ok_and_pass_mean_conforming_where_no_is_agreed() -> None:
    leaks = term("x", measure={"answer": "no"})
    assert [decided(said, leaks) for said in ("OK", "pass", "no", "0")] == ["accept"] * 4
    assert [decided(said, leaks) for said in ("NG", "fail", "yes", "1")] == ["reject"] * 4


def test_a_mark_is_answered_in_the_same_words() -> None:
    agreed = contract(ONE, [lot_term("x", "mark")])
    for said, status in (("OK", "met"), ("Y", "met"), ("NG", "breached")):
        found = verdict(agreed, [{"term": "x", "value": said}], inspected=1)
        assert lot_result(found, "x").status == status


def test_other_words_are_declared() -> None:
    words = {"conforming": ["Safe", "Ja"], "nonconforming": ["Unsafe", "0 K"]}
    assert [decided(said, YES, answers=words) for said in ("safe", "Ja", "yes")] == ["accept"] * 3
    assert [decided(said, YES, answers=words) for said in ("Unsafe", "0\u00a0K", "no")] == ["reject"] * 3
    assert decided("0", YES, answers={"conforming": ["0"]}) == "accept"
    assert (
        refused("Ja", YES)
        == 'findings, row 1, column value: must be "yes" or "no", unless the header declares it under answers, got \'Ja\''
    )
    mark = contract(ONE, [lot_term("x", "mark")])
    found = verdict(mark, [{"term": "x", "value": "Ja"}], inspected=1, findings={"answers": words})
    assert (lot_result(found, "x").status, lot_result(found, "x").answer) == ("met", "yes")


def test_declared_words_are_evidence() -> None:
    """They can change the verdict, so they are part of the header's checksum."""
    plain, declared = (
        aql.Inspection.load(header(findings=how), findings=[])
        for how in ({}, {"answers": {"conforming": ["Ja"]}})
    )
    assert plain.header_checksum != declared.header_checksum
    assert aql.Inspection.from_json(declared.to_json()) == declared


def test_a_word_means_one_thing() -> None:
    document = header(findings={"answers": {"conforming": ["Ja"], "nonconforming": ["JA"]}})
    with pytest.raises(aql.DocumentError, match="answers must not have 'ja' in both lists"):
        aql.Inspection.load(document, findings=[])


def test_different_spellings_are_one_answer_in_the_report() -> None:
    agreed = contract(cls(plan=single(5, 5)), [YES])
    found = verdict(agreed, readings("lock", ["yes", "YES", "OK", "1", "n"]), inspected=5)
    assert read_terms(found)[0].values == (("no", 1), ("yes", 4))
    assert aql.Verdict.from_json(found.to_json()) == found


def test_anything_else_is_not_an_answer() -> None:
    assert yes_or_no("perhaps") is None
    with pytest.raises(ValueError, match="perhaps"):
        Answer().judge("perhaps")


# Not applicable.


@pytest.mark.parametrize("said", ["N/A", "n/a", "NA", "not applicable"])
def test_an_item_to_which_a_term_does_not_apply_stays_in_the_sample_and_conforms(said: str) -> None:
    agreed = contract(cls(plan=single(3, 0)), [{**YES, "not_applicable": True}])
    found = verdict(agreed, readings("lock", ["yes", said, "yes"]), inspected=3)
    assert found.decision == "accept"
    assert line(found).sample == 3
    assert line(found).missing == ()
    assert found.readings[0].not_applicable == (2,)
    assert len(found.readings[0].readings) == 2
    assert verdict_notes(found) == ("lock: not applicable on item 2.",)
    assert verdict(agreed, readings("lock", ["no", said, "yes"]), inspected=3).decision == "reject"
    assert verdict(agreed, readings("lock", ["yes", said]), inspected=3).decision == "hold"


def test_not_applicable_is_an_error_where_the_contract_does_not_allow_it() -> None:
    assert refused("N/A", YES) == (
        "findings, row 1, column value: 'lock' must have a reading unless it states not_applicable = true, "
        "got 'N/A'"
    )


def test_a_text_that_is_agreed_is_not_an_entry() -> None:
    assert decided("NA", term("x", measure={"allowed": ["EU", "NA"]})) == "accept"


def test_an_item_has_a_reading_or_an_entry() -> None:
    agreed = contract(ONE, [{**YES, "not_applicable": True}])
    rows = [*readings("lock", ["N/A"]), *readings("lock", ["yes"])]
    with pytest.raises(aql.LogError, match="item 1 has two readings of 'lock'"):
        verdict(agreed, rows, inspected=1)
