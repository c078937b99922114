"""The sentence of every reason and note, from facts alone: numbers agree with their nouns, and samples, cartons and stages are said."""

from decimal import Decimal
from typing import Any, get_args

import pytest

from aql.codes import ReasonCode
from aql.scoring.reasons import reason

COUNT: dict[str, Any] = {
    "found": 2,
    "at_most": 2,
    "counted": 2,
    "ac": 3,
    "re": 4,
    "counting": "items",
    "weighted": None,
    "sample": 20,
    "inspected": 20,
    "stage": 1,
    "any_item": False,
}

COUNTS: list[tuple[dict[str, Any], str]] = [
    ({}, "2 nonconforming items in the sample of 20, Ac 3, Re 4"),
    ({"found": 1, "at_most": 1}, "1 nonconforming item in the sample of 20, Ac 3, Re 4"),
    ({"counting": "nonconformities"}, "2 nonconformities in the sample of 20, Ac 3, Re 4"),
    ({"of": "cartons"}, "2 nonconforming cartons in the sample of 20, Ac 3, Re 4"),
    ({"ac": None}, "2 nonconforming items in the sample of 20, Ac not permitted yet, Re 4"),
    ({"stage": 2}, "2 nonconforming items in samples 1 to 2 (20 items), Ac 3, Re 4"),
    ({"stage": 2, "of": "cartons"}, "2 nonconforming cartons in samples 1 to 2 (20 cartons), Ac 3, Re 4"),
    ({"stage": 3, "of": "cartons"}, "2 nonconforming cartons in samples 1 to 3 (20 cartons), Ac 3, Re 4"),
    ({"inspected": 19}, "2 nonconforming items in the 19 inspected of the sample of 20, Ac 3, Re 4"),
    ({"inspected": None}, "2 nonconforming items in the sample of 20, Ac 3, Re 4"),
    ({"inspected": 30}, "2 nonconforming items in the sample of 20, Ac 3, Re 4"),
    (
        {"inspected": 30, "any_item": True},
        "2 nonconforming items in the 30 inspected, all of which count; the sample is 20, Ac 3, Re 4",
    ),
    ({"any_item": True}, "2 nonconforming items in the sample of 20, Ac 3, Re 4"),
    ({"weighted": Decimal("1.5")}, "a weighted total of 1.5 in the sample of 20, Ac 3"),
    ({"at_most": 5, "counted": 5}, "between 2 and 5 nonconforming items in the sample of 20, Ac 3, Re 4"),
    (
        {"at_most": 5, "counted": 6, "inspected": 21},
        "6 nonconforming items in the 21 inspected; between 2 and 5 are in the sample of 20, Ac 3, Re 4",
    ),
    (
        {"at_most": 5, "counted": None, "inspected": 21},
        "between 2 and 5 nonconforming items in the sample of 20, Ac 3, Re 4",
    ),
]


@pytest.mark.parametrize(("known", "sentence"), COUNTS)
def test_a_count_says_what_was_found_where_and_the_limits(known: Any, sentence: str) -> None:
    assert str(reason("count", "major", **COUNT | known)) == sentence


def taken(count: int) -> dict[str, Any]:
    """Facts of floats that are taken as other numbers, one item each."""
    return {
        "texts": tuple(f"0.{number}" for number in range(1, count + 1)),
        "numbers": tuple(str(number) for number in range(1, count + 1)),
        "items": tuple((number,) for number in range(1, count + 1)),
    }


SIX = ", ".join(f"0.{number} taken as {number} (item {number})" for number in range(1, 7))
ENDS = "a binary float is taken at 15 digits."

NOTES: list[tuple[ReasonCode, dict[str, Any], str]] = [
    ("further-sample", {"draw": 5, "first": 6, "last": 10}, "a further sample of 5 is due, items 6 to 10"),
    (
        "further-sample",
        {"draw": 5, "first": 6, "last": 10, "of": "cartons"},
        "a further sample of 5 is due, cartons 6 to 10",
    ),
    ("sample-incomplete", {"inspected": 7, "sample": 8, "draw": 1}, "only 7 of 8 were inspected; 1 more is needed"),
    ("sample-incomplete", {"inspected": 6, "sample": 8, "draw": 2}, "only 6 of 8 were inspected; 2 more are needed"),
    (
        "undecided",
        {"stages": 1},
        "the counts leave the decision open; record the item number of each finding",
    ),
    (
        "undecided",
        {"stages": 2},
        "the counts leave the decision open; record the item number of each finding, or the stage of each count",
    ),
    ("missing-readings", {"items": (7,), "term": "mass"}, "no reading of mass on 1 item: 7"),
    (
        "missing-readings",
        {"items": (7, 8, 9), "term": "mass", "of": "cartons"},
        "no reading of mass on 3 cartons: 7 to 9",
    ),
    (
        "normal-due",
        {},
        "major: the count lies between Ac and Re; the lot is accepted and normal inspection is due.",
    ),
    ("taken-as", taken(1), f"major: 0.1 taken as 1 (item 1); {ENDS}"),
    ("taken-as", taken(6), f"major: {SIX}; {ENDS}"),
    ("taken-as", taken(7), f"major: {SIX}; 1 more; {ENDS}"),
    ("taken-as", taken(9), f"major: {SIX}; 3 more; {ENDS}"),
    ("not-applicable", {"items": (1,)}, "major: not applicable on item 1."),
    ("not-applicable", {"items": (1, 3), "of": "cartons"}, "major: not applicable on cartons 1 and 3."),
    ("not-applicable", {"items": (3,), "of": "cartons"}, "major: not applicable on carton 3."),
    (
        "too-near",
        {"term": "mass", "items": (4, 5), "text": "199.99999", "limit": Decimal(200)},
        ("mass on items 4 and 5: 199.99999 came as a binary float and is too near to the limit 200 to be told from it; "
        "state rounding in the term, or send the reading as text"),
    ),
    (
        "second-reading",
        {"readings": ("Ac 1", "Ac 2")},
        "major: the table cell has a second reading: Ac 1; Ac 2.",
    ),
    ("per-hundred-items", {"aql": "15"}, "major: AQL 15 means nonconformities per 100 items."),
    (
        "unlisted",
        {"found": 1, "counting": "items"},
        "1 nonconforming item was found that no term covers; it counts, but is not grounds for a claim.",
    ),
    (
        "unlisted",
        {"found": 2, "counting": "nonconformities"},
        "2 nonconformities were found that no term covers; they count, but are not grounds for a claim.",
    ),
    (
        "lot-above-order",
        {"lot_size": 900, "ordered": 800},
        "The lot of 900 is larger than the 800 ordered; the sample sizes are those for 900.",
    ),
    ("found-on-sku", {"sku": "A", "lines": ("major", "minor"), "numbers": (1, 2)}, "SKU A: 1 in major and 2 in minor."),
    ("found-on-sku", {"sku": "", "lines": ("major",), "numbers": (1,)}, "SKU not stated: 1 in major."),
    (
        "item-names",
        {"items": (1, 2), "names": ("A7", "A9")},
        "Items are numbered in the order drawn: 1 is A7 and 2 is A9.",
    ),
    (
        "item-names",
        {"items": tuple(range(1, 14)), "names": ("x",) * 13},
        f"Items are numbered in the order drawn: {', '.join(f'{n} is x' for n in range(1, 13))} and 1 more.",
    ),
    (
        "outside-samples",
        {"items": (9,)},
        "1 finding is outside the sample of its class or term and does not count: item 9.",
    ),
    (
        "outside-samples",
        {"items": (9, 11), "of": "cartons"},
        "2 findings are outside the samples of their classes or terms and do not count: cartons 9 and 11.",
    ),
    ("inspected-not-stated", {"sample": 8}, "the number inspected is not stated; 8 are needed"),
    (
        "samples-differ",
        {"sizes": (8, 13), "letter": "D"},
        "Samples: the sample sizes still differ (8 and 13) at letter D, so each class keeps its own plan.",
    ),
    (
        "samples-differ",
        {"sizes": (8, 13), "letter": ""},
        "Samples: the sample sizes still differ (8 and 13), one of them from row S, so each class keeps its own plan.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "facts", "sentence"), NOTES, ids=[f"{code}-{place}" for place, (code, _, _) in enumerate(NOTES)]
)
def test_a_note_is_a_sentence_of_its_facts(code: ReasonCode, facts: Any, sentence: str) -> None:
    assert str(reason(code, "major", **facts)) == sentence


def test_every_code_has_a_sentence_here() -> None:
    assert {"count", *(code for code, _, _ in NOTES)} == set(get_args(ReasonCode))
