"""What a dispute is worth: against exact fractions, a simulation of lots, and bounds that hold for any lot."""

from datetime import date
from fractions import Fraction
from math import comb
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.figure import Figure

import aql
from aql.assurance import ClaimAssessment, Money, Worth, worth_curve, worth_opening
from aql.contract.contract import Contract
from aql.errors import AqlError, DomainError
from aql.scoring.verdict import Verdict


@pytest.fixture(scope="module")
def tablets() -> tuple[Contract, Verdict]:
    agreed, inspection = aql.examples.tablet_order()
    return agreed, aql.score(agreed, inspection)


def counted(
    found: dict[str, int], *, lot_size: int, inspected: int, ac: int = 0
) -> tuple[ClaimAssessment, Verdict]:
    """A claim and a verdict from counts of classes, each with a plan of its own."""
    contract = Contract.load(
        {
            "order": {"id": "PO-1", "quantity": lot_size, "unit_price": "1", "currency": "USD"},
            "classes": [
                {"name": name, "plan": {"n": inspected, "ac": ac + place}} for place, name in enumerate(found)
            ],
            "terms": [],
        }
    )
    inspection = aql.Inspection.load(
        {
            "contract": "PO-1",
            "lot": {"id": "L1", "size": lot_size},
            "inspection": {"inspected": inspected},
        },
        findings=[{"class": name, "count": count} for name, count in found.items()],
    )
    verdict = aql.score(contract, inspection)
    claim = aql.assess_claim(contract, verdict, rules="2017", as_of=date(2026, 6, 1))
    return claim, verdict


def exact_rejection(d: int, n: int, lot_size: int, ac: int) -> Fraction:
    """Chance that a new sample rejects: over every lot that a uniform prior allows, each sample of it."""
    rest = lot_size - n
    total = Fraction(0)
    for hidden in range(rest + 1):
        # Beta-binomial with the parameters 1 + d and 1 + n - d, by factorials.
        weight = Fraction(
            comb(d + hidden, hidden) * comb(lot_size - d - hidden, rest - hidden), comb(lot_size + 1, rest)
        )
        bad = d + hidden
        accepted = sum(comb(bad, k) * comb(lot_size - bad, n - k) for k in range(ac + 1))
        total += weight * (1 - Fraction(accepted, comb(lot_size, n)))
    return total


@pytest.mark.parametrize(
    "found", [{"major": 1}, {"major": 0, "minor": 3}, {"critical": 0, "major": 2, "minor": 1}]
)
def test_the_chance_is_that_of_every_lot_by_exact_fractions(found: dict[str, int]) -> None:
    claim, verdict = counted(found, lot_size=40, inspected=8)
    expected = worth_opening(claim, verdict, fee="10", refund="40", upheld_if_rejected=0.5)
    exact = [exact_rejection(d, 8, 40, ac) for ac, d in enumerate(found.values())]
    assert [one.rejected for one in expected.lines] == pytest.approx([float(one) for one in exact], abs=1e-12)
    none = Fraction(1)
    for one in exact:
        none *= 1 - one
    assert expected.rejected == pytest.approx(float(1 - none), abs=1e-12)
    # 0.5 of 40 and of the fee of 10, which comes back under these rules, less the fee.
    value = float((1 - none) * Fraction(1, 2) * 50 - 10)
    low, high = expected.expected_independent
    assert float(low.amount) == pytest.approx(value, abs=0.011)
    assert low <= high
    curve = worth_curve(expected)
    weights = curve["probability"] / curve["probability"].sum()
    assert float((weights * curve["lot_rejected"]).sum()) == pytest.approx(expected.rejected, abs=1e-4)
    assert float((weights * curve["expected_low"]).sum()) == pytest.approx(value, abs=0.01)


def simulated(
    found: list[int], *, n: int, lot_size: int, exclusive: bool, draws: int
) -> tuple[np.ndarray, float]:
    """Share of second inspections that reject each line, and any line, of lots drawn from what is known.

    With `exclusive`, an item has one kind of nonconformity at most, so the kinds are not independent.
    """
    random = np.random.default_rng(20261126)
    rest = lot_size - n
    if exclusive:
        alpha = np.array([1 + d for d in found] + [1 + n - sum(found)], dtype=float)
        shares = random.dirichlet(alpha, draws)
        hidden = random.multinomial(rest, shares)
        lots = hidden + np.array([*found, n - sum(found)])
        seen = random.multivariate_hypergeometric
        counts = np.array([seen(lot, n)[:-1] for lot in lots])
    else:
        counts = np.empty((draws, len(found)), dtype=int)
        for place, d in enumerate(found):
            bad = d + random.binomial(rest, random.beta(1 + d, 1 + n - d, draws))
            counts[:, place] = random.hypergeometric(bad, lot_size - bad, n)
    rejects = counts > np.arange(len(found))
    return rejects.mean(axis=0), float(rejects.any(axis=1).mean())


@pytest.mark.parametrize("found", [[0, 1], [1, 2, 4], [0, 0, 1]])
def test_a_simulation_of_lots_agrees(found: list[int]) -> None:
    names = ["critical", "major", "minor"][: len(found)]
    claim, verdict = counted(dict(zip(names, found, strict=True)), lot_size=500, inspected=20)
    expected = worth_opening(claim, verdict, fee="10", refund="500")
    draws = 20_000
    lines, any_line = simulated(found, n=20, lot_size=500, exclusive=False, draws=draws)
    margin = 5 * (0.25 / draws) ** 0.5
    assert [one.rejected for one in expected.lines] == pytest.approx(list(lines), abs=margin)
    assert expected.rejected == pytest.approx(any_line, abs=margin)
    # Kinds that exclude each other on an item depend on each other: the interval holds, less what the prior adds.
    lines, any_line = simulated(found, n=20, lot_size=500, exclusive=True, draws=2_000)
    slack = 5 * (0.25 / 2_000) ** 0.5
    assert max(lines) - slack <= any_line <= min(sum(lines), 1.0) + slack


@given(
    d=st.integers(0, 6),
    ac=st.integers(0, 3),
    n=st.integers(6, 12),
    size=st.integers(12, 60),
    chance=st.sampled_from([None, 0.0, 0.4, 1.0]),
)
def test_the_intervals_hold_whatever_is_unknown(
    d: int, ac: int, n: int, size: int, chance: float | None
) -> None:
    claim, verdict = counted({"major": d}, lot_size=size, inspected=n, ac=ac)
    expected = worth_opening(claim, verdict, fee="10", refund="100", upheld_if_rejected=chance)
    # One line has nothing to depend on.
    assert expected.rejected == pytest.approx(expected.rejected_low)
    assert expected.rejected == pytest.approx(expected.rejected_high)
    assert 0 <= expected.bound_low <= expected.bound_high <= 1
    assert expected.expected[0] <= expected.expected[1]
    for rejected in (0.0, 0.3, 1.0):
        low, high = expected.value_at(rejected)
        assert -10 <= low <= high <= 100
        assert chance is None or low == high
    given = worth_opening(
        claim, verdict, fee="10", refund="100", upheld_if_rejected=0.2, partly_if_rejected=0.5, partial="40"
    )
    # Upheld: 100 and the fee; in part: 40 and the fee; otherwise nothing; always less the fee.
    assert given.value_at(1.0)[0] == pytest.approx(0.2 * 110 + 0.5 * 50 - 10)
    assert "Chance that it is upheld in part, for 40.00 USD: 0.5." in given.explain()


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"fee": "-1"}, "fee must be 0 or more"),
        ({"refund": "-1"}, "refund must be 0 or more"),
        ({"partly_if_rejected": 0.5}, "must be passed together"),
        ({"partly_if_rejected": 0.5, "partial": "101"}, "at most the refund"),
        ({"upheld_if_rejected": 0.6, "partly_if_rejected": 0.5, "partial": "1"}, "add up to at most 1"),
        ({"upheld_if_rejected": 1.5}, "upheld_if_rejected"),
    ],
)
def test_impossible_chances_and_amounts_are_refused(given: dict[str, Any], says: str) -> None:
    claim, verdict = counted({"major": 1}, lot_size=50, inspected=8)
    with pytest.raises(AqlError, match=says):
        worth_opening(claim, verdict, **({"fee": "10", "refund": "100"} | given))


@pytest.mark.parametrize("chance", [None, 0.5])
def test_the_picture_shows_the_value_and_how_probable_each_number_is(chance: float | None) -> None:
    claim, verdict = counted({"major": 1, "minor": 0}, lot_size=60, inspected=8)
    expected = worth_opening(claim, verdict, fee="10", refund="100", upheld_if_rejected=chance)
    ax = aql.plot.worth(expected, line="minor", ax=Figure().subplots())
    curve = worth_curve(expected, line="minor")
    assert ax.lines[0].get_ydata() == pytest.approx(curve["expected_high"].to_numpy())
    legend = ax.get_legend()
    assert legend is not None
    labels = [one.get_text() for one in legend.get_texts()]
    assert "if no other line could reject" in labels
    assert ("expected value" in labels) == (chance is not None)
    assert ax.get_title(loc="left") == "What a dispute is worth, by the quality in minor"


def test_a_claim_without_currency_or_a_count_of_nonconformities_is_refused() -> None:
    data: dict[str, Any] = {
        "order": {"id": "PO-1"},
        "classes": [{"name": "major", "plan": {"n": 8, "ac": 0}}],
    }
    for more, says in (
        ({}, "the currency"),
        ({"inspection": {"counting": "nonconformities"}}, "count items"),
    ):
        contract = Contract.load(data | more)
        header = {"contract": "PO-1", "lot": {"id": "L1", "size": 50}, "inspection": {"inspected": 8}}
        verdict = aql.score(contract, aql.Inspection.load(header, findings=[]))
        claim = aql.assess_claim(contract, verdict, rules="current", as_of=date(2026, 6, 1))
        with pytest.raises(DomainError, match=says):
            worth_opening(claim, verdict, fee="10", refund="100")


def test_a_verdict_of_another_contract_is_refused(tablets: tuple[Contract, Verdict]) -> None:
    claim, _ = counted({"major": 1}, lot_size=50, inspected=8)
    with pytest.raises(AqlError, match="based on the contract of the claim, order PO-1"):
        worth_opening(claim, tablets[1], fee="10", refund="100")


def test_another_prior_reaches_the_curve() -> None:
    claim, verdict = counted({"major": 1}, lot_size=200, inspected=10)
    expected = worth_opening(claim, verdict, fee="10", refund="100", prior=(1.0, 50.0), upheld_if_rejected=1)
    curve = worth_curve(expected)
    mean = float((curve["probability"] * curve["rejected"]).sum() / curve["probability"].sum())
    assert mean == pytest.approx(expected.rejected, abs=1e-4)


def test_worth_is_an_interval_where_something_is_unknown(tablets: tuple[Contract, Verdict]) -> None:
    agreed, verdict = tablets
    found = aql.assess_claim(agreed, verdict, as_of=date(2026, 12, 20))
    open_chance = worth_opening(found, verdict, fee="600", refund="37350")
    assert open_chance.expected[0] == Money.of("-600", "USD")
    assert open_chance.upheld_if_conforms == (0.0, 0.0)
    known = worth_opening(found, verdict, fee="600", refund="37350", upheld_if_rejected=1, fee_back=False)
    assert open_chance.expected[0] < known.expected[0]
    low, high = known.value_at(0.5)
    assert low == high == pytest.approx(0.5 * 37350 - 600)
    assert Worth.from_json(known.to_json()) == known
    assert known.bound_low <= known.rejected_low <= known.rejected <= known.rejected_high <= 1
    assert "expected value" in known.explain()
    assert "rejected again" in known._repr_html_()
    assert repr(known).startswith("<Worth rejected")
    assert repr(known.lines[0]).startswith("<LineChance critical")
    curve = worth_curve(known, line="battery-capacity")
    assert curve["probability"].sum() == pytest.approx(0.999, abs=0.001)
    assert curve["rejected"].is_monotonic_increasing
    assert len(worth_curve(known)) > 10
    mean = float((curve["probability"] * curve["rejected"]).sum() / curve["probability"].sum())
    (line,) = [one for one in known.lines if one.line == "battery-capacity"]
    assert mean == pytest.approx(line.rejected, abs=0.002)
    with pytest.raises(DomainError, match="line must be"):
        worth_curve(known, line="weight")


def test_worth_needs_a_refund_and_counted_items(tablets: tuple[Contract, Verdict]) -> None:
    agreed, verdict = tablets
    found = aql.assess_claim(agreed, verdict, as_of=date(2026, 12, 20))
    with pytest.raises(DomainError, match="State the refund"):
        worth_opening(found, verdict, fee="600")
    unclear = aql.assess_claim(agreed, verdict, rules="us-2019", as_of=date(2026, 12, 20))
    open_fee = worth_opening(unclear, verdict, fee="600", refund="37350", upheld_if_rejected=0.5)
    assert open_fee.fee_back == (0, 1)
    assert "Whether the inspection fee comes back is unknown." in str(open_fee)


@pytest.mark.parametrize("rejected", [0.0, 0.3, 1.0])
def test_the_value_at_a_chance_is_the_mean_of_what_can_follow(rejected: float) -> None:
    """Every way in which a dispute can end, with its chance and what it brings, less the fee."""
    claim, verdict = counted({"major": 1}, lot_size=40, inspected=8)
    worth = worth_opening(
        claim,
        verdict,
        fee="10",
        refund="40",
        upheld_if_rejected=0.5,
        partly_if_rejected=0.25,
        partial="8",
        upheld_if_conforms=0.125,
        fee_back=True,
    )
    ways = [(rejected * 0.5, 50), (rejected * 0.25, 18), (rejected * 0.25, 0)]
    ways += [((1 - rejected) * 0.125, 50), ((1 - rejected) * 0.875, 0)]
    assert sum(chance for chance, _ in ways) == pytest.approx(1)
    value = sum(chance * brings for chance, brings in ways) - 10
    assert worth.value_at(rejected) == pytest.approx((value, value))


def test_the_curve_has_each_number_with_its_share_of_the_lot() -> None:
    claim, verdict = counted({"major": 1, "minor": 2}, lot_size=40, inspected=8)
    curve = worth_curve(worth_opening(claim, verdict, fee="10", refund="40"), line="minor")
    assert curve.attrs == {"line": "minor", "lot_size": 40}
    assert curve["fraction_nonconforming"].tolist() == [count / 40 for count in curve["nonconforming"]]
    assert curve["nonconforming"].tolist() == list(range(2, 2 + len(curve)))
