"""Simulated lots: they have the requested quality, and the inspector's findings match the items."""

from math import exp
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import aql
from aql.scoring.decision_line import decision_lines
from aql.strategies import SimulatedLot, contracts, lots
from tests.scoring.builders import cls, term
from tests.scoring.builders import contract as agreed
from tests.strategies.reaching import reached, simplest


def test_the_share_is_that_of_the_process() -> None:
    """The total of 400 lots of 100 items at 2.5 %: by Bernstein's inequality, within 250 with all but 1e-9 of its chance."""
    (seen,) = reached(lots(0.025, lot_size=100), lambda lot: len(lot.items("major")), draws=400)
    items = 100 * sum(seen.values())
    assert items >= 30_000
    bound = 2 * exp(-(250**2) / 2 / (items * 0.025 * 0.975 + 250 / 3))
    assert bound < 1e-9
    assert abs(sum(found * number for found, number in seen.items()) - 0.025 * items) <= 250


@pytest.mark.parametrize(("quality", "share"), [(0, 0.0), (1, 1.0)])
def test_the_extremes_are_certain(quality: float, share: float) -> None:
    (seen,) = reached(lots(quality), lambda lot: lot.share("major"), draws=50)
    assert set(seen) == {share}


def test_a_lot_has_2_to_500_items_unless_its_size_is_given() -> None:
    (sizes,) = reached(lots(0), lambda lot: lot.size)
    assert (min(sizes), max(sizes)) == (2, 500)
    (one,) = reached(lots(0.5, lot_size=1), lambda lot: (lot.size, lot.share("major")), draws=40)
    assert set(one) == {(1, 0.0), (1, 1.0)}


def test_any_quality_is_drawn_by_type() -> None:
    (shares,) = reached(st.from_type(SimulatedLot), lambda lot: lot.share("major"), draws=100)
    assert {0.0, 1.0} <= set(shares)
    assert any(0 < share < 1 for share in shares)


def test_an_item_is_nonconforming_by_its_number() -> None:
    lot = SimulatedLot(5, (("major", (2, 5)),))
    assert [lot.found("major", n=n) for n in range(6)] == [0, 0, 1, 1, 1, 2]
    assert (lot.share("major"), lot.share("minor"), lot.found("minor", n=5)) == (0.4, 0.0, 0)


def test_classes_are_independent() -> None:
    """Two classes at one half agree on an item half of the time; not always and not never."""
    both = simplest(lots({"major": 0.5, "minor": 0.5}, lot_size=200))
    shared = set(both.items("major")) & set(both.items("minor"))
    assert 20 < len(shared) < 80


@given(contract=contracts(), share=st.floats(0, 1), data=st.data())
def test_the_inspector_sees_what_is_there(contract: aql.Contract, share: float, data: st.DataObject) -> None:
    """Each line counts what its sample holds and no more serious class has taken: by hand, single plans only."""
    assume(all(one.reading_of is None for one in contract.terms))
    own = [one for one in decision_lines(contract, 2, cartons=1) if one.kind != "limit"]
    name = data.draw(st.sampled_from([one.name for one in own]))
    lot = data.draw(lots({name: share}))
    found = aql.score(contract, lot.inspection(contract))
    line = next(one for one in found.lines if one.name == name)
    whole = max(one.lot_plan.total for one in found.lines if one.cartons is None)
    held = (
        whole if line.lookup is not None and line.lookup.aql == "0" and line.kind == "class" else line.sample
    )
    if line.lookup is None or line.lookup.aql != "0":
        assert line.found == lot.found(name, n=held)
    assert all(one.found == 0 for one in found.lines if one.name != name and one.kind != "limit")
    assert found.decision != "hold" or any(one.decision == "hold" for one in found.lot_terms)


def test_the_verdict_is_that_of_the_count() -> None:
    """AQL 2.5, 1200 items, level II: 80 items, Ac 5."""
    contract = agreed(cls(aql=2.5), [term("dent")])
    (seen,) = reached(
        lots(0.05, lot_size=1200),
        lambda lot: (lot.found("major", n=80) <= 5, aql.score(contract, lot.inspection(contract)).decision),
        draws=60,
    )
    assert set(seen) == {(True, "accept"), (False, "reject")}


def test_it_shrinks_to_a_lot_of_two() -> None:
    assert simplest(lots(0.1)).size == 2
    bad = simplest(lots(0.5), lambda lot: lot.items("major") != ())
    assert bad.size == 2


def test_the_lot_is_a_value() -> None:
    lot = simplest(lots({"major": 0.3}, lot_size=9), lambda one: len(one.items("major")) == 2)
    assert eval(repr(lot), {"SimulatedLot": SimulatedLot}) == lot
    assert lot.items("minor") == ()


def test_a_part_of_the_sample_holds() -> None:
    contract = agreed(cls(aql=2.5), [term("dent")])
    lot = SimulatedLot(1200, (("major", (3, 90)),))
    assert aql.score(contract, lot.inspection(contract, inspected=40)).decision == "hold"
    assert [row.item for row in lot.inspection(contract).rows] == [3]


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        (
            {"quality": 2.5},
            "quality of major must be from 0 to 1, got 2.5. Write 0.025 for 2.5 %.",
        ),
        (
            {"quality": 0.1, "lot_size": 0},
            "lot_size must be a whole number, 1 or more, got 0.",
        ),
    ],
    ids=["percent", "no item"],
)
def test_an_impossible_lot_is_refused(asked: Any, message: str) -> None:
    with pytest.raises(aql.DomainError) as raised:
        lots(**asked)
    assert str(raised.value) == message


def test_a_quality_of_no_class_is_refused() -> None:
    lot = SimulatedLot(50, (("minor", (1,)),))
    with pytest.raises(aql.DomainError) as raised:
        lot.inspection(agreed(cls(aql=2.5), [term("dent")]))
    assert str(raised.value) == 'quality must be given for "major", got minor.'
