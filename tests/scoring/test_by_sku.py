"""Findings by SKU: they add up to the findings of the lot, and what the log does not state is said to be unknown."""

from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import aql
from aql.report.page import report_html
from tests.scoring.builders import Values, cls, contract, problems, seen, single, term, verdict

AGREED = contract(
    [cls("major", plan=single(10, 1)), cls("minor", plan=single(20, 2))],
    [term("dent"), term("scratch", "minor")],
)
SKUS = [{"sku": "BLK", "quantity": 600}, {"sku": "WHT", "quantity": 400}]


def scored(rows: list[Values], **how: Any) -> aql.Verdict:
    return verdict(AGREED, rows, inspected=20, **how)


def by_sku(rows: list[Values], **how: Any) -> list[tuple[str, int | None, int, dict[str, int]]]:
    return [(one.sku, one.quantity, one.logged, dict(one.found)) for one in scored(rows, **how).skus]


def test_findings_are_listed_by_sku_in_the_order_of_the_lot() -> None:
    rows: list[Values] = [
        {"item": 1, "term": "dent", "sku": "WHT", "carton": "C-9", "photo": "1.jpg"},
        {"item": 1, "term": "scratch", "sku": "WHT"},
        {"item": 2, "value": "OK", "sku": "BLK"},
        {"item": 15, "term": "scratch", "sku": "WHT"},
        {"item": 16, "term": "dent", "sku": "BLK"},
        *seen("scratch", 17),
    ]
    assert by_sku(rows, skus=SKUS) == [
        ("BLK", 600, 2, {}),
        ("WHT", 400, 2, {"major": 1, "minor": 1}),
        ("", None, 1, {"minor": 1}),
    ]
    assert by_sku(rows)[0] == ("BLK", None, 2, {})
    first = scored(rows).defects[0]
    assert (first.sku, first.carton, first.photo) == ("WHT", "C-9", "1.jpg")


def test_counts_without_items_count_by_the_sku_of_their_row() -> None:
    rows: list[Values] = [
        {"class": "major", "count": 1, "sku": "BLK"},
        {"class": "minor", "count": 2, "sku": "WHT"},
        {"class": "minor", "count": 1},
    ]
    assert by_sku(rows) == [
        ("BLK", None, 0, {"major": 1}),
        ("WHT", None, 0, {"minor": 2}),
        ("", None, 0, {"minor": 1}),
    ]


def test_a_log_without_skus_has_no_results_by_sku() -> None:
    assert by_sku(seen("dent", 1), skus=SKUS) == []


def test_an_item_has_one_sku_and_the_lot_names_it() -> None:
    rows: list[Values] = [
        {"item": 1, "term": "dent", "sku": "BLK"},
        {"item": 1, "term": "scratch", "sku": "WHT"},
        {"item": 2, "term": "dent", "sku": "blk"},
    ]
    with pytest.raises(aql.LogError) as raised:
        scored(rows, skus=SKUS)
    assert problems(raised.value) == [
        "findings, row 2, column sku: must be 'BLK', as in another row of item 1, got 'WHT'",
        "findings, row 3, column sku: must be BLK or WHT, the SKUs of the lot, got 'blk'. Did you mean 'BLK'?",
    ]


CARTONS = [
    {"numbers": "1-12", "units": 50, "sku": "BLK"},
    {"numbers": "21-28", "units": 50, "sku": "WHT"},
]


@pytest.mark.parametrize("skus", [SKUS, []], ids=["SKUs listed", "by carton only"])
def test_a_carton_is_one_of_the_lot_and_holds_its_sku(skus: Any) -> None:
    lot = {"id": "L1", "size": 1000, "skus": skus, "carton": CARTONS}
    rows: list[Values] = [
        {"item": 1, "term": "dent", "carton": "12", "sku": "BLK"},
        {"item": 2, "term": "dent", "carton": "13"},
        {"item": 3, "term": "dent", "carton": "C-9", "sku": "BLK"},
        {"item": 4, "term": "dent", "carton": 21.0, "sku": "BLK"},
        {"item": 5, "term": "dent", "carton": "1", "sku": "GRY"},
        {"item": 6, "term": "dent", "carton": "2"},
        {"item": 6, "term": "scratch", "carton": "3"},
    ]
    inspection = aql.Inspection.load(
        {"contract": "PO-1", "lot": lot, "inspection": {"inspected": 20}}, findings=rows
    )
    with pytest.raises(aql.LogError) as raised:
        aql.score(AGREED, inspection)
    assert problems(raised.value) == [
        "findings, row 2, column carton: must be 1 to 12 or 21 to 28, the cartons of the lot, got '13'",
        "findings, row 3, column carton: must be 1 to 12 or 21 to 28, the cartons of the lot, got 'C-9'",
        "findings, row 4, column sku: must be 'WHT', the SKU of carton 21, got 'BLK'",
        "findings, row 5, column sku: must be BLK or WHT, the SKUs of the lot, got 'GRY'",
        "findings, row 7, column carton: must be '2', as in another row of item 6, got '3'",
    ]


@pytest.mark.parametrize(
    ("cartons", "end"), [(9, "8 or 9"), (10, "9 or 10"), (11, "10 or 1 more"), (13, "10 or 3 more")]
)
def test_of_many_cartons_ten_are_named(cartons: int, end: str) -> None:
    lot = {
        "id": "L1",
        "size": 20 * cartons,
        "carton": [{"numbers": n + 1, "units": 20} for n in range(cartons)],
    }
    header = {"contract": "PO-1", "lot": lot, "inspection": {"inspected": 20}}
    for carton, wrong in ((0, True), (1, False), (cartons, False), (cartons + 1, True)):
        rows = [{"item": 1, "term": "dent", "carton": carton}]
        if not wrong:
            assert aql.score(AGREED, aql.Inspection.load(header, findings=rows)).defects
            continue
        with pytest.raises(aql.LogError) as raised:
            aql.score(AGREED, aql.Inspection.load(header, findings=rows))
        (problem,) = problems(raised.value)
        assert problem.endswith(f", {end}, the cartons of the lot, got '{carton}'")


def test_the_names_of_cartons_are_free_where_the_lot_lists_none() -> None:
    assert by_sku([{"item": 1, "term": "dent", "carton": "C-9", "sku": "BLK"}])[0][0] == "BLK"


def test_results_by_sku_survive_json_and_stand_in_the_report() -> None:
    found = scored([{"item": 3, "term": "dent", "sku": "BLK", "carton": "C-9"}], skus=SKUS)
    assert aql.Verdict.from_json(found.to_json()) == found
    assert repr(found.skus[0]) == "<SkuResult BLK, 1 item logged: 1 in major>"
    assert repr(found.skus[1]) == "<SkuResult WHT, 0 items logged: nothing found>"
    page = report_html(found)
    assert "<h2>By SKU</h2>" in page
    assert "C-9" in page
    assert "By SKU" not in report_html(scored(seen("dent", 3)))


def test_the_report_names_items_as_the_log_does() -> None:
    agreed = aql.Inspection.load(
        {
            "contract": "PO-1",
            "lot": {"id": "L1", "size": 50},
            "inspection": {"inspected": 2, "items": ["SN-1", "SN-2"]},
        },
        findings=[{"item": "SN-2", "term": "dent"}],
    )
    found = aql.score(AGREED, agreed)
    assert "SN-2" in report_html(found)
    assert "Items are numbered in the order drawn: 2 is SN-2." in found.explain()


def test_a_verdict_says_in_words_what_was_found_on_each_sku() -> None:
    rows: list[Values] = [
        {"item": 1, "term": "dent", "sku": "WHT"},
        {"item": 2, "term": "scratch", "sku": "WHT"},
        {"item": 3, "value": "OK", "sku": "BLK"},
        *seen("scratch", 4),
    ]
    notes = [str(one) for one in scored(rows).notes if one.code == "found-on-sku"]
    assert notes == ["SKU WHT: 1 in major and 1 in minor.", "SKU not stated: 1 in minor."]


def test_many_names_are_cut_short() -> None:
    names = [f"SN-{number}" for number in range(1, 21)]
    header = {
        "contract": "PO-1",
        "lot": {"id": "L1", "size": 50},
        "inspection": {"inspected": 20, "items": names},
    }
    rows = [{"item": name, "class": "minor"} for name in names]
    (note,) = (
        one
        for one in aql.score(AGREED, aql.Inspection.load(header, findings=rows)).notes
        if one.code == "item-names"
    )
    assert str(note).endswith("12 is SN-12 and 8 more.")
    assert note.to_dict()["names"] == names


rows_with_skus = st.lists(
    st.fixed_dictionaries({"item": st.integers(1, 20), "term": st.sampled_from(["dent", "scratch"])}),
    max_size=8,
)


@given(rows=rows_with_skus, skus=st.lists(st.sampled_from(["", "BLK", "WHT"]), min_size=20, max_size=20))
def test_findings_by_sku_add_up_to_those_of_the_lot(rows: list[Values], skus: list[str]) -> None:
    found = scored([row | {"sku": skus[row["item"] - 1]} for row in rows])
    total: Counter[str] = Counter()
    for one in found.skus:
        total.update(dict(one.found))
    if found.skus:
        assert dict(total) == {line.name: line.found for line in found.lines if line.found}
