"""The cartons of a lot in the header: what they may say, and what contradicts the rest of the lot."""

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import aql
from aql.inspection.cartons import ranges_of
from aql.inspection.commitments import commitment
from aql.inspection.lot import Lot
from aql.inspection.packing import packing_of
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
