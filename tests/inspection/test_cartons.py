"""The cartons of a lot in the header: what they may say, and what contradicts the rest of the lot."""

from itertools import pairwise, product
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

import aql
from aql.inspection.cartons import ranges_of
from aql.inspection.commitments import commitment
from aql.inspection.lot import Lot
from aql.inspection.packing import Packing, Run, export_cartons, packing_of, skus_of
from tests.scoring.builders import cls, contract, header, line, single, term


def lot(*cartons: dict[str, Any], size: int = 60, **more: Any) -> dict[str, Any]:
    return {"id": "L1", "size": size, "carton": list(cartons)} | more


FIVE = {"numbers": "1-5", "units": 12}


def test_numbers_are_ranges_however_they_are_written() -> None:
    for text in ("1-5", "1, 2-5", [1, 2, "3 - 5"], "3\u20135, 1-2", ["1-2", [3, 4], 5]):
        assert ranges_of(text) == ((1, 5),)
    kept = Lot.from_dict(lot({"numbers": [9, "1-3", 4], "units": 12}))
    assert kept.to_dict()["carton"] == [{"numbers": "1-4, 9", "units": 12}]
    assert Lot.from_dict(kept.to_dict()) == kept
    assert Lot.from_toml(kept.to_toml()).checksum == kept.checksum
    assert Lot.from_dict(lot({"numbers": 7, "units": 60})).to_dict()["carton"] == [
        {"numbers": 7, "units": 60}
    ]


def test_a_carton_number_has_at_most_15_digits() -> None:
    largest = 10**15 - 1
    for numbers in (largest, str(largest), f"1-{largest}", [largest]):
        assert ranges_of(numbers)[-1][1] == largest
    for numbers in (10**15, str(10**15), f"1-{10**15}", [10**15]):
        with pytest.raises(aql.DomainError, match="numbers must be carton numbers"):
            ranges_of(numbers)


@pytest.mark.parametrize("numbers", [1, "1", [1], 0, -1, [0], []], ids=repr)
def test_the_schema_takes_the_numbers_that_loading_takes(numbers: Any) -> None:
    document = header(12) | {"lot": {"id": "L1", "size": 12, "carton": [{"numbers": numbers, "units": 12}]}}
    is_valid = jsonschema.Draft202012Validator(aql.Inspection.json_schema()).is_valid(document)
    assert is_valid == (numbers in (1, "1", [1]))
    if is_valid:
        aql.Inspection.load(document, findings=[])
        return
    with pytest.raises(aql.DocumentError):
        aql.Inspection.load(document, findings=[])


runs = st.lists(st.tuples(st.integers(1, 3), st.integers(1, 3), st.integers(1, 3)), max_size=4)


@given(runs)
def test_every_item_is_found_by_its_place(drawn: list[tuple[int, int, int]]) -> None:
    """A list of all items says what the packing finds without one."""
    found, first = [], 0
    for gap, count, units in drawn:
        found.append(Run(first + gap, count, units, True))
        first += gap + count - 1
    packing = Packing(tuple(found))
    cartons = [run.first + at for run in found for at in range(run.count)]
    items = [
        (run.first + at, piece)
        for run in found
        for at in range(run.count)
        for piece in range(1, run.units + 1)
    ]
    assert [packing.item(place) for place in range(packing.items)] == items
    assert [packing.carton(place) for place in range(packing.cartons)] == cartons
    for carton, piece in product([None, *range(first + 3)], [None, *range(5)]):
        assert packing.holds(carton, piece) == ((carton, piece) in items)


def test_a_lot_without_cartons_holds_pieces_of_no_carton() -> None:
    packing = packing_of(Lot.from_dict({"id": "L1", "size": 3}))[""]
    assert [packing.holds(None, piece) for piece in (None, 0, 1, 3, 4)] == [False, False, True, True, False]
    assert not packing.holds(1, 1)


def test_the_sku_of_a_carton_is_that_of_its_range() -> None:
    found = Lot.from_dict(
        lot(FIVE | {"numbers": "2-4", "sku": "A"}, {"numbers": "6", "units": 24, "sku": "B"}, size=60)
    )
    assert skus_of(found, range(1, 8)) == ["", "A", "A", "A", "", "B", ""]
    assert skus_of(Lot.from_dict(lot(FIVE)), [1]) == [""]
    assert [run.first for run in export_cartons(found).runs] == [2, 6]
    assert export_cartons(Lot.from_dict({"id": "L1", "size": 5, "cartons": 3})).cartons == 3
    assert export_cartons(Lot.from_dict({"id": "L1", "size": 5})).cartons == 0


@given(st.sets(st.integers(1, 40), min_size=1))
def test_ranges_hold_the_same_numbers(numbers: set[int]) -> None:
    found = ranges_of(sorted(numbers, reverse=True))
    assert {one for first, last in found for one in range(first, last + 1)} == numbers
    assert all(after[0] > before[1] + 1 for before, after in pairwise(found))


@pytest.mark.parametrize(
    ("values", "message"),
    [
        (lot({"numbers": "1-5", "units": 0}), "units: must be 1 or more, got 0"),
        (lot({"numbers": "5-1", "units": 12}), 'numbers must be carton numbers such as 12, "1-50"'),
        (lot({"numbers": 0, "units": 12}), "numbers must be carton numbers"),
        (lot({"numbers": True, "units": 12}), "numbers must be carton numbers"),
        (lot({"numbers": 1.5, "units": 12}), "numbers must be carton numbers"),
        (lot({"numbers": "1-5,", "units": 12}), "numbers must be carton numbers"),
        (lot({"numbers": [], "units": 12}), "numbers must name each carton once, got none"),
        (lot({"numbers": "1-5, 3", "units": 12}), "numbers must name each carton once, got 3 twice"),
        (lot({"numbers": "1-5"}), "units: required key is missing"),
        (lot({"numbers": "1-5", "units": 12, "pack": True}), 'Did you mean "packed"?'),
        (lot(FIVE, {"numbers": "5-6", "units": 12}, size=84), "carton must list each carton once, got carton 5 twice"),
        (lot(FIVE, size=61), "items in all cartons must add up to 61, the size of the lot, got 60"),
        (lot(FIVE, cartons=6), "packed cartons must add up to 6, as under cartons, got 5"),
        (lot(FIVE, packed=48), "items in packed cartons must add up to 48, as under packed, got 60"),
        (
            lot(FIVE | {"sku": "A"}, {"numbers": 6, "units": 12}, size=72),
            "carton must state sku everywhere or nowhere, got none for carton 6",
        ),
        (
            lot(FIVE | {"sku": "BLACK-64"}, skus=[{"sku": "BLACK-46", "quantity": 60}]),
            "sku of a carton must be BLACK-46, the SKUs of the lot, got 'BLACK-64'",
        ),
        (
            lot(
                FIVE | {"sku": "A"},
                {"numbers": 6, "units": 12, "sku": "B"},
                size=72,
                skus=[{"sku": "A", "quantity": 61}, {"sku": "B", "quantity": 11}],
            ),
            "items in cartons of SKU A must add up to 61, as under skus, got 60",
        ),
        (
            lot(FIVE | {"sku": "A"}, size=60, skus=[{"sku": "A", "quantity": 30}, {"sku": "A", "quantity": 30}]),
            "skus must name each SKU once",
        ),
        (
            lot(FIVE | {"sku": "A"}, skus=[{"sku": "A", "quantity": 60}], size=61),
            "skus must add up to 61, the size of the lot, got 60",
        ),
        ({"id": "L1", "size": 9, "produced": 5, "packed": 6}, "packed must be at most 5"),
        (
            lot(FIVE | {"sku": "A"}, size=60, skus=[{"sku": "A", "quantity": 59}, {"sku": "B", "quantity": 1}]),
            "items in cartons of SKU A must add up to 59",
        ),
    ],
)  # fmt: skip
def test_cartons_that_contradict(values: dict[str, Any], message: str) -> None:
    with pytest.raises(aql.DocumentError) as raised:
        Lot.from_dict(values)
    assert message in str(raised.value)


def test_goods_that_are_not_packed() -> None:
    found = Lot.from_dict(
        lot(FIVE, {"numbers": "6-7", "units": 20, "packed": False}, size=100, packed=60, cartons=5)
    )
    assert found.carton_count == 5
    assert Lot.from_dict(lot(FIVE)).carton_count == 5
    assert Lot.from_dict({"id": "L1", "size": 5}).carton_count is None


def test_several_skus_but_no_sku_of_the_cartons() -> None:
    skus = [{"sku": "A", "quantity": 30}, {"sku": "B", "quantity": 30}]
    found = Lot.from_dict(lot(FIVE, skus=skus))
    with pytest.raises(aql.DomainError, match="must state its sku, because the lot lists several"):
        packing_of(found)


def test_the_cartons_listed_are_those_of_a_term_of_cartons() -> None:
    agreed = contract(cls(plan=single(5, 0)), [term("drop", of="cartons", sample=3)])
    values = header(60, {"major": 5, "drop": 3})
    values["lot"]["carton"] = [FIVE]
    verdict = aql.score(agreed, aql.Inspection.load(values, findings=[]))
    assert line(verdict, "drop").sample == 3
    assert "5" in aql.Inspection.load(values, findings=[])._repr_html_()


def test_a_commitment_is_a_sha256_of_nonce_and_seed() -> None:
    nonce = "000102030405060708090A0B0C0D0E0F"
    assert commitment(1, nonce) == commitment(1, nonce.lower())
    assert commitment(1, nonce) != commitment(2, nonce)
    for wrong in ("", "0" * 31, "0" * 33, "g" * 32, None, 5):
        with pytest.raises(aql.DomainError, match="nonce must be 32 hexadecimal digits"):
            commitment(1, wrong)  # type: ignore[arg-type]
