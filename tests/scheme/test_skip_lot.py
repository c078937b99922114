"""Skip-lot inspection: the closed forms of SkSP-2, machines of stages, laws, and a selection that can be repeated."""

import hashlib
import random
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import aql
from aql import DomainError, Scheme, SinglePlan, skip_lot
from aql.plans import Inspector
from aql.scheme import SkipLot, SkipStage, SkipState, selected, skip_long_run

PLAN = SinglePlan(n=20, ac=1)
SCHEME = Scheme.lookup(letter="F", aql=2.5)
ONE = skip_lot(PLAN, f=0.5, i=1)
WITHIN = 1e-12

fractions = st.floats(0.05, 1.0)
numbers = st.integers(1, 8)
qualities = st.floats(1e-6, 0.5)


@given(p=qualities, f=fractions, i=numbers)
def test_the_closed_forms_of_dodge_and_perry(p: float, f: float, i: int) -> None:
    skipping = skip_lot(PLAN, f=f, i=i)
    accepted, share = Fraction(PLAN.pa(p)), Fraction(f)
    over = share + (1 - share) * accepted**i
    exact = (share * accepted + (1 - share) * accepted**i) / over
    assert skipping.pa(p) == pytest.approx(float(exact), rel=WITHIN)
    assert skipping.pr(p) == pytest.approx(PLAN.pr(p) * float(share / over), rel=WITHIN)
    assert skipping.fraction_inspected(p) == pytest.approx(float(share / over), rel=WITHIN)
    assert skipping.asn(p) == pytest.approx(20 * float(share / over), rel=WITHIN)


@given(p=qualities, one=fractions, other=fractions, i=numbers, j=numbers)
def test_a_smaller_f_or_i_never_lowers_pa(p: float, one: float, other: float, i: int, j: int) -> None:
    for reference in (PLAN, SCHEME):
        low, high = sorted((one, other))
        few, many = sorted((i, j))
        best = skip_lot(reference, f=low, i=few).pa(p)
        assert best >= skip_lot(reference, f=high, i=few).pa(p) * (1 - WITHIN)
        assert best >= skip_lot(reference, f=low, i=many).pa(p) * (1 - WITHIN)


@given(p=qualities, i=numbers)
def test_with_f_1_it_is_the_reference(p: float, i: int) -> None:
    for reference in (PLAN, SCHEME):
        skipping = skip_lot(reference, f=1.0, i=i)
        for name in ("pa", "pr", "asn"):
            assert getattr(skipping, name)(p) == pytest.approx(getattr(reference, name)(p), rel=WITHIN)
        assert skipping.fraction_inspected(p) == 1


def test_perfect_and_hopeless_lots() -> None:
    for reference in (PLAN, SCHEME):
        skipping = skip_lot(reference, f=0.25, i=4)
        assert skipping.pa([0.0, 1.0]).tolist() == [1, 0]
        assert skipping.pr([0.0, 1.0]).tolist() == [0, 1]
        assert skipping.fraction_inspected([0.0, 1.0]).tolist() == pytest.approx([0.25, 1])


def test_a_whole_scheme_by_simulation() -> None:
    forever = Scheme.lookup(letter="F", aql=2.5, rules=SCHEME.rules.agreed(discontinue_after=0))
    skipping, p, draw = skip_lot(forever, f=0.3, i=3), 0.04, random.Random(3)
    state, accepted, items, lots = skipping.start(), 0, 0, 4000
    for number in range(lots):
        if not skipping.inspects(state, str(number), seed="audit"):
            accepted += 1
            continue
        assert state.scheme is not None
        n = forever.plans[state.scheme.severity].plan.total
        done = skipping.step(state, sum(draw.random() < p for _ in range(n)))
        accepted += done.accepted
        items += n
        state = done.state
    assert accepted / lots == pytest.approx(skipping.pa(p), abs=0.02)
    assert items / lots == pytest.approx(skipping.asn(p), rel=0.08)


def test_a_machine_of_stages_as_erp_systems_have_them() -> None:
    stages = (
        SkipStage(name="tightened", accepted=2),
        SkipStage(name="normal", frequency=0.5, accepted=3, rejected=2, back="tightened"),
        SkipStage(name="skip", frequency=0.1, back="normal"),
    )
    machine = SkipLot(PLAN, stages)
    seen = [machine.start()]
    for found in (0, 0, 5, 0, 5, 0, 0, 0, 0, 0, 5):
        seen.append(machine.step(seen[-1], found).state)
    assert [state.stage[0] for state in seen] == list("ttnnntt" + "nnns" + "n")
    assert machine.step(seen[0], None).state == seen[0]
    fresh = machine.step(SkipState("normal"), 5).state
    assert (fresh.stage, fresh.accepted, fresh.rejected, fresh.frequency) == ("normal", 0, 1, 0.5)
    assert machine.step(fresh, 5).state.stage == "tightened"
    assert machine.step(SkipState("tightened", 1), 0).state.stage == "normal"
    assert machine.pa(0.02) + machine.pr(0.02) == pytest.approx(1, rel=1e-13)
    assert "a lot is inspected with probability 0.1" in str(machine)
    assert "aql" in machine._repr_html_()
    assert SkipLot.from_json(machine.to_json()) == machine
    assert hash(machine) == hash(SkipLot(PLAN, stages))
    assert (
        repr(skip_lot(SCHEME, f=0.2, i=5))
        == "<SkipLot skip-lot over scheme F, AQL 2.5: every lot 1, skip 0.2>"
    )
    jump = SkipLot(
        PLAN, (SkipStage(name="a", accepted=1, forward="c"), SkipStage(name="b"), SkipStage(name="c"))
    )
    assert jump.step(jump.start(), 0).state.stage == "c"


def test_the_selection_can_be_repeated_with_any_sha_256() -> None:
    for lot in ("L1", "Lot 2", "ロット"):
        digest = hashlib.sha256(f"7:{lot}".encode()).hexdigest()
        assert selected(lot, 0.5, seed=7) == (int(digest[:16], 16) < 2**63)
    assert selected("L1", 1.0, seed=1)
    share = sum(selected(str(number), 0.2, seed="x") for number in range(2000)) / 2000
    assert share == pytest.approx(0.2, abs=0.03)


@pytest.mark.parametrize(
    "scheme", [SCHEME, Scheme.lookup(1200, aql=2.5), Scheme.lookup(1200, aql=2.5, sampling="double")]
)
def test_perfect_and_hopeless_lots_over_a_scheme(scheme: Scheme) -> None:
    """At worse and worse quality every lot is inspected, and what happens is what the scheme does."""
    skipping = skip_lot(scheme, f=0.25, i=4)
    assert (skipping.pa(0.0), skipping.pr(0.0), skipping.fraction_inspected(0.0)) == (1, 0, 0.25)
    assert (skipping.pa(1.0), skipping.pr(1.0), skipping.fraction_inspected(1.0)) == (0, 1, 1)
    bad = [0.8, 0.97, 0.999, 1.0]
    assert skipping.pa(bad) == pytest.approx(scheme.pa(bad), rel=1e-10)
    assert skipping.asn(bad) == pytest.approx(scheme.asn(bad), rel=1e-10)
    assert skipping.pa(bad) == pytest.approx([skipping.pa(p) for p in bad], rel=1e-12)
    assert skipping.discrimination_ratio() > 1


def test_a_run_checks_who_was_inspected() -> None:
    plan = skip_lot(PLAN, f=0.5, i=1)
    names = [f"L{number}" for number in range(2, 12)]
    lots: list[tuple[str, Any]] = [("L1", 0)]
    lots += [(name, 0 if selected(name, 0.5, seed=4) else None) for name in names]
    steps = plan.run(lots, seed=4)
    assert [step.inspected for step in steps] == [found is not None for _, found in lots]
    assert all(step.accepted for step in steps)
    at = next(place for place, (_, found) in enumerate(lots) if found is None)
    with pytest.raises(DomainError, match=f"lot {lots[at][0]} was not selected, but has a count"):
        plan.run([*lots[:at], (lots[at][0], 0)], seed=4)
    with pytest.raises(DomainError, match="lot L1 was selected, but has no count"):
        plan.run([("L1", None)], seed=4)
    with pytest.raises(DomainError, match="lot L1: found must be a whole number, 0 to 20, got 21"):
        plan.run([("L1", 21)], seed=4)


def test_levels_and_all_models() -> None:
    skipping = skip_lot(SCHEME, f=0.25, i=4)
    assert skipping.pa(skipping.quality_at(0.95)) == pytest.approx(0.95, rel=WITHIN)
    for law in (
        {"model": "poisson"},
        {"model": "hypergeometric", "lot_size": 200},
        {"inspector": Inspector(miss=0.1)},
    ):
        how: Any = law
        assert skipping.pa(0.05, **how) + skipping.pr(0.05, **how) == pytest.approx(1, rel=1e-13)
        assert skipping.asn([0.05], **how)[0] == pytest.approx(skipping.asn(0.05, **how), rel=WITHIN)
    both: Any = {"scheme": SCHEME, "skip": skipping}
    assert aql.compare(both, [0.01, 0.05]).shape == (4, 5)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: skip_lot(PLAN, f=0, i=4), "frequency must be above 0, got 0"),
        (lambda: skip_lot(PLAN, f=1.5, i=4), "f must be from 0 to 1, got 1.5"),
        (lambda: skip_lot(PLAN, f=0.5, i=0), "i must be a whole number, 1 or more, got 0"),
        (lambda: SkipLot(PLAN, ()), "stages must be one or more stages with different names"),
        (lambda: SkipLot(PLAN, (SkipStage(name="a"), SkipStage(name="a"))), "with different names"),
        (lambda: SkipLot(PLAN, (SkipStage(name="a", back="b"),)), "leads to 'b', which is not one of"),
        (
            lambda: SkipLot(PLAN, (SkipStage(name="a", accepted=3),)),
            "the last stage 'a' must have accepted=None",
        ),
        (lambda: SkipStage(name=""), "name of a stage must be text"),
        (
            lambda: skip_lot(SCHEME, f=0.5, i=1).step(skip_lot(PLAN, f=0.5, i=1).start(), 0),
            "must contain a state of",
        ),
        (
            lambda: ONE.step(SkipState("tightened"), 0),
            "state must be of one of the stages ['every lot', 'skip']",
        ),
        (lambda: ONE.run([0, 1], seed=1), "a lot must be its name and the number found, got 0"),  # type: ignore[list-item]
        (lambda: ONE.run([("L1", 0), ("L1", 0)], seed=1), "lot L1 must be listed once"),
        (lambda: ONE.run([("L1", 0)], seed=None), "seed must be a whole number, 0 or more, got None"),  # type: ignore[arg-type]
        (lambda: selected(5, 0.5, seed=1), "the name of a lot must be text, got 5"),  # type: ignore[arg-type]
    ],
)
def test_bad_input(call: Any, message: str) -> None:
    with pytest.raises(DomainError) as caught:
        call()
    assert message in str(caught.value)


def test_a_chain_of_too_many_stages_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """SkSP-2 has a state for each lot in a row, and one in which lots are skipped."""
    assert skip_long_run._MOST_STATES == 50_000
    monkeypatch.setattr(skip_long_run, "_MOST_STATES", 10)
    assert 0 < skip_lot(PLAN, f=0.5, i=9).pa(0.0123) < 1
    with pytest.raises(
        DomainError, match=r"must have at most 10 states, but has more\. Use fewer lots in a row"
    ):
        skip_lot(PLAN, f=0.5, i=10).pa(0.0123)


def test_the_reference_must_be_a_plan_or_a_scheme() -> None:
    nothing: Any = 5
    with pytest.raises(DomainError, match="reference must be a plan or a scheme, got 5"):
        skip_lot(nothing, f=0.5, i=4)
