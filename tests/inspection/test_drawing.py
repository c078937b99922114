"""Drawing: vectors that pin the algorithm, a second implementation, and chances by enumeration of every outcome."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import combinations
from math import comb
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aql.errors import DomainError
from aql.inspection import drawing, seeded_stream
from aql.inspection.allocation import cartons_to_open, evenly, in_proportion
from aql.inspection.drawing import Pick, draw_cartons, draw_items
from aql.inspection.lot import Lot
from aql.inspection.replacing import next_item
from aql.inspection.seeded_stream import Seed, philox, random_order
from tests.oracles import naive_drawing

ONES = 2**64 - 1
SEED = Seed(20260117, "PO-2026-0117", "L1")


def lot_of(*cartons: tuple[str, int, str], **more: Any) -> Lot:
    """A lot of cartons: numbers, units and SKU."""
    listed = [{"numbers": n, "units": u} | ({"sku": sku} if sku else {}) for n, u, sku in cartons]
    size = sum(len(expanded(n)) * u for n, u, _ in cartons)
    return Lot.from_dict({"id": "L1", "size": size, "carton": listed} | more)


def expanded(numbers: str) -> list[int]:
    first, _, last = numbers.partition("-")
    return list(range(int(first), int(last or first) + 1))


# The algorithm is pinned. None of these values may ever change.


@pytest.mark.parametrize(
    ("counter", "key", "words"),
    [
        ((0, 0, 0, 0), (0, 0), "16554d9eca36314c db20fe9d672d0fdc d7e772cee186176b 7e68b68aec7ba23b"),
        ((ONES,) * 4, (ONES, ONES), "87b092c3013fe90b 438c3c67be8d0224 9cc7d7c69cd777b6 a09caebf594f0ba0"),
        (
            (0x243F6A8885A308D3, 0x13198A2E03707344, 0xA4093822299F31D0, 0x082EFA98EC4E6C89),
            (0x452821E638D01377, 0xBE5466CF34E90C6C),
            "a528f45403e61d95 38c72dbd566e9788 a5a1610e72fd18b5 57bd43b5e52b7fe6",
        ),
    ],
)
def test_philox_has_the_values_of_its_authors(counter: Any, key: Any, words: str) -> None:
    """Known answers of philox4x64 with 10 rounds in Random123, file kat_vectors."""
    assert " ".join(f"{word:016x}" for word in philox(counter, key)) == words


@given(key=st.tuples(*[st.integers(0, ONES)] * 2), counter=st.integers(0, 2**256 - 1))
def test_philox_is_that_of_numpy(key: Any, counter: int) -> None:
    before = (counter - 1) % 2**256  # NumPy counts up before it makes a block
    theirs = np.random.Philox(key=sum(k << 64 * i for i, k in enumerate(key)), counter=before)
    words: Any = tuple((counter >> 64 * at) & ONES for at in range(4))
    assert list(philox(words, key)) == theirs.random_raw(4).tolist()


def test_the_streams_are_pinned() -> None:
    stream = SEED.stream("items", "")
    assert [next(stream) for _ in range(5)] == STREAM
    assert list(random_order(SEED.stream("items", ""), 12)) == ORDER
    other = [
        SEED.stream("items", "A"),
        SEED.stream("cartons", 1, ""),
        Seed(20260118, "PO-2026-0117", "L1").stream("items", ""),
    ]
    assert len({next(one) for one in other} | {STREAM[0]}) == 4


def test_whole_drawings_are_pinned() -> None:
    """The SHA-256 of number, SKU, carton and piece of every item, in one line each."""
    lots = {
        "one SKU": lot_of(("1-150", 20, "")),
        "three SKUs": lot_of(("1-20", 12, "A"), ("21-39", 12, "B"), ("40", 7, "C")),
        "no cartons": Lot.from_dict({"id": "L1", "size": 3000}),
    }
    found = {}
    for name, lot in lots.items():
        for by in ("cartons", "items") if lot.carton else ("items",):
            picks = draw_items(lot, [50, 100], SEED, by=by, rule="sqrt")
            text = "".join(f"{one.number} {one.sku} {one.carton} {one.piece}\n" for one in picks)
            found[name, by] = hashlib.sha256(text.encode()).hexdigest()[:16]
    assert found == PINNED
    assert [one.carton for one in draw_cartons(lots["one SKU"], [5, 8], SEED)] == WHOLE


STREAM = [
    15733284802765997803,
    6541598861213784230,
    4345367041532248660,
    4912462899514419615,
    10464770163156283446,
]
ORDER = [7, 6, 2, 3, 10, 4, 5, 0, 1, 11, 9, 8]
PINNED = {
    ("one SKU", "cartons"): "8e0c96e497f37b0a",
    ("one SKU", "items"): "73a1e9bf60ca0053",
    ("three SKUs", "cartons"): "bdadfb96af8174c5",
    ("three SKUs", "items"): "a5f8fe7d454af3c6",
    ("no cartons", "items"): "6bea7b769739a0a1",
}
WHOLE = [43, 11, 97, 94, 91, 67, 50, 129]


# A second implementation gives the same.


@st.composite
def lots(draw: Callable[..., Any]) -> dict[str, Any]:
    """A small lot as plain values, with the numbers of its cartons."""
    names = draw(st.sampled_from([[""], ["A"], ["A", "B"], ["A", "B", "C"]]))
    if draw(st.booleans()):
        cartons, number = [], 0
        for name in names + draw(st.lists(st.sampled_from(names), max_size=2)):
            number += draw(st.integers(1, 3))
            last = number + draw(st.integers(0, 4))
            sku = {"sku": name} if name else {}
            cartons.append(
                {"cartons": list(range(number, last + 1)), "units": draw(st.integers(1, 5)), **sku}
            )
            number = last
        return {
            "id": "L1",
            "size": sum(len(one["cartons"]) * one["units"] for one in cartons),
            "carton": cartons,
        }
    if names == [""]:
        return {"id": "L1", "size": draw(st.integers(1, 30))}
    skus = [{"sku": name, "quantity": draw(st.integers(1, 12))} for name in names]
    return {"id": "L1", "size": sum(one["quantity"] for one in skus), "skus": skus}


def as_lot(values: dict[str, Any]) -> Lot:
    cartons = [
        {"numbers": one["cartons"]} | {k: v for k, v in one.items() if k != "cartons"}
        for one in values.get("carton", ())
    ]
    return Lot.from_dict(values | {"carton": cartons})


@given(data=st.data(), values=lots(), seed=st.integers(0, 2**128 - 1))
def test_a_second_implementation_draws_the_same(data: Any, values: dict[str, Any], seed: int) -> None:
    totals = sorted(data.draw(st.lists(st.integers(1, values["size"]), min_size=1, max_size=3, unique=True)))
    by: Any = data.draw(st.sampled_from(["cartons", "items"])) if values.get("carton") else "items"
    rule = data.draw(st.sampled_from(["sqrt", "sqrt+1", "all"]))
    picks = draw_items(as_lot(values), totals, Seed(seed, "PO-1", "L1"), by=by, rule=rule)
    naive = naive_drawing.drawn(values, totals, seed, "PO-1", by=by, rule=rule)
    assert [one.place for one in picks] == naive
    assert len(set(naive)) == totals[-1]
    assert [one.number for one in picks] == list(range(1, totals[-1] + 1))


@given(size=st.integers(1, 40), start=st.integers(0, ONES))
def test_an_order_has_every_number_once(size: int, start: int) -> None:
    assert sorted(random_order(Seed(start, "a", "b").stream("x"), size)) == list(range(size))


def test_an_order_of_a_huge_lot_is_lazy() -> None:
    first = next(random_order(SEED.stream("items", ""), 2**53))
    assert 0 <= first < 2**53


def test_a_bounded_draw_skips_the_incomplete_multiple() -> None:
    numbers = iter([2**64 - 1, 2**64 - 2, 7])
    assert seeded_stream.below(numbers, 10) == 7  # 2**64 is 6 above a multiple of 10
    assert seeded_stream.below(iter([2**64 - 1]), 2**63) == 2**63 - 1


# Chances, by going through every outcome of every bounded draw.


@pytest.fixture
def outcomes(
    monkeypatch: pytest.MonkeyPatch,
) -> Callable[[Callable[[], Any]], Iterator[tuple[Fraction, Any]]]:
    """A function that yields every result of a random function with its probability."""

    def every(run: Callable[[], Any]) -> Iterator[tuple[Fraction, Any]]:
        wanted: list[int] | None = []
        while wanted is not None:
            path: list[tuple[int, int]] = []
            chosen = wanted

            def below(_stream: object, size: int, path: Any = path, chosen: Any = chosen) -> int:
                at = len(path)
                path.append((chosen[at] if at < len(chosen) else 0, size))
                return int(path[-1][0])

            monkeypatch.setattr(seeded_stream, "below", below)
            result, chance = run(), Fraction(1)
            for _, size in path:
                chance /= size
            yield chance, result
            while path and path[-1][0] + 1 == path[-1][1]:
                path.pop()
            wanted = [*(one for one, _ in path[:-1]), path[-1][0] + 1] if path else None

    return every


def test_items_alike_give_every_ordered_sample_the_same_chance(outcomes: Any) -> None:
    lot, chances = lot_of(("1", 2, ""), ("2", 2, "")), Counter[Any]()
    for chance, picks in outcomes(lambda: draw_items(lot, [2, 3], SEED, by="items", rule="sqrt")):
        chances[tuple(one.place for one in picks)] += chance
    assert set(chances.values()) == {Fraction(1, 4 * 3 * 2)}
    assert len(chances) == 24


def test_cartons_give_every_item_the_same_chance_if_they_hold_the_same(outcomes: Any) -> None:
    lot, chances, total = lot_of(("1-4", 2, "")), Counter[Any](), Fraction(0)
    parts: dict[Any, Counter[Any]] = {}
    for chance, picks in outcomes(lambda: draw_items(lot, [3], SEED, by="cartons", rule="sqrt")):
        total += chance
        cartons = Counter(one.carton for one in picks)
        assert sorted(cartons.values()) == [1, 2]
        for one in picks:
            chances[one.place] += chance
        sample = frozenset(one.place for one in picks)
        parts.setdefault(sample, Counter())[frozenset(one.place for one in picks[:2])] += chance
    assert total == 1
    assert set(chances.values()) == {Fraction(3, 8)}
    assert len(chances) == 8
    # A smaller sample is a random part of the larger: each of its pairs has the same chance.
    for pairs in parts.values():
        assert len(pairs) == 3
        assert len(set(pairs.values())) == 1


def test_a_smaller_sample_counts_as_the_hypergeometric_law_says(outcomes: Any) -> None:
    lot, bad, found = lot_of(("1", 3, ""), ("2", 2, "")), {("", 1, 1), ("", 2, 2)}, Counter[int]()
    for chance, picks in outcomes(lambda: draw_items(lot, [3], SEED, by="items", rule="sqrt")):
        found[sum(one.place in bad for one in picks[:2])] += chance
    assert found == {k: Fraction(comb(2, k) * comb(3, 2 - k), comb(5, 2)) for k in range(3)}


def test_a_further_sample_is_a_random_part_of_what_is_left(outcomes: Any) -> None:
    lot, chances = Lot.from_dict({"id": "L1", "size": 4}), Counter[Any]()
    for chance, picks in outcomes(lambda: draw_items(lot, [2, 3], SEED, by="items", rule="all")):
        chances[frozenset(one.place for one in picks[:2]), picks[2].place] += chance
    assert set(chances.values()) == {Fraction(1, 6 * 2)}
    assert len(chances) == 12


def test_equal_skus_have_the_same_chance_of_the_odd_item(outcomes: Any) -> None:
    lot = Lot.from_dict(
        {"id": "L1", "size": 6, "skus": [{"sku": name, "quantity": 2} for name in ("A", "B", "C")]}
    )
    chances = Counter[str]()
    for chance, picks in outcomes(lambda: draw_items(lot, [1], SEED, by="items", rule="all")):
        chances[picks[0].sku] += chance
    assert chances == dict.fromkeys("ABC", Fraction(1, 3))


def test_whole_cartons_are_drawn_alike_and_only_packed_ones(outcomes: Any) -> None:
    lot = Lot.from_dict(
        {
            "id": "L1",
            "size": 8,
            "carton": [{"numbers": "1-3", "units": 2}, {"numbers": 4, "units": 2, "packed": False}],
        }
    )
    chances = Counter[Any]()
    for chance, picks in outcomes(lambda: draw_cartons(lot, [1, 2], SEED)):
        assert [one.stage for one in picks] == [1, 2]
        chances[tuple(one.carton for one in picks)] += chance
    assert chances == {
        pair: Fraction(1, 6) for a, b in combinations((1, 2, 3), 2) for pair in ((a, b), (b, a))
    }


# Shares.


@given(
    data=st.data(),
    quantities=st.dictionaries(st.sampled_from("ABCDEF"), st.integers(0, 50), min_size=1).filter(
        lambda one: sum(one.values())
    ),
)
def test_shares_are_in_proportion_and_at_least_one(data: Any, quantities: dict[str, int]) -> None:
    total = sum(quantities.values())
    n = data.draw(st.integers(0, total))
    first = data.draw(st.permutations(list(quantities)))
    found = in_proportion(n, quantities, first)
    assert found == naive_drawing.shares(n, quantities, first)
    assert sum(found.values()) == n
    filled = [name for name in quantities if quantities[name]]
    assert all(found[name] <= quantities[name] for name in quantities)
    if n >= len(filled):
        assert all(found[name] for name in filled)
    assert all(abs(found[name] - Fraction(n * quantities[name], total)) < len(filled) for name in filled)


@given(data=st.data(), held=st.lists(st.integers(1, 9), min_size=1, max_size=7))
def test_cartons_are_served_in_turn(data: Any, held: list[int]) -> None:
    n = data.draw(st.integers(0, sum(held)))
    naive = [0] * len(held)
    while sum(naive) < n:
        for at, most in enumerate(held):
            if naive[at] < most and sum(naive) < n:
                naive[at] += 1
    assert evenly(n, held) == naive


@pytest.mark.parametrize("cartons", [0, 1, 2, 4, 5, 9, 10, 150, 10**12, 10**12 + 1])
def test_the_square_root_is_rounded_up(cartons: int) -> None:
    root = cartons_to_open("sqrt", cartons)
    assert root * root >= cartons
    assert root == 0 or (root - 1) ** 2 < cartons
    assert cartons_to_open("sqrt+1", cartons) == min(cartons, root + 1)
    assert cartons_to_open("all", cartons) == cartons


# What cannot be drawn.


def test_a_sample_above_what_there_is() -> None:
    lot = lot_of(("1-3", 2, ""))
    with pytest.raises(DomainError, match="the sample must be at most the 6 items that there are, got 7"):
        draw_items(lot, [7], SEED, by="items", rule="sqrt")
    with pytest.raises(DomainError, match="at most the 3 export cartons of the lot, got 4"):
        draw_cartons(lot, [4], SEED)
    with pytest.raises(DomainError, match="at most the 5 items in the cartons, got 6"):
        evenly(6, [2, 3])


def test_more_cartons_are_opened_where_they_hold_too_few() -> None:
    picks = draw_items(lot_of(("1-9", 2, "")), [15], SEED, by="cartons", rule="sqrt")
    assert len({one.carton for one in picks}) == 8
    every = draw_items(lot_of(("1-9", 2, "")), [18], SEED, by="cartons", rule="sqrt")
    assert len({one.place for one in every}) == 18


def test_a_carton_that_is_empty_is_not_among_those_to_open() -> None:
    """Of 4 cartons, 3 are opened; once one of A is empty, the others are one of A and both of B."""
    lot = lot_of(("1-2", 1, "A"), ("3-4", 2, "B"))
    for seed in range(20):
        picks = draw_items(lot, [2, 5], Seed(seed, "PO-1", "L1"), by="cartons", rule="sqrt+1")
        (first,) = (pick.carton for pick in picks if pick.stage == 1 and pick.sku == "A")
        second = {pick.carton for pick in picks if pick.stage == 2}
        assert second == {1, 2, 3, 4} - {first}


def test_an_item_says_whether_its_carton_is_packed_and_whole_cartons_are() -> None:
    lot = Lot.from_dict(
        {
            "id": "L1",
            "size": 8,
            "carton": [{"numbers": "1-2", "units": 2}, {"numbers": "3-4", "units": 2, "packed": False}],
        }
    )
    picks = draw_items(lot, [8], SEED, by="items", rule="sqrt")
    assert {(pick.carton, pick.packed) for pick in picks} == {(1, True), (2, True), (3, False), (4, False)}
    assert {(pick.carton, pick.packed) for pick in draw_cartons(lot, [2], SEED)} == {(1, True), (2, True)}


def test_cartons_that_are_not_listed_are_numbered_from_one() -> None:
    lot = Lot.from_dict({"id": "L1", "size": 90, "cartons": 9})
    assert sorted(pick.carton or 0 for pick in draw_cartons(lot, [4, 9], SEED)) == list(range(1, 10))
    with pytest.raises(DomainError, match="at most the 9 export cartons"):
        draw_cartons(lot, [10], SEED)
    with pytest.raises(DomainError, match="at most the 0 export cartons"):
        draw_cartons(Lot.from_dict({"id": "L1", "size": 90}), [1], SEED)


def test_a_drawing_has_at_most_a_hundred_thousand_items(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "_MOST_DRAWN", 3)
    lot = Lot.from_dict({"id": "L1", "size": 90, "cartons": 9})
    assert (
        len(draw_items(lot, [1, 3], SEED, by="items", rule="sqrt")) == len(draw_cartons(lot, [3], SEED)) == 3
    )
    with pytest.raises(DomainError, match="a drawing must have at most 3 items, got 4"):
        draw_items(lot, [4], SEED, by="items", rule="sqrt")
    with pytest.raises(DomainError, match="a drawing must have at most 3 items, got 4"):
        draw_cartons(lot, [4], SEED)


def test_a_seed_is_below_two_to_the_128() -> None:
    for good in (0, 2**128 - 1):
        assert seeded_stream.checked_seed(good) == good
    for wrong in (-1, 2**128, 1.5, True):
        with pytest.raises(DomainError, match="seed"):
            seeded_stream.checked_seed(wrong)


@given(values=lots(), seed=st.integers(0, 2**64))
def test_a_replacement_is_the_next_of_the_order(values: dict[str, Any], seed: int) -> None:
    lot, own = as_lot(values), Seed(seed, "PO-1", "L1")
    drawn = draw_items(lot, [1], own, by="items", rule="sqrt")[0]
    gone: set[Any] = set()
    seen = []
    pick = drawn
    size = sum(one[0] == drawn.sku for one in naive_drawing.items_of(values))
    for _ in range(size - 1):
        gone.add(pick.place)
        pick = next_item(lot, pick, own, by="items", taken=gone)
        seen.append(pick.place)
    every = [one for one in naive_drawing.items_of(values) if one[0] == drawn.sku]
    assert [drawn.place, *seen] == naive_drawing.Stream(seed, "PO-1", "L1", "items", drawn.sku).order(every)
    with pytest.raises(DomainError, match="no item"):
        next_item(lot, pick, own, by="items", taken={*gone, pick.place})


def test_a_pick_is_short_in_a_log() -> None:
    assert repr(Pick(3, 1, 12, 7, "BLK-64")) == "<Pick 3: carton 12, piece 7, BLK-64>"
