"""Many streams of lots in frames: each is what `Scheme.run` gives for it alone."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import duckdb
import narwhals.stable.v2 as nw
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aql import DomainError, LogError, MultiplePlan, Scheme, SinglePlan, run_streams, stream_states
from aql.scheme import LotRecord, State
from aql.scheme.plan_in_force import in_force
from aql.scheme.streams import walk as walks
from aql.scheme.streams.lot_kinds import LotColumns, kinds_of_lots
from aql.scheme.streams.stream_frames import read_lots
from aql.scheme.streams.transition_table import TransitionTable, transition_table
from aql.scheme.streams.walk import Walk, by_table, lot_by_lot, walk
from aql.types import SEVERITIES

ISO = Scheme.lookup(1200, aql=2.5)
SCHEMES = (
    ISO,
    Scheme.lookup(300, aql=0.65),
    Scheme.lookup(1200, aql=2.5, standard="MIL-STD-105E", limit_numbers=False),
    Scheme.lookup(1200, aql=2.5, standard="ANSI/ASQ Z1.4"),
    Scheme.lookup(1200, aql=15),
)
COLUMNS: dict[str, Any] = {"stream": "supplier", "order": "day", "found": "found"}
CONNECTION = duckdb.connect()
ENGINES = ("pandas", "polars", "polars-lazy", "pyarrow", "duckdb")


def frame_of(engine: str, columns: Mapping[str, Any]) -> Any:
    table = pa.table(dict(columns))
    made: dict[str, Callable[[pa.Table], Any]] = {
        "pandas": lambda one: one.to_pandas(),
        "polars": pl.DataFrame,
        "polars-lazy": lambda one: pl.DataFrame(one).lazy(),
        "pyarrow": lambda one: one,
        "duckdb": CONNECTION.from_arrow,
    }
    return made[engine](table)


def rows_of(frame: Any) -> list[dict[str, Any]]:
    read = nw.from_native(frame)
    rows = (read.collect() if isinstance(read, nw.LazyFrame) else read).rows(named=True)
    return [{name: None if pd.isna(cell) else cell for name, cell in row.items()} for row in rows]


def kinds_in(lots: pd.DataFrame, scheme: Scheme) -> tuple[Any, Any]:
    return kinds_of_lots(read_lots(lots), LotColumns(("found",), None, {}), [scheme], None)


# The table of the rules -----------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", [one for one in SCHEMES if not one.rules.limit_numbers], ids=repr)
def test_every_transition_of_the_table_is_a_step_of_the_scheme(scheme: Scheme) -> None:
    most = max(in_force(scheme, severity).on_lot.stages[-1].re for severity in SEVERITIES)
    kind_of, kinds = kinds_in(pd.DataFrame({"found": range(most + 1)}), scheme)
    table = transition_table([scheme.start()], kinds)
    assert table is not None
    transitions = np.array(table.transitions, dtype=object).reshape(len(table.states), -1)
    for place, state in enumerate(table.states):
        for found, kind in enumerate(kind_of.tolist()):
            one, to = transitions[place, kind], table.following[place, kind]
            if state.discontinued:
                assert one is None
                assert to == table.stopped
                continue
            step = scheme.step(state, found)
            after = (step.severity, step.outcome.accepted, step.score, step.state)
            assert (one.severity, one.accepted, one.score, one.state) == after
            assert table.states[to] == step.state


def test_the_table_of_an_edition_is_small() -> None:
    _, kinds = kinds_in(pd.DataFrame({"found": range(81)}), ISO)
    table = transition_table([ISO.start()], kinds)
    assert table is not None
    assert table.following.shape == (308, 4)


KINDS = kinds_in(pd.DataFrame({"found": range(7)}), ISO)[1]
TABLE = transition_table([ISO.start()], KINDS)


def same(one: Walk, other: Walk) -> bool:
    """Whether two walks, of which none has stopped, are the same lot by lot."""
    lots = [[walk.transitions[place] for place in walk.places.tolist()] for walk in (one, other)]
    return lots[0] == lots[1] and one.last == other.last and not one.stopped | other.stopped


@given(
    st.lists(st.lists(st.sampled_from((0, 0, 0, 0, 1, 2)), max_size=40), min_size=1, max_size=3),
    st.integers(0, 9),
)
def test_a_walk_by_table_is_the_walk_lot_by_lot(streams: list[list[int]], copies: int) -> None:
    assert TABLE is not None
    streams = streams * (1 if copies else 60)  # so many that they walk together
    lots = np.array([lot for stream in streams for lot in stream], dtype=np.uint8)
    begins = np.cumsum([0, *map(len, streams)])
    slow = lot_by_lot([ISO.start()] * len(streams), lots, KINDS, begins)
    fast = by_table(TABLE, [0] * len(streams), lots, begins)
    assert fast.stopped == slow.stopped
    assert slow.stopped or same(fast, slow)


@pytest.mark.parametrize("pieces", [1, 7, 2048])
def test_a_long_walk_in_pieces_is_the_walk_lot_by_lot(pieces: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walks, "_LONG", 1000)
    monkeypatch.setattr(walks, "_PIECES", pieces)
    rng = np.random.default_rng(20260117)
    lots = rng.choice(len(KINDS), 50_021, p=[0.93, 0.05, 0.02]).astype(np.uint8)
    begins = np.array([0, len(lots)])
    assert same(walk([ISO.start()], lots, KINDS, begins), lot_by_lot([ISO.start()], lots, KINDS, begins))


def test_pieces_that_never_meet_are_walked_to_their_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walks, "_LONG", 1000)
    monkeypatch.setattr(walks, "_PIECES", 8)
    # A lot of kind 1 leads to the next of five states in a ring, so two walks from different states stay apart.
    ring = np.array([[state, (state + 1) % 5] for state in range(5)] + [[5, 5]])
    table = TransitionTable(tuple(ISO.start() for _ in range(5)), (), ring)
    lots = np.random.default_rng(1).integers(0, 2, 3003).astype(np.uint8)
    found = by_table(table, [0], lots, np.array([0, len(lots)]))
    before = (np.cumsum(lots) - lots) % 5
    assert found.places.tolist() == (2 * before + lots).tolist()
    assert found.stopped == {}


def test_a_lot_that_does_not_fit_is_found_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walks, "_LONG", 1000)
    monkeypatch.setattr(walks, "_PIECES", 16)
    lots = np.zeros(2000, dtype=np.uint8)
    lots[1200:1240] = len(KINDS) - 1
    begins = np.array([0, len(lots)])
    fast = walk([ISO.start()], lots, KINDS, begins)
    assert fast.stopped == lot_by_lot([ISO.start()], lots, KINDS, begins).stopped != {}


# Equality with `Scheme.run` -------------------------------------------------------------------------

FOUND = st.sampled_from((0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 9))


@st.composite
def streams(draw: st.DrawFn) -> tuple[Scheme, dict[str, list[LotRecord]]]:
    scheme = draw(st.sampled_from(SCHEMES))
    names = draw(st.lists(st.text("AB", min_size=1, max_size=3), min_size=1, max_size=3, unique=True))
    sizes = st.sampled_from((20, 280, 1200, 5000)) if draw(st.booleans()) else st.none()
    answers = st.booleans() if draw(st.booleans()) else st.just(True)
    resubmitted = st.booleans() if draw(st.booleans()) else st.just(False)
    found: dict[str, list[LotRecord]] = {}
    for name in names:
        state, lots = scheme.start(), []
        for value in draw(st.lists(FOUND, min_size=1, max_size=25)):
            lot = LotRecord(
                found=value,
                lot_size=draw(sizes),
                steady=draw(answers),
                authority=draw(answers),
                resubmitted=draw(resubmitted),
                resume=state.discontinued,
            )
            forces = [in_force(scheme, severity, lot_size=lot.lot_size) for severity in SEVERITIES]
            if scheme.counting == "items" and value > min(one.on_lot.stages[0].n for one in forces):
                continue
            lots.append(lot)
            state = scheme.run([lot], state=state).state
        if lots:
            found[name] = lots
    return scheme, found


def frame_of_streams(engine: str, found: Mapping[str, list[LotRecord]], rows: list[tuple[str, int]]) -> Any:
    lots = [found[name][place] for name, place in rows]
    columns = {name: [getattr(one, name) for one in lots] for name in ("found", *ANSWERS)}
    if any(one.lot_size for one in lots):
        columns["size"] = [one.lot_size for one in lots]
    return frame_of(
        engine, {"supplier": [name for name, _ in rows], "day": [place for _, place in rows], **columns}
    )


ANSWERS = ("steady", "authority", "resubmitted", "resume")


@given(streams(), st.sampled_from(ENGINES), st.randoms(use_true_random=False), st.integers(0, 25))
def test_every_stream_is_what_run_gives_for_it_alone(
    drawn: tuple[Scheme, dict[str, list[LotRecord]]], engine: str, random: Any, cut: int
) -> None:
    scheme, found = drawn
    rows = [(name, place) for name, lots in found.items() for place in range(len(lots))]
    random.shuffle(rows)
    months = [[row for row in rows if row[1] < cut], [row for row in rows if row[1] >= cut]]
    sized = any(one.lot_size for lots in found.values() for one in lots)
    how: dict[str, Any] = {**COLUMNS, **{name: name for name in ANSWERS}, "size": "size" if sized else None}
    states: Any = None
    got: dict[tuple[str, int], dict[str, Any]] = {}
    for month in filter(None, months):
        done = run_streams(frame_of_streams(engine, found, month), scheme, **how, states=states)
        states = stream_states(done, stream="supplier", states=states)
        got |= {(row["supplier"], row["day"]): row for row in rows_of(done)}
    last = {row["supplier"]: State.from_json(row["state"]) for row in rows_of(states)} if got else {}
    for name, lots in found.items():
        history = scheme.run(lots)
        assert last[name] == history.state
        for place, step in enumerate(history):
            row = got[name, place]
            assert (row["severity"], row["decision"], row["score"]) == (
                step.severity,
                step.decision,
                step.score,
            )
            assert row["next"] == ("discontinued" if step.state.discontinued else step.state.severity)


def test_many_streams_together_are_the_streams_alone() -> None:
    rng = np.random.default_rng(1)
    lots = pd.DataFrame({"supplier": rng.integers(0, 200, 3000), "day": rng.permutation(3000)})
    lots["found"] = rng.choice(8, 3000, p=[0.4, 0.2, 0.15, 0.1, 0.05, 0.05, 0.03, 0.02])
    done = run_streams(lots, ISO, **COLUMNS)
    assert done.index.equals(lots.index)
    for _, own in done.sort_values("day").groupby("supplier"):
        history = ISO.run(own["found"].to_list())
        assert tuple(own["severity"]) == history.severities
        assert tuple(own["score"].astype(object).where(own["score"].notna(), None)) == history.scores
        assert State.from_json(own["state"].iloc[-1]) == history.state
        assert own["state"].isna().sum() == len(own) - 1


# The shapes of the arguments ------------------------------------------------------------------------

SOME = {"supplier": ["A", "B", "A", "A"], "day": [1, 1, 2, 3], "found": [7, 0, 6, 2]}


@pytest.mark.parametrize("engine", ENGINES)
def test_the_frame_that_comes_back_is_of_the_kind_that_came(engine: str) -> None:
    lots = frame_of(engine, SOME | {"remark": ["a", "b", "c", "d"]})
    done = run_streams(lots, ISO, **COLUMNS)
    assert type(done) is type(lots)
    assert [row["remark"] for row in rows_of(done)] == ["a", "b", "c", "d"]
    assert [row["severity"] for row in rows_of(done)] == ["normal", "normal", "normal", "tightened"]
    states = stream_states(done, stream="supplier")
    assert type(states) is type(lots)
    assert sorted(row["supplier"] for row in rows_of(states)) == ["A", "B"]


@pytest.mark.parametrize(
    "kind", [pl.Enum(["a", "b"]), pl.Categorical(), pl.String()], ids=["enum", "categories", "text"]
)
def test_streams_may_be_named_by_categories(kind: pl.DataType) -> None:
    names = pl.Series(["b", "a", "b"]).cast(kind)
    lots = pl.DataFrame({"supplier": names, "day": [1, 1, 2], "found": [0, 9, 9]})
    done = run_streams(lots, ISO, stream="supplier", order="day", found="found")
    assert done["decision"].to_list() == ["accept", "reject", "reject"]
    assert done["score"].to_list() == [3, 0, 0]


def test_a_frame_without_lots_comes_back_with_the_columns() -> None:
    lots = pd.DataFrame({"supplier": [], "day": [], "found": []}, dtype="int64")
    done = run_streams(lots, ISO, **COLUMNS)
    assert list(done.columns) == [
        "supplier",
        "day",
        "found",
        "severity",
        "decision",
        "score",
        "next",
        "state",
    ]
    assert len(done) == 0


def test_each_stream_or_each_key_has_its_scheme() -> None:
    other = Scheme.of(SinglePlan(20, 0), SinglePlan(20, 0), SinglePlan(8, 0))
    lots = pd.DataFrame(SOME | {"product": ["x", "y", "x", "x"]})
    own = run_streams(lots, {"A": other, "B": ISO}, **COLUMNS)
    keyed = run_streams(lots, {"x": other, "y": ISO}, **COLUMNS, key="product")
    assert (
        own["decision"].to_list() == keyed["decision"].to_list() == ["reject", "accept", "reject", "reject"]
    )
    with pytest.raises(DomainError, match="scheme must have every supplier, got none for B"):
        run_streams(lots, {"A": ISO}, **COLUMNS)
    two = pd.DataFrame(SOME | {"product": ["x", "y", "y", "y"]})
    with pytest.raises(
        LogError, match="supplier A, day 2: a stream must have the switching rules of one edition"
    ):
        run_streams(two, {"x": SCHEMES[2], "y": ISO}, **COLUMNS, key="product")
    editions = run_streams(lots, {"A": SCHEMES[2], "B": ISO}, **COLUMNS)
    assert editions["score"].isna().to_list() == [True, False, True, True]


def test_classes_run_side_by_side() -> None:
    lots = pd.DataFrame({"supplier": "A", "day": [1, 2, 3], "major": [6, 6, 0], "minor": [0, 0, 8]})
    minor = Scheme.lookup(1200, aql=4)
    done = run_streams(
        lots,
        {"major": {"A": ISO}, "minor": {"A": minor}},
        stream="supplier",
        order="day",
        found={"major": "major", "minor": "minor"},
    )
    assert done["severity_major"].to_list() == ["normal", "normal", "tightened"]
    assert done["next_minor"].to_list() == ["normal"] * 3
    assert done["decision_minor"].to_list() == ["accept", "accept", "reject"]
    states = stream_states(done, stream="supplier")
    assert list(states.columns) == ["supplier", "state_major", "state_minor"]
    with pytest.raises(DomainError, match="scheme must have the classes major and minor, got major"):
        run_streams(
            lots, {"major": ISO}, stream="supplier", order="day", found={"major": "major", "minor": "minor"}
        )


def test_plans_of_several_stages_take_a_column_per_stage() -> None:
    plan = MultiplePlan(n=(50, 50), ac=(2, 6), re=(5, 7))
    scheme = Scheme.of(plan, plan, plan)
    lots = pd.DataFrame({"supplier": "A", "day": [1, 2, 3], "one": [1, 3, 3], "two": [None, 6, 7]})
    done = run_streams(lots, scheme, stream="supplier", order="day", found=["one", "two"])
    assert done["decision"].to_list() == list(scheme.run([1, (3, 6), (3, 7)]).decisions)
    with pytest.raises(LogError, match="supplier A, day 2: found must reach a decision, got"):
        run_streams(lots, scheme, stream="supplier", order="day", found="one")
    holes = lots.assign(three=[8, 9, 9])
    with pytest.raises(LogError, match="column two: must not be missing where a later stage has a number"):
        run_streams(holes, scheme, stream="supplier", order="day", found=["one", "two", "three"])
    with pytest.raises(LogError, match="column two: must not be missing, as in row 1"):
        run_streams(lots, scheme, stream="supplier", order="day", found=["two", "one"])


def test_a_lot_that_does_not_fit_is_told_in_the_words_of_a_stream_alone() -> None:
    plan = MultiplePlan(n=(50, 50), ac=(2, 6), re=(5, 7))
    staged = Scheme.of(plan, plan, plan)
    wrong: list[tuple[Scheme, list[Any], list[str]]] = [
        (ISO, [6] * 9, ["found"]),
        (staged, [(3, 2)], ["one", "two"]),
        (staged, [(9, 9)], ["one", "two"]),
    ]
    for scheme, found, columns in wrong:
        rows = [one if isinstance(one, tuple) else (one,) for one in found]
        lots = pd.DataFrame(rows, columns=columns).assign(supplier="A", day=range(len(found)))
        with pytest.raises(LogError) as raised:
            run_streams(lots, scheme, stream="supplier", order="day", found=columns)
        with pytest.raises(DomainError) as alone:
            scheme.run(found)
        said = str(alone.value).partition(": ")[2].removesuffix(".")
        assert str(raised.value).endswith(f": {said}")


def test_a_stream_can_have_several_columns_and_lots_of_a_day_a_second_order() -> None:
    lots = pd.DataFrame(
        {
            "supplier": ["A", "A", "A", "B"],
            "product": [1, 1, 2, 1],
            "day": [4, 4, 4, 4],
            "number": [2, 1, 1, 1],
        }
    )
    lots["found"] = [6, 7, 0, 0]
    done = run_streams(lots, ISO, stream=("supplier", "product"), order=["day", "number"], found="found")
    states = stream_states(done, stream=["supplier", "product"])
    assert sorted(states[["supplier", "product"]].to_numpy().tolist()) == [["A", 1], ["A", 2], ["B", 1]]
    more = lots.assign(day=5)
    again = run_streams(
        more, ISO, stream=("supplier", "product"), order=["day", "number"], found="found", states=states
    )
    assert again["severity"].to_list() == ["tightened", "tightened", "normal", "normal"]


DAYS = [date(2026, 1, day) for day in (3, 1, 2)]
ORDERS = (
    pd.Series(DAYS),
    pd.to_datetime(pd.Series(DAYS)),
    pd.to_datetime(pd.Series(DAYS)).dt.tz_localize("Asia/Shanghai"),
    pd.Series([datetime(2026, 1, day, tzinfo=UTC) for day in (3, 1, 2)], dtype=object),
    pd.Series([0.5, -1.5, 0.25]),
    pd.Series([2**62, -(2**62), 0]),
    pd.Series(np.array(["2026-01-03T00:00:00.000000007", "1700-01-01", "1900-01-01"], "datetime64[ns]")),
)


@pytest.mark.parametrize("order", ORDERS, ids=range(len(ORDERS)))
def test_the_order_may_be_dates_times_or_numbers(order: Any) -> None:
    lots = pd.DataFrame({"supplier": 1, "found": [2, 7, 6], "day": order})
    done = run_streams(lots, ISO, **COLUMNS)
    assert done["severity"].to_list() == ["tightened", "normal", "normal"]


def test_the_states_carry_the_streams_that_have_no_lot_this_month() -> None:
    done = run_streams(pd.DataFrame(SOME), ISO, **COLUMNS)
    before = stream_states(done, stream="supplier")
    more = run_streams(
        pd.DataFrame({"supplier": ["C"], "day": [9], "found": [0]}), ISO, **COLUMNS, states=before
    )
    after = stream_states(more, stream="supplier", states=before)
    assert sorted(after["supplier"]) == ["A", "B", "C"]


# Bad input ------------------------------------------------------------------------------------------

HOUR = timezone(timedelta(hours=1))
BAD: list[tuple[dict[str, Any], str, str]] = [
    (
        {"day": [1, 1, 1, 3]},
        "out-of-order",
        "supplier A, day 1: must order the lots of a stream, got two lots",
    ),
    (
        {"found": [1, 81, 0, 0]},
        "bad-value",
        "supplier B, day 1: found must be a whole number, 0 to 80, got 81",
    ),
    (
        {"found": [1, -1, 0, 0]},
        "bad-value",
        "column found: must be a whole number, 0 or more, got -1 in row 2",
    ),
    (
        {"found": [1, 0.5, 0, 0]},
        "bad-value",
        "column found: must be a whole number, 0 or more, got 0.5 in row 2",
    ),
    ({"found": [1, None, 0, 0]}, "missing-value", "column found: must not be missing, as in row 2"),
    ({"found": list("abcd")}, "bad-value", "column found: must be a column of whole numbers, got String"),
    (
        {"day": list("abcd")},
        "bad-value",
        "column day: must be a column of dates, times or numbers, got String",
    ),
    (
        {"supplier": [0.5] * 4},
        "bad-value",
        "column supplier: must be a column of text or whole numbers, got Float64",
    ),
    (
        {"supplier": ["A", None, "A", "A"]},
        "missing-value",
        "column supplier: must not be missing, as in row 2",
    ),
    ({"next": [1] * 4}, "two-columns", "lots must not have next yet"),
    (
        {
            "day": [
                datetime(2026, 1, day, tzinfo=zone) for day, zone in ((1, UTC), (1, UTC), (2, HOUR), (3, UTC))
            ]
        },
        "bad-value",
        "column day: must be in one time zone, got UTC and UTC+01:00",
    ),
    (
        {"day": [date(2026, 1, 1), *[datetime(2026, 1, 2, tzinfo=UTC)] * 3]},
        "bad-value",
        "of dates or of times, got both",
    ),
    (
        {"day": [Decimal("sNaN"), *[date(2026, 1, 2)] * 3]},
        "bad-value",
        "of dates, times or numbers, got Decimal",
    ),
    (
        {"supplier": [Decimal("sNaN"), *"BCD"]},
        "bad-value",
        "must be a column of text or whole numbers, got Object",
    ),
    ({"day": [date(2026, 1, 1), *[object()] * 3]}, "bad-value", "of dates, times or numbers, got <object"),
]


@pytest.mark.parametrize(("columns", "code", "message"), BAD, ids=[message for *_, message in BAD])
def test_bad_lots_are_named(columns: dict[str, Any], code: str, message: str) -> None:
    mixed = (
        {"day": pd.Series(columns["day"], dtype=object)} if code == "bad-value" and "day" in columns else {}
    )
    with pytest.raises(LogError) as raised:
        run_streams(pd.DataFrame(SOME | columns | mixed), ISO, **COLUMNS)
    assert message in str(raised.value)
    assert raised.value.problems[0].code == code


def test_a_missing_time_among_objects_is_named() -> None:
    day = pd.Series(
        [datetime(2026, 1, 1, tzinfo=UTC), pd.NaT, None, datetime(2026, 1, 2, tzinfo=UTC)], dtype=object
    )
    with pytest.raises(LogError, match="column day: must not be missing, as in row 2"):
        run_streams(pd.DataFrame(SOME | {"day": day}), ISO, **COLUMNS)


def test_a_lot_after_discontinuation_is_named_and_resumed_by_its_answer() -> None:
    lots = pd.DataFrame({"supplier": "A", "day": range(9), "found": 6})
    with pytest.raises(LogError, match="supplier A, day 7: inspection is discontinued") as raised:
        run_streams(lots, ISO, **COLUMNS)
    assert raised.value.problems[0].code == "discontinued"
    lots["back"] = lots["day"] == 7
    done = run_streams(lots, ISO, **COLUMNS, resume="back")
    assert done["severity"].to_list()[-3:] == ["tightened"] * 3
    many = pd.concat([lots.assign(supplier=str(number)) for number in range(7)])
    with pytest.raises(LogError, match="and 2 more streams"):
        run_streams(many, ISO, **COLUMNS)


@pytest.mark.parametrize(
    ("how", "message"),
    [
        ({"stream": "suplier"}, 'there is no column suplier. Did you mean "supplier"?'),
        ({"order": 5}, "order must be a column or several, got 5"),
        ({"steady": "found"}, "column found: must be a column of True and False, got Int64"),
        ({"size": "found"}, "column found: must be a whole number, 1 or more, got 0 in row 2"),
        ({"scheme": 5}, "scheme must be an aql.Scheme or a mapping of them, got 5"),
        ({"found": {}}, "found must have one or more classes, got {}"),
        ({"key": "supplier"}, "key requires schemes by what is in that column, got one scheme"),
        ({"lots": pd.DataFrame(SOME | {1: 2})}, "lots must have columns named by text, got 1"),
        ({"lots": pd.DataFrame([[1, 1]], columns=["a", "a"])}, "lots must have columns with different names"),
        (
            {"lots": pl.DataFrame(SOME | {"day": [1.0, 1.0, 2.0, np.nan]})},
            "column day: must not be missing, as in row 4",
        ),
        ({"states": 5}, "states must be a frame, got 5"),
        ({"states": pd.DataFrame({"a": [1]})}, "states: there is no column supplier"),
        ({"lots": 5}, "lots must be a frame of pandas, polars, pyarrow, DuckDB, Dask or Spark, got int"),
    ],
)
def test_bad_arguments_are_named(how: dict[str, Any], message: str) -> None:
    given = {"lots": pd.DataFrame(SOME), "scheme": ISO, **COLUMNS, **how}
    with pytest.raises((LogError, DomainError)) as raised:
        run_streams(given.pop("lots"), given.pop("scheme"), **given)
    assert message in str(raised.value)


def test_bad_states_are_named() -> None:
    done = run_streams(pd.DataFrame(SOME), ISO, **COLUMNS)
    states = stream_states(done, stream="supplier")
    twice = pd.concat([states, states])
    with pytest.raises(LogError, match="stream B: must be listed once"):
        run_streams(pd.DataFrame(SOME), ISO, **COLUMNS, states=twice)
    with pytest.raises(
        LogError, match="must have the rules of the scheme, MIL-STD-105E, got those of ISO 2859-1:1999"
    ):
        run_streams(pd.DataFrame(SOME), SCHEMES[2], **COLUMNS, states=states)
    with pytest.raises(DomainError, match="got a frame without the column state"):
        stream_states(pd.DataFrame(SOME), stream="supplier")
    with pytest.raises(DomainError, match="states must be a frame of pandas, got one of polars"):
        stream_states(done, stream="supplier", states=pl.DataFrame(SOME))


def test_a_size_without_a_plan_names_its_column() -> None:
    scheme = Scheme.lookup(letter="J", aql=2.5)
    with pytest.raises(LogError, match="column size: lot_size requires a scheme with an inspection level"):
        run_streams(pd.DataFrame(SOME | {"size": 500}), scheme, **COLUMNS, size="size")


def test_names_moments_and_sizes_may_be_large_numbers() -> None:
    lots = pd.DataFrame(
        SOME | {"supplier": [2**50, 3, 2**50, 2**50], "size": [2_000_000, 1200, 9_000_000, 2]}
    )
    lots = lots.assign(found=lots["found"].astype("uint64"), day=(2**63 + lots["day"].astype("uint64")))
    done = run_streams(lots, ISO, **COLUMNS, size="size")
    own = [LotRecord(found=found, lot_size=size) for found, size in ((7, 2_000_000), (6, 9_000_000), (2, 2))]
    assert done["decision"].to_list() == ["accept", "accept", *ISO.run(own).decisions[1:]]
    tiny = lots.astype({"supplier": "float64"}).assign(supplier=np.array([-100, 3, -100, -100], dtype="int8"))
    again = run_streams(tiny, ISO, **COLUMNS, size="size")
    assert again["decision"].to_list() == done["decision"].to_list()


@pytest.mark.parametrize(
    "kind", [pl.Date, pl.Datetime("us"), pl.Datetime("ms", "Asia/Shanghai"), pl.Datetime("ns")]
)
def test_dates_and_times_order_as_their_days_do(kind: Any) -> None:
    rng = np.random.default_rng(5)
    days = rng.permutation(1200)
    lots = pl.DataFrame({"supplier": rng.integers(0, 300, 1200), "day": days, "found": rng.choice(7, 1200)})
    dated = lots.with_columns((pl.date(2026, 1, 1) + pl.duration(days=pl.col("day"))).cast(kind).alias("day"))
    wanted = run_streams(lots, ISO, **COLUMNS)["severity"].to_list()
    assert run_streams(dated, ISO, **COLUMNS)["severity"].to_list() == wanted
