"""An inspection that is recorded item by item: the state after every event, and the file."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import aql
from aql import AqlError, Contract, Desk, DomainError, LogError
from aql.desk import events
from aql.desk.gaps import check_gaps
from aql.desk.state import DeskState
from aql.inspection.header import Photo
from aql.inspection.log import LogRow
from tests.profiles import examples

CONTRACT = Contract.load(
    {
        "order": {"id": "PO-1"},
        "inspection": {"sampling": "double"},
        "classes": [{"name": "critical", "aql": 0}, {"name": "major", "aql": 4}, {"name": "minor", "aql": 10}],
        "terms": [
            {"id": "dent", "class": "minor", "text": "Dent", "kind": "visual"},
            {"id": "mass", "class": "major", "text": "Mass", "measure": {"unit": "g", "min": "200"}, "sample": 2, "ac": 0},
        ],
        "limits": [{"name": "all", "of": ["major", "minor"], "plan": {"n": 8, "ac": 2}}],
    }
)  # fmt: skip
HEADER = {"contract": "PO-1", "lot": {"id": "L1", "size": 90}}
TIMES = (datetime(2026, 1, 17, 9, tzinfo=UTC) + timedelta(seconds=one) for one in range(10**9))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "L1.jsonl"


@pytest.fixture
def desk(path: Path) -> Iterator[Desk]:
    with Desk.open(CONTRACT, HEADER, path, clock=lambda: next(TIMES)) as opened:
        yield opened


def line(state: DeskState, name: str) -> Any:
    return next(one for one in state.lines if one.name == name)


def test_the_tally_after_each_item(desk: Desk) -> None:
    assert desk.state.next_item == 1
    state = desk.record(1)
    assert (state.inspected, state.decision, state.next_item) == (1, "open", 2)
    assert [(one.item, one.terms) for one in state.missing] == [(1, ("mass",))]
    state = desk.record(1, term="mass", value="200.0", unit="g")
    assert state.missing == ()
    state = desk.record(2, term="mass", value="199.9", unit="g")
    assert (line(state, "mass").progress, line(state, "mass").decided_at) == ("reject", 2)
    assert state.decision == "reject"
    assert state.chance == 0
    assert "mass is decided: reject at item 2, with 1 found (Ac 0, Re 1)." in str(state)
    state = desk.undo()
    assert (state.decision, state.inspected, state.events) == ("open", 1, 4)


def test_the_recording_is_scored_like_a_log(desk: Desk) -> None:
    order = [3, 1, 2, *range(4, 27)]
    desk.record(2, term="mass", value="201", unit="g")
    desk.record(1, term="mass", value="200", unit="g")
    for item in order:
        desk.record(item, term="dent" if item in {4, 9} else "")
    state, verdict = desk.state, aql.score(CONTRACT, desk.inspection())
    assert verdict.decision == state.decision == "accept"
    for result in (*verdict.classes, *verdict.terms, *verdict.limits):
        assert (line(state, result.name).found, line(state, result.name).progress) == (
            result.found,
            result.decision,
        )


def test_an_item_that_was_skipped_is_named(desk: Desk) -> None:
    desk.record(1)
    desk.record(4)
    with pytest.raises(AqlError, match="items 2 and 3 must be recorded, because item 4 is"):
        desk.inspection()


def test_the_next_item_is_the_default(desk: Desk) -> None:
    desk.record(1, term="mass", value="201", unit="g")
    assert desk.record().inspected == 2
    assert desk.record(term="dent").inspected == 3


def test_opening_again_restores_the_state(desk: Desk, path: Path) -> None:
    for item in (1, 2, 3):
        desk.record(item, class_="minor", note="dent, 3 mm")
    desk.undo()
    state = desk.state
    desk.close()
    for header in (None, HEADER):
        with Desk.open(CONTRACT, header, path) as again:
            assert again.state == state
    with pytest.raises(AqlError, match="the file is closed"):
        desk.record(3)
    assert DeskState.from_json(state.to_json()) == state


def test_two_writers_are_refused(desk: Desk, path: Path) -> None:
    with pytest.raises(AqlError, match="is being recorded by another program"):
        Desk.open(CONTRACT, HEADER, path)
    assert desk.record(1).inspected == 1


@pytest.mark.parametrize(
    ("how", "says"),
    [
        ({"term": "scratch"}, "item 2, column term: must be a term of the contract"),
        ({"term": "mass", "value": "200", "unit": "kg"}, "must be 'g'"),
        ({"item": 91, "class_": "minor"}, "91"),
        ({"item": 91}, "a number from 1 to 90"),
        ({"item": True}, "a number from 1 to 90"),
        ({"item": 1, "term": "mass", "value": "201"}, "item 1 has two readings of 'mass'"),
    ],
)
def test_what_the_contract_does_not_allow_is_not_recorded(
    desk: Desk, path: Path, how: dict[str, Any], says: str
) -> None:
    desk.record(1, term="mass", value="200", unit="g")
    before = path.read_bytes()
    with pytest.raises((LogError, DomainError), match=says):
        desk.record(**{"item": 2, **how})
    assert path.read_bytes() == before
    assert desk.state.inspected == 1


def test_an_item_without_a_number_is_not_recorded(desk: Desk) -> None:
    before = desk.state
    with pytest.raises(aql.AqlError, match="item must be a number from 1 to"):
        desk.record("")
    assert desk.state == before


def test_there_may_be_nothing_to_undo(desk: Desk) -> None:
    with pytest.raises(DomainError, match="nothing to undo"):
        desk.undo()


def test_a_torn_line_is_set_aside(desk: Desk, path: Path) -> None:
    desk.record(1)
    desk.record(2)
    desk.close()
    whole = path.read_bytes()
    path.write_bytes(whole[:-9])
    with Desk.open(CONTRACT, None, path) as again:
        assert again.state.inspected == 1
        assert "moved to L1.jsonl.torn" in again.state.notes[0]
    assert path.with_name("L1.jsonl.torn").read_bytes() == whole.splitlines()[-1][:-8] + b"\n"
    # An entry that only lacks its end is whole.
    path.write_bytes(whole[:-1])
    with Desk.open(CONTRACT, None, path) as again:
        assert again.state.inspected == 2
    assert path.read_bytes() == whole


def test_a_clock_that_goes_backwards_is_noted(path: Path) -> None:
    times = iter([datetime(2026, 1, 17, hour, tzinfo=UTC) for hour in (9, 8)])
    with Desk.open(CONTRACT, HEADER, path, clock=lambda: next(times)) as desk:
        desk.record(1)
        assert desk.record(2).notes == ("the clock went backwards before 2026-01-17T08:00:00+00:00",)
    with Desk.open(CONTRACT, None, path) as again:
        assert len(again.state.notes) == 1


def test_another_contract_header_or_version_is_refused(desk: Desk, path: Path) -> None:
    desk.record(1)
    desk.close()
    other = Contract.load({**CONTRACT.to_dict(), "order": {"id": "PO-1", "product": "tablet"}})
    with pytest.raises(AqlError, match="for another contract"):
        Desk.open(other, None, path)
    with pytest.raises(AqlError, match="begun with another header"):
        Desk.open(CONTRACT, {**HEADER, "lot": {"id": "L1", "size": 91}}, path)
    with pytest.raises(DomainError, match="of order 'PO-1'"):
        Desk.open(CONTRACT, {**HEADER, "contract": "PO-2"}, path)
    with pytest.raises(DomainError, match="inspected must be left out"):
        Desk.open(CONTRACT, {**HEADER, "inspection": {"inspected": 3}}, path)
    with pytest.raises(DomainError, match="qualities must name lines"):
        Desk.open(CONTRACT, None, path, qualities={"mayor": 0.01})
    lines = path.read_text("utf-8").splitlines()
    newer = json.dumps({**json.loads(lines[0]), "schema": "aql.recording/9", "aql": "9.0.0"})
    path.write_text("\n".join([newer, *lines[1:], ""]), "utf-8")
    with pytest.raises(
        AqlError, match=r"'aql.recording/1', got 'aql.recording/9'. It was written by aql 9.0.0"
    ):
        Desk.open(CONTRACT, None, path)


@pytest.mark.parametrize(
    "wrong", ["no JSON", "[]", '{"at": "2026-01-17T09:00:00+00:00", "undo": 7}', '{"record": {"item": 3}}', "{}"]
)  # fmt: skip
def test_a_line_that_is_no_event_is_named(desk: Desk, path: Path, wrong: str) -> None:
    desk.record(1)
    desk.close()
    kept = f"{path.read_text('utf-8')}{wrong}\n"
    path.write_text(kept, "utf-8")
    with pytest.raises(AqlError, match="line 3 of"):
        Desk.open(CONTRACT, None, path)
    assert path.read_text("utf-8") == kept


def test_a_recording_needs_a_header(path: Path) -> None:
    with pytest.raises(DomainError, match="header is required"):
        Desk.open(CONTRACT, None, path)


def test_the_state_shows_itself(desk: Desk) -> None:
    desk.record(1, class_="major")
    assert "major" in desk.state._repr_html_()
    assert repr(desk).startswith("<Desk L1: open, 1 item, 1 event")
    assert len(repr(desk.state)) <= 120


@examples(40)
@given(
    found=st.lists(
        st.sampled_from(["", "", "", "dent", "major", "minor", "critical"]), min_size=26, max_size=26
    ),
    order=st.permutations(range(26)),
)
def test_any_order_of_recording_gives_the_verdict_of_the_log(
    tmp_path_factory: pytest.TempPathFactory, found: list[str], order: list[int]
) -> None:
    path = tmp_path_factory.getbasetemp() / "order.jsonl"
    path.unlink(missing_ok=True)
    rows: list[dict[str, Any]] = [
        {"item": item, "term": "mass", "value": "200", "unit": "g"} for item in (1, 2)
    ]
    with Desk.open(CONTRACT, HEADER, path, clock=lambda: next(TIMES)) as desk:
        for row in rows:
            desk.record(**row)
        for item in order:
            what = found[item]
            named: dict[str, str] = {"term": what} if what == "dent" else {"class_": what} if what else {}
            desk.record(item + 1, **named)
            if what:
                rows.append({"item": item + 1, "term" if what == "dent" else "class": what})
        verdict = aql.score(CONTRACT, desk.inspection())
        state = desk.state
    header = {**HEADER, "inspection": {"inspected": 26}}
    log = aql.score(CONTRACT, aql.Inspection.load(header, findings=rows))
    assert [(one.name, one.found, one.decision) for one in verdict.classes] == [
        (one.name, one.found, one.decision) for one in log.classes
    ]
    assert state.decision == verdict.decision == log.decision


def test_an_item_that_conforms_keeps_its_carton_and_sku(tmp_path: Path) -> None:
    agreed = Contract.load(
        {"order": {"id": "PO-1"}, "classes": [{"name": "major", "plan": {"n": 2, "ac": 0}}]}
    )
    header = {"contract": "PO-1", "lot": {"id": "L1", "size": 50}}
    with aql.Desk.open(agreed, header, tmp_path / "L1.jsonl") as desk:
        desk.record(1, carton="12", sku="A")
        assert desk.record(2, note="seal broken").decision == "accept"
        rows = desk.inspection().rows
    assert [(row.item, row.value, row.carton, row.sku, row.note) for row in rows] == [
        (1, "OK", "12", "A", ""),
        (2, "OK", "", "", "seal broken"),
    ]
    with aql.Desk.open(agreed, None, tmp_path / "L1.jsonl") as desk:
        assert desk.inspection().rows == rows
        verdict = aql.score(agreed, desk.inspection())
    assert repr(verdict.skus[0]) == "<SkuResult A, 1 item logged: nothing found>"


def test_a_call_that_is_repeated_returns_the_state_and_records_nothing(desk: Desk, path: Path) -> None:
    picture = b"\x89PNG\r\n\x1a\n and so on"
    calls: list[Callable[[], DeskState]] = [
        lambda: desk.record(1, key="a"),
        lambda: desk.photograph(picture, item=1, key="b"),
        lambda: desk.undo(key="c"),
    ]
    for call in calls:
        state, written = call(), path.read_bytes()
        assert call() == state == desk.state
        assert path.read_bytes() == written
    assert desk.path == path


def test_two_events_at_one_time_are_in_order(path: Path) -> None:
    with Desk.open(CONTRACT, HEADER, path, clock=lambda: datetime(2026, 1, 17, 9, tzinfo=UTC)) as desk:
        desk.record(1)
        assert desk.record(2).notes == ()


def test_the_first_line_says_only_what_the_header_says(desk: Desk, path: Path) -> None:
    first = json.loads(path.read_text("utf-8").splitlines()[0])
    assert first["contract"] == CONTRACT.checksum
    desk.record(1, term="dent")
    desk.photograph(b"GIF89a")
    assert "null" not in path.read_text("utf-8")


def test_rows_that_contradict_each_other_are_told_when_the_file_is_opened(desk: Desk, path: Path) -> None:
    desk.record(1, term="mass", value="200", unit="g")
    desk.close()
    lines = path.read_text("utf-8").splitlines()
    again = lines[-1].replace('"200"', '"201"')
    path.write_text("\n".join([*lines, again, ""]), "utf-8")
    with pytest.raises(AqlError, match="two readings of 'mass'"):
        Desk.open(CONTRACT, None, path)


def test_items_may_be_recorded_by_name(path: Path) -> None:
    header = {**HEADER, "inspection": {"items": ["A7", "B3", "C1"]}}
    with Desk.open(CONTRACT, header, path) as desk:
        assert desk.record("B3").next_item == 1
        desk.record("A7", term="mass", value="201", unit="g")
        assert [row.item for row in desk.rows] == [2, 1]
        for wrong in ("Z9", "1", 0, 91):
            with pytest.raises(DomainError, match="item must be a name in the header"):
                desk.record(wrong)


@pytest.mark.parametrize("bad", [(2,), (3,), (2, 3)])
def test_the_first_line_with_a_bad_value_is_named(desk: Desk, path: Path, bad: tuple[int, ...]) -> None:
    for item in (1, 2, 3):
        desk.record(item, class_="minor")
    desk.close()
    lines = path.read_text("utf-8").splitlines()
    for number in bad:
        lines[number] = lines[number].replace('"item":', '"count":"many","item":')
    path.write_text("\n".join([*lines, ""]), "utf-8")
    with pytest.raises(
        AqlError, match=f"line {bad[0] + 1} of .* must be an event of this recording: .*many"
    ) as raised:
        Desk.open(CONTRACT, None, path)
    assert raised.value.row == bad[0] + 1


@pytest.mark.parametrize(
    ("items", "photos", "says"),
    [
        ([2], [], "item 1 must be recorded, because item 2 is"),
        ([1, 2, 5], [], "items 3 and 4 must be recorded, because item 5 is"),
        ([1], [1, 2], "item 2 must be recorded, because a photograph shows it"),
        ([1], [None, 3, 2], "items 2 and 3 must be recorded, because a photograph shows them"),
        ([1, 2], [None, 1, 2], ""),
        ([], [], ""),
    ],
)
def test_gaps_before_the_last_item_and_below_photographs_are_told(
    items: list[int], photos: list[int | None], says: str
) -> None:
    rows = [LogRow(item=item) for item in items]
    pictures = [Photo(file=f"{place}.png", item=item) for place, item in enumerate(photos)]
    if not says:
        check_gaps(rows, pictures, set())
        return
    with pytest.raises(AqlError) as raised:
        check_gaps(rows, pictures, set())
    assert str(raised.value).startswith(says)


def test_a_key_has_at_most_128_characters(desk: Desk) -> None:
    desk.record(1, key="k" * 128)
    assert desk.has("k" * 128)
    assert not desk.has("")
    for wrong in ("k" * 129, 5, None):
        with pytest.raises(DomainError, match="key must be text of at most 128 characters"):
            desk.has(wrong)  # type: ignore[arg-type]


def test_a_recording_has_a_bounded_number_of_events(
    desk: Desk, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for item in (1, 2):
        desk.record(item)
    desk.close()
    monkeypatch.setattr(events, "_MOST", 2)
    with Desk.open(CONTRACT, None, path) as again:
        again.record(3)
    with pytest.raises(AqlError, match="must have at most 2 events, got 3"):
        Desk.open(CONTRACT, None, path)


def test_times_are_compared_whatever_their_zone(path: Path) -> None:
    """09:00 in UTC, 09:15 in UTC without a zone, 17:30 in Shanghai."""
    times = iter(
        [
            datetime(2026, 1, 17, 9, tzinfo=UTC),
            datetime(2026, 1, 17, 9, 15),  # noqa: DTZ001
            datetime(2026, 1, 17, 17, 30, tzinfo=timezone(timedelta(hours=8))),
        ]
    )
    with Desk.open(CONTRACT, HEADER, path, clock=lambda: next(times)) as desk:
        for item in (1, 2, 3):
            desk.record(item)
        assert desk.state.notes == ()
