"""Stored verdicts: this version reads its own, and for another form names the version that wrote it."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

import aql
from aql.report.page import report_html
from tests.report.cases import CASES, hold
from tests.scoring.builders import problems

GOLDEN = Path(__file__).parents[1] / "golden"
TABLETS = aql.score(*aql.examples.tablet_order())


def contains(whole: Any, part: Any) -> bool:
    """Whether every value of `part` is in its place in `whole`."""
    if isinstance(part, dict):
        return all(key in whole and contains(whole[key], value) for key, value in part.items())
    if isinstance(part, list):
        return len(whole) == len(part) and all(map(contains, whole, part))
    return bool(whole == part)


def test_what_pydantic_writes_of_a_verdict_loads_again() -> None:
    """As a web framework returns it."""
    written = TypeAdapter(aql.Verdict).dump_python(TABLETS, mode="json")
    assert aql.Verdict.from_dict(written) == TABLETS


def test_a_verdict_is_read_as_itself() -> None:
    assert TypeAdapter(aql.Verdict).validate_python(TABLETS) is TABLETS


def test_a_verdict_of_the_first_form_says_which_version_stored_it() -> None:
    """What version 0.1.0 wrote before the verdict kept readings, defects and the facts of the header."""
    text = (GOLDEN / "verdict_1_tablet_order.json").read_text("utf-8")
    with pytest.raises(aql.AqlError) as raised:
        aql.Verdict.from_json(text)
    assert str(raised.value) == (
        "the verdict was stored by aql-sampling 0.1.0 as aql.verdict/1, but this version reads aql.verdict/2. "
        "Score the contract and the inspection again, or load the verdict with that version."
    )
    assert raised.value.to_dict() == {
        "error": "AqlError",
        "code": "other-version",
        "message": str(raised.value),
        "schema": "aql.verdict/1",
        "version": "0.1.0",
    }


def test_a_verdict_of_a_form_to_come_says_which_version_stored_it() -> None:
    data = TABLETS.to_dict() | {"schema": "aql.verdict/9"}
    with pytest.raises(
        aql.AqlError, match=r"by aql-sampling 0\.1\.0 as aql\.verdict/9, but this version reads"
    ):
        aql.Verdict.from_dict(data)
    with pytest.raises(aql.AqlError, match=r"by aql-sampling unknown as aql\.verdict/9"):
        aql.Verdict.from_dict({"schema": "aql.verdict/9"})


def test_a_verdict_that_was_stored_in_this_form_is_read() -> None:
    """Written once and kept: facts that were added since have defaults, and no fact that was stored is lost."""
    text = (GOLDEN / "verdict_2_hold.json").read_text("utf-8")
    found = aql.Verdict.from_json(text)
    assert contains(json.loads(found.to_json()), json.loads(text))
    assert found.decision == "hold"
    assert found.defects == aql.score(*hold()).defects
    assert "The lot is on hold" in report_html(found)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_verdict_is_equal_after_json_and_says_the_same(case: Any) -> None:
    found = aql.score(*case())
    again = aql.Verdict.from_json(found.to_json())
    assert again == found
    assert hash(again) == hash(found)
    assert again.explain() == found.explain()
    assert again.to_frame().equals(found.to_frame())


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "the Verdict has 1 problem:\n  not valid JSON: "),
        ("[1]", "the Verdict has 1 problem:\n  must be a JSON object, got [1]"),
        ("{}", 'schema must be "aql.verdict/2", got None.'),
        ('{"schema": "aql.contract/1"}', "schema must be \"aql.verdict/2\", got 'aql.contract/1'."),
    ],
)
def test_what_is_not_a_verdict_is_refused(text: str, message: str) -> None:
    with pytest.raises(aql.AqlError) as raised:
        aql.Verdict.from_json(text)
    assert str(raised.value).startswith(message)


@pytest.mark.parametrize(
    ("place", "value", "problem"),
    [
        (("more",), 1, "more: "),
        (("classes", 0, "more"), 1, "classes[0].more (critical): "),
        (("header", "more"), 1, "header.more: unknown key"),
        (("agreed", 0, "more"), 1, "agreed[0].more (battery-swollen): unknown key"),
        (("readings", 0, "readings", 0, "item"), "first", "readings[0].readings[0].item: "),
        (("defects", 0, "not_counted"), "somehow", "defects[0].not_counted: "),
        (("decision",), "maybe", 'decision: must be "accept", "reject", "hold" or "continue", got \'maybe\''),
    ],
)
def test_a_value_that_is_not_one_of_a_verdict_is_named_with_its_path(
    place: tuple[Any, ...], value: Any, problem: str
) -> None:
    data: Any = copy.deepcopy(TABLETS.to_dict())
    inner = data
    for key in place[:-1]:
        inner = inner[key]
    inner[place[-1]] = value
    with pytest.raises(aql.DocumentError) as raised:
        aql.Verdict.from_dict(data)
    assert [one.startswith(problem) for one in problems(raised.value)] == [True]


def test_what_is_missing_is_named() -> None:
    data = TABLETS.to_dict()
    del data["readings"]
    with pytest.raises(aql.DocumentError) as raised:
        aql.Verdict.from_dict(data)
    assert problems(raised.value) == ["readings: required key is missing"]
