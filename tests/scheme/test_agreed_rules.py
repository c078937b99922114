"""Rules with numbers that the parties agree on: each switch is that of the rule in words, over the whole history."""

from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aql import DomainError, Scheme, SinglePlan
from aql.scheme import SkipStage, switching_rules
from aql.scheme import chain as chain_module
from aql.scheme.chain import Chain, explored
from aql.scheme.outcome import Outcome
from aql.scheme.rules import Rules
from aql.scheme.state import start_of
from aql.scheme.step import step
from aql.types import SEVERITIES, Severity

ISO = switching_rules("ISO 2859-1:1999")


@st.composite
def agreed_rules(draw: st.DrawFn) -> Rules:
    """Rules with small numbers, so that every switch comes soon."""
    rejected = draw(st.integers(1, 3))
    return ISO.agreed(
        tightened_rejected=rejected,
        tightened_window=draw(st.integers(rejected, rejected + 2)),
        normal_accepted=draw(st.integers(1, 3)),
        reduced_by=draw(st.sampled_from(["score", "lots"])),
        reduced_score=draw(st.integers(1, 7)),
        reduced_lots=draw(st.integers(1, 4)),
        discontinue_by=draw(st.sampled_from(["rejected", "lots"])),
        discontinue_after=draw(st.integers(0, 4)),
        fresh_window=draw(st.booleans()),
    )


lots = st.builds(
    Outcome,
    accepted=st.sampled_from([True, True, True, False]),
    points=st.sampled_from([0, 2, 3, 3]),
    gap=st.sampled_from([False, False, False, True]),
    steady=st.sampled_from([True, True, True, False]),
    authority=st.sampled_from([True, True, True, False]),
)


def by_the_words(rules: Rules, series: list[Outcome]) -> list[Severity | None]:
    """The severity after each lot, None once inspection is discontinued; nothing is kept but the lots of the run."""
    severity: Severity = "normal"
    before: list[bool] = []  # what still counts of the run before, accepted or not
    run: list[Outcome] = []
    after: list[Severity | None] = []
    for lot in series:
        run.append(lot)
        accepted = [one.accepted for one in run]
        to = severity
        if severity == "normal":
            window = [*before, *accepted][-rules.tightened_window :]
            score = 0
            for one in run:
                score = score + one.points if one.accepted and one.points else 0
            steady = accepted[-rules.reduced_lots :] == [True] * rules.reduced_lots
            due = score >= rules.reduced_score if rules.reduced_by == "score" else steady
            if not lot.accepted and window.count(False) >= rules.tightened_rejected:
                to = "tightened"
            elif lot.accepted and due and lot.steady and lot.authority:
                to = "reduced"
        elif severity == "tightened":
            if accepted[-rules.normal_accepted :] == [True] * rules.normal_accepted:
                to = "normal"
            else:
                counted = accepted.count(False) if rules.discontinue_by == "rejected" else len(run)
                if 0 < rules.discontinue_after <= counted:
                    return [*after, None]
        elif not (lot.accepted and lot.steady and lot.authority) or lot.gap:
            to = "normal"
        if to != severity:
            carried = severity == "reduced" and not lot.accepted and not rules.fresh_window
            severity, before, run = to, [False] if carried else [], []
        after.append(severity)
    return after


@given(rules=agreed_rules(), series=st.lists(lots, max_size=25))
def test_the_steps_are_the_rules_in_words(rules: Rules, series: list[Outcome]) -> None:
    state, found = start_of(rules), []
    for lot in series:
        state = step(state, lot)
        found.append(None if state.discontinued else state.severity)
        if state.discontinued:
            break
    assert found == by_the_words(rules, series)


@pytest.mark.parametrize(("rejected", "window"), [(1, 1), (2, 2), (2, 3), (3, 3)])
def test_lots_in_a_row_that_are_not_accepted_lead_to_tightened(rejected: int, window: int) -> None:
    state = start_of(ISO.agreed(tightened_rejected=rejected, tightened_window=window))
    for _ in range(rejected):
        assert state.severity == "normal"
        state = step(state, Outcome(False))
    assert state.severity == "tightened"


@given(
    rules=agreed_rules(),
    reduced=st.booleans(),
    discontinuation=st.booleans(),
    draws=st.lists(st.floats(0, 1, exclude_max=True), max_size=40),
)
def test_a_walk_along_the_chain_has_the_severities_of_the_steps(
    rules: Rules, reduced: bool, discontinuation: bool, draws: list[float]
) -> None:
    """What the states of a chain leave out never matters."""
    scheme = Scheme.of(SinglePlan(20, 2), SinglePlan(20, 1), SinglePlan(8, 1), tighter_ac=1, rules=rules)
    chain = explored(scheme.start(), scheme.forces, reduced=reduced, discontinuation=discontinuation)
    endless = rules if discontinuation else rules.agreed(discontinue_after=0)
    place, state = 0, start_of(endless)
    for draw in draws:
        kinds = chain.kinds[SEVERITIES.index(state.severity)]
        kind = int(draw * len(kinds))
        place, state = chain.following[place][kind], step(state, kinds[kind].outcome)
        assert chain.states[place].severity == state.severity
        assert chain.states[place].discontinued == state.discontinued
        if state.discontinued:
            break


@pytest.mark.parametrize("reduced", [True, False])
@pytest.mark.parametrize(
    "agreed",
    [
        {},
        {"tightened_rejected": 3, "tightened_window": 6, "reduced_score": 4},
        {"tightened_rejected": 1, "tightened_window": 1, "normal_accepted": 2, "discontinue_after": 0},
        {"tightened_window": 3, "reduced_by": "lots", "reduced_lots": 2, "discontinue_after": 3},
    ],
    ids=str,
)
def test_the_states_are_counted_before_they_are_explored(
    agreed: dict[str, Any], reduced: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every pattern of lots not accepted that does not yet switch, with every score; and each count on tightened."""
    rules = ISO.agreed(**agreed)
    patterns = [
        one
        for one in product((False, True), repeat=rules.tightened_window - 1)
        if sum(one) < rules.tightened_rejected
    ]
    scores = rules.reduced_score if reduced and rules.reduced_by == "score" else 1
    counted = len(patterns) * scores + rules.normal_accepted * max(rules.discontinue_after, 1)
    scheme = Scheme.of(SinglePlan(20, 2), SinglePlan(20, 1), SinglePlan(8, 1), tighter_ac=1, rules=rules)
    for most, fits in ((counted, True), (counted - 1, False)):
        monkeypatch.setattr(chain_module, "_MOST_COUNTED", most)
        chain_module._explored.cache_clear()
        if fits:
            found = explored(scheme.start(), scheme.forces, reduced=reduced, discontinuation=True)
            assert len(found.states) <= counted + rules.reduced_lots + 2
        else:
            with pytest.raises(DomainError, match=f"without the limit numbers, got up to {counted}"):
                explored(scheme.start(), scheme.forces, reduced=reduced, discontinuation=True)


def test_a_chain_has_up_to_a_million_states(monkeypatch: pytest.MonkeyPatch) -> None:
    scheme = Scheme.lookup(letter="J", aql=2.5)  # 26 states
    for most in (26, 25):
        monkeypatch.setattr(chain_module, "MOST_STATES", most)
        chain_module._explored.cache_clear()
        if most == 26:
            assert (
                len(explored(scheme.start(), scheme.forces, reduced=True, discontinuation=False).states) == 26
            )
        else:
            with pytest.raises(DomainError, match="at most 25 states"):
                explored(scheme.start(), scheme.forces, reduced=True, discontinuation=False)


def test_a_small_table_has_up_to_256_states() -> None:
    def chain(states: int) -> Chain:
        kinds = explored(
            start_of(ISO), Scheme.lookup(letter="D", aql=4.0).forces, reduced=True, discontinuation=False
        )
        return Chain((start_of(ISO),) * states, kinds.kinds, ((states - 1, 0),) * states)

    assert chain(256).table()[7].tolist()[:2] == [255, 0]
    with pytest.raises(DomainError, match="at most 256 states, got 257"):
        chain(257).table()


@pytest.mark.parametrize("seed", ["1", -1, 1.5, True])
def test_the_seed_of_a_scheme_is_checked(seed: Any) -> None:
    with pytest.raises(DomainError, match="seed must be a whole number"):
        Scheme.lookup(letter="J", aql=4.0, standard="MIL-STD-105E", seed=seed)
    whole = Scheme.lookup(letter="J", aql=4.0, standard="MIL-STD-105E", seed=np.int64(3))  # type: ignore[arg-type]
    assert type(whole.seed) is int


def test_the_parts_of_a_stage_are_named() -> None:
    with pytest.raises(TypeError):
        SkipStage("skip", 0.5)  # type: ignore[call-arg]


@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("tightened_window", 2),
        ("normal_accepted", 1),
        ("reduced_score", 1),
        ("score_small_ac", 0),
        ("score_small_points", 1),
        ("score_points", 1),
        ("score_double_stages", 1),
        ("score_multiple_stages", 1),
        ("reduced_lots", 1),
        ("discontinue_after", 0),
    ],
)
def test_each_number_of_the_rules_has_its_range(name: str, least: int) -> None:
    for value in (least, 10_000):
        assert getattr(ISO.agreed(**{name: value}), name) == value
    for value in (least - 1, 10_001):
        with pytest.raises(DomainError, match=f"{name} must be "):
            ISO.agreed(**{name: value})


def test_lots_not_accepted_are_at_least_one_and_no_more_than_the_window() -> None:
    wide = ISO.agreed(tightened_window=10_000)
    assert wide.agreed(tightened_rejected=1).tightened_rejected == 1
    assert wide.agreed(tightened_rejected=10_000).tightened_rejected == 10_000
    for rejected in (0, 10_001):
        with pytest.raises(DomainError, match="tightened_rejected must be a whole number, 1 to 10000"):
            wide.agreed(tightened_rejected=rejected)


@pytest.mark.parametrize("name", ["accepted", "rejected"])
def test_a_stage_of_skip_lot_inspection_ends_after_one_lot_or_more(name: str) -> None:
    one: dict[str, Any] = {name: 1}
    none: dict[str, Any] = {name: 0}
    assert getattr(SkipStage(name="skip", **one), name) == 1
    with pytest.raises(DomainError, match=f"{name} must be a whole number, 1 or more, got 0"):
        SkipStage(name="skip", **none)
