"""Classes of many streams that switch together: each stream is what its steps give one by one."""

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aql import DomainError, LogError, Scheme, run_streams, stream_states
from aql.scheme import State

SCHEMES = {"major": Scheme.lookup(1200, aql=2.5), "minor": Scheme.lookup(1200, aql=4.0)}
OLD = {name: Scheme.lookup(1200, aql=2.5, standard="MIL-STD-105E", limit_numbers=False) for name in SCHEMES}
COLUMNS: dict[str, Any] = {
    "stream": "supplier",
    "order": "day",
    "found": {"major": "major", "minor": "minor"},
    "switching": "together",
}
FOUND = st.sampled_from((0, 0, 0, 0, 1, 3, 4, 6, 8))
LOT = st.tuples(FOUND, FOUND, st.booleans(), st.booleans())


def step_by_step(schemes: dict[str, Scheme], lots: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each lot with severity, decision, score and next state by class, by the rule in words."""
    states = {name: scheme.start() for name, scheme in schemes.items()}
    rows = []
    for lot in lots:
        if lot["resume"]:
            states = {name: schemes[name].resume(state) for name, state in states.items()}
        steps = {
            name: scheme.step(states[name], lot[name], steady=lot["steady"], resubmitted=lot["again"])
            for name, scheme in schemes.items()
        }
        states = {name: step.state for name, step in steps.items()}
        switched = [states[name] for name, step in steps.items() if step.switched]
        if switched and not lot["again"]:
            for severity in ("reduced", "normal", "tightened"):  # the last one applies
                if any(state.severity == severity for state in switched):
                    to = severity
            for name, state in states.items():
                if state.severity != to:
                    states[name] = State(state.rules, to, "together")  # type: ignore[arg-type]
            if any(state.discontinued for state in switched):
                stopped = {name: state.to_dict() | {"discontinued": True} for name, state in states.items()}
                states = {name: State.from_dict(one) for name, one in stopped.items()}
        rows.append(
            {name: (step.severity, step.decision, step.score, states[name]) for name, step in steps.items()}
        )
    return rows


@given(
    st.sampled_from((SCHEMES, OLD)),
    st.lists(st.lists(LOT, min_size=1, max_size=30), min_size=1, max_size=3),
    st.randoms(use_true_random=False),
    st.integers(0, 30),
)
def test_classes_together_are_the_steps_one_by_one(
    schemes: dict[str, Scheme], drawn: list[list[tuple[Any, ...]]], random: Any, cut: int
) -> None:
    lots: list[dict[str, Any]] = []
    wanted: list[dict[str, Any]] = []
    for place, stream in enumerate(drawn):
        own: list[dict[str, Any]] = []
        for day, (major, minor, steady, again) in enumerate(stream):
            names = {"supplier": f"S{place}", "day": day, "major": major, "minor": minor, "steady": steady}
            stopped = own and step_by_step(schemes, own)[-1]["major"][3].discontinued
            own.append(names | {"again": again, "resume": bool(stopped)})
        lots += own
        wanted += step_by_step(schemes, own)
    rows = list(zip(lots, wanted, strict=True))
    random.shuffle(rows)
    states: Any = None
    for month in (
        [row for row in rows if row[0]["day"] < cut],
        [row for row in rows if row[0]["day"] >= cut],
    ):
        if not month:
            continue
        frame = pd.DataFrame([lot for lot, _ in month])
        done = run_streams(
            frame, schemes, **COLUMNS, steady="steady", resubmitted="again", resume="resume", states=states
        )
        states = stream_states(done, stream="supplier", states=states)
        for got, (_, each) in zip(done.astype(object).to_dict("records"), month, strict=True):
            for name, (severity, decision, score, state) in each.items():
                kept = None if pd.isna(got[f"score_{name}"]) else got[f"score_{name}"]
                assert (got[f"severity_{name}"], got[f"decision_{name}"], kept) == (severity, decision, score)
                assert got[f"next_{name}"] == ("discontinued" if state.discontinued else state.severity)
                if got[f"state_{name}"] is not None and not pd.isna(got[f"state_{name}"]):
                    assert State.from_json(got[f"state_{name}"]) == state


def test_a_lot_that_does_not_fit_in_one_class_is_named_with_its_column() -> None:
    lots = pd.DataFrame({"supplier": "A", "day": [1, 2], "major": [0, 1], "minor": [0, 81]})
    with pytest.raises(
        LogError, match="supplier A, day 2: found must be a whole number, 0 to 80, got 81"
    ) as raised:
        run_streams(lots, SCHEMES, **COLUMNS)
    assert raised.value.problems[0].column == "minor"
    many = pd.concat([lots.assign(supplier=name) for name in "ABCDEF"])
    with pytest.raises(LogError, match="and 1 more streams"):
        run_streams(many, SCHEMES, **COLUMNS)


def test_one_class_switches_together_with_itself() -> None:
    lots = pd.DataFrame({"supplier": "A", "day": range(4), "major": [6, 7, 0, 0]})
    how = COLUMNS | {"found": {"major": "major"}}
    own = {"major": SCHEMES["major"]}
    alone = run_streams(lots, own, **how | {"switching": "per-class"})
    assert run_streams(lots, own, **how).equals(alone)
    with pytest.raises(DomainError, match="switching must be"):
        run_streams(lots, own, **how | {"switching": "both"})


def test_two_rejected_lots_of_one_class_tighten_the_other() -> None:
    lots = pd.DataFrame({"supplier": "A", "day": range(3), "major": [6, 7, 0], "minor": 0})
    together = run_streams(lots, SCHEMES, **COLUMNS)
    alone = run_streams(lots, SCHEMES, **COLUMNS | {"switching": "per-class"})
    for done, minor in ((together, "tightened"), (alone, "normal")):
        assert done["severity_major"].to_list() == ["normal", "normal", "tightened"]
        assert done["severity_minor"].to_list() == ["normal", "normal", minor]
