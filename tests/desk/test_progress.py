"""The lines of a recording, item by item: what each shows, what decides it, and the chance that all of them accept."""

import math
from pathlib import Path
from typing import Any

import pytest

from aql import AqlError, Contract, Desk
from aql.desk.state import DeskState

HEADER: dict[str, Any] = {"contract": "PO-1", "lot": {"id": "L1", "size": 90}}
CLASSES = [
    {"name": "major", "plan": {"n": [2, 2], "ac": [0, 1], "re": [2, 2]}},
    {"name": "minor", "plan": {"n": 3, "ac": 1}},
]
TERMS = [
    {"id": "dent", "class": "minor", "text": "Dent", "kind": "visual"},
    {"id": "zip", "class": "minor", "text": "Zip fails", "kind": "visual", "sample": 2, "ac": 0},
]


QUALITIES = {"major": 0.1, "minor": 0.3, "zip": 0.2}
OUTCOMES = {"major": 0.1, "minor": 0.3, "": 0.6}


def contract(**parts: Any) -> Contract:
    return Contract.load({"order": {"id": "PO-1"}, "classes": CLASSES, "terms": TERMS, **parts})


def opened(agreed: Contract, path: Path, qualities: dict[str, float] | None = None, **lot: Any) -> Desk:
    return Desk.open(agreed, {**HEADER, "lot": {**HEADER["lot"], **lot}}, path, qualities=qualities)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "L1.jsonl"


def line(state: DeskState, name: str) -> Any:
    return next(one for one in state.lines if one.name == name)


def chance_by_recording_all(desk: Desk, item: int = 1) -> float:
    """Expectation of the chance at the end, over everything that the items from this one on can show."""
    state = desk.state
    if state.decision in {"accept", "reject"}:
        assert state.chance == (state.decision == "accept")
        return float(state.decision == "accept")
    total = 0.0
    for class_, chance in OUTCOMES.items():
        for fails, other in ((True, 0.2), (False, 0.8)) if item <= 2 else ((False, 1.0),):
            desk.record(item, class_=class_)
            if fails:
                desk.record(item, term="zip")
            total += chance * other * chance_by_recording_all(desk, item + 1)
            for _ in range(1 + fails):
                desk.undo()
    assert state.chance == pytest.approx(total, abs=1e-12)
    return total


def test_the_chance_is_its_expectation_after_the_next_item(path: Path) -> None:
    """An item counts once, in one of the classes; the term with its own sample is independent of them."""
    with opened(contract(), path, QUALITIES) as desk:
        assert chance_by_recording_all(desk) == pytest.approx(0.474624)


@pytest.mark.parametrize(
    ("classes", "qualities", "chance"),
    [
        (CLASSES[:1], {"major": 1.0}, 0.0),
        (CLASSES[:1], {"major": 0.0}, 1.0),
        (CLASSES, {"major": 0.0, "minor": 0.0}, 1.0),
        (CLASSES, {"major": 0.0, "minor": 1.0}, 0.0),
        (CLASSES, {"major": 0.5, "minor": 0.6}, None),
        (CLASSES, {"major": 0.5}, None),
    ],
)
def test_the_chance_at_the_ends_and_where_the_qualities_do_not_fit(
    path: Path, classes: list[Any], qualities: dict[str, float], chance: float | None
) -> None:
    with opened(contract(classes=classes, terms=[]), path, qualities) as desk:
        assert desk.state.chance == chance


def test_a_line_whose_last_stage_has_failed_already_leaves_no_chance(path: Path) -> None:
    classes = [{"name": "major", "plan": {"n": [1, 1, 1], "ac": ["#", 0, 1], "re": [2, 2, 2]}}, CLASSES[1]]
    with opened(contract(classes=classes), path, QUALITIES) as desk:
        desk.record(2, class_="major")
        state = desk.record(3, class_="major")
        assert (line(state, "major").progress, line(state, "major").chance) == ("open", 0.0)
        assert (state.decision, state.chance) == ("open", 0.0)


def test_an_open_limit_leaves_the_chance_unknown(path: Path) -> None:
    limits = [{"name": "all", "of": ["major", "minor"], "plan": {"n": 4, "ac": 1}}]
    with opened(contract(limits=limits), path, QUALITIES) as desk:
        assert desk.state.chance is None
        for item in (1, 2, 3, 4):
            state = desk.record(item)
        assert (state.decision, state.chance) == ("accept", 1.0)


def test_what_each_line_shows(path: Path) -> None:
    limits = [{"name": "all", "of": ["major", "minor"], "plan": {"n": 3, "ac": 1}}]
    with opened(contract(limits=limits), path) as desk:

        def shown(name: str) -> tuple[Any, ...]:
            one = line(desk.state, name)
            return (
                one.stage,
                one.sample,
                one.inspected,
                one.found,
                one.ac,
                one.re,
                one.progress,
                one.decided_at,
            )

        assert shown("major") == (1, 2, 0, 0, 0, 2, "open", None)
        desk.record(2, class_="major")
        desk.record(1)
        assert shown("major") == (2, 4, 2, 1, 1, 2, "open", None)
        assert shown("zip") == (1, 2, 2, 0, 0, 1, "accept", 1)
        desk.record(4, term="dent")
        assert shown("minor") == (1, 3, 2, 0, 1, 2, "open", None)
        assert shown("all") == (1, 3, 2, 1, 1, 2, "open", None)
        desk.record(3, term="dent")
        assert shown("major") == (2, 4, 4, 1, 1, 2, "accept", 3)
        assert shown("minor") == (1, 3, 3, 1, 1, 2, "accept", 3)
        assert shown("all") == (1, 3, 3, 2, 1, 2, "reject", 3)
        assert desk.path == path


def test_cartons_have_numbers_of_their_own(path: Path) -> None:
    drop = {"id": "drop", "class": "minor", "text": "Carton drop", "kind": "visual", "of": "cartons"}
    agreed = contract(terms=[*TERMS, {**drop, "sample": 2, "ac": 0}])
    with opened(agreed, path, cartons=5) as desk:
        desk.record(1, term="drop")
        state = desk.state
        assert (state.inspected, state.next_item) == (0, 1)
        assert (line(state, "drop").of, line(state, "drop").progress) == ("cartons", "reject")
        for item in (1, 2, 3):
            desk.record(item)
        assert desk.inspection().header.inspection.inspected == (
            ("major", 3),
            ("minor", 3),
            ("zip", 3),
            ("drop", 1),
        )


def test_the_number_inspected_is_the_last_item_recorded(path: Path) -> None:
    drop = {"id": "drop", "class": "minor", "text": "Carton drop", "kind": "visual", "of": "cartons"}
    with opened(contract(), path) as desk:
        assert desk.inspection().header.inspection.inspected == 0
        desk.record(1)
        assert desk.inspection().header.inspection.inspected == 1
    boxes = contract(terms=[*TERMS, {**drop, "sample": 2, "ac": 0}])
    with opened(boxes, path.with_name("boxes.jsonl"), cartons=5) as desk:
        inspected = desk.inspection().header.inspection.inspected
        assert isinstance(inspected, tuple)
        assert ("drop", 0) in inspected


def test_a_header_that_is_wrong_is_named(path: Path) -> None:
    with pytest.raises(AqlError, match=r"^the header of the inspection has 1 problem:"):
        Desk.open(contract(), {"contract": "PO-1", "lot": {"id": "L1", "size": 0}}, path)
    file = path.with_name("header.toml")
    file.write_text('contract = "PO-1"\nlot = { id = "L1", size = 0 }\n', "utf-8")
    with pytest.raises(AqlError, match=r"^header.toml has 1 problem:|header.toml"):
        Desk.open(contract(), file, path)


def test_a_count_between_the_last_numbers_accepts(path: Path) -> None:
    classes = [{"name": "major", "plan": {"n": 3, "ac": 0, "re": 3}}]
    with opened(contract(classes=classes, terms=[]), path) as desk:
        for item, class_ in ((1, "major"), (2, "major"), (3, "")):
            state = desk.record(item, class_=class_)
        assert (line(state, "major").progress, state.decision) == ("accept", "accept")


def test_nonconformities_of_two_classes_are_independent(path: Path) -> None:
    classes = [{"name": name, "plan": {"n": 4, "ac": ac}} for name, ac in (("major", 0), ("minor", 1))]
    agreed = contract(classes=classes, terms=[], inspection={"counting": "nonconformities"})
    with opened(agreed, path, {"major": 0.1, "minor": 0.3}) as desk:
        major, minor = (one.chance for one in desk.state.lines)
        assert major == pytest.approx(math.exp(-0.4))
        assert minor == pytest.approx(math.exp(-1.2) * 2.2)
        assert desk.state.chance == pytest.approx(math.exp(-1.6) * 2.2)


@pytest.mark.parametrize(
    ("qualities", "chance"),
    [
        ({"major": 0.0, "minor": 0.0, "zip": 1.0}, 0.0),
        ({"major": 0.0, "minor": 0.0, "zip": 0.0}, 1.0),
        ({"major": 0.0, "minor": 0.0, "zip": 0.1}, 0.81),
        ({"major": 1.0, "minor": 0.0, "zip": 0.0}, 0.0),
        ({"major": 0.0, "minor": 1.0, "zip": 0.0}, 0.0),
        ({"major": 0.0, "minor": 0.5, "zip": 0.0}, 0.5),
    ],
)
def test_a_line_without_a_chance_leaves_the_lot_none(
    path: Path, qualities: dict[str, float], chance: float
) -> None:
    with opened(contract(), path, qualities) as desk:
        assert desk.state.chance == pytest.approx(chance)
    agreed = contract(inspection={"counting": "nonconformities"})
    with opened(
        agreed, path.with_name("n.jsonl"), {name: 1000 * one for name, one in qualities.items()}
    ) as desk:
        assert desk.state.chance == pytest.approx(float(not any(qualities.values())), abs=1e-12)


@pytest.mark.parametrize("last", [2, 4])
def test_the_last_item_of_a_sample_is_inspected_too(path: Path, last: int) -> None:
    """Accepted with 0 in the first two items, or with 1 in all four; the last item of either conforms."""
    with opened(contract(classes=CLASSES[:1], terms=[]), path, {"major": 0.1}) as desk:
        desk.record(last)
        first, second = (0.9, 0.1 * 0.9**2) if last == 2 else (0.9**2, 2 * 0.1 * 0.9 * 0.9)
        assert line(desk.state, "major").chance == pytest.approx(first + second)


def test_one_class_has_the_chance_of_its_plan(path: Path) -> None:
    with opened(contract(classes=CLASSES[1:], terms=[]), path, {"minor": 0.3}) as desk:
        assert (
            desk.state.chance == line(desk.state, "minor").chance == pytest.approx(0.7**3 + 3 * 0.3 * 0.7**2)
        )


def test_the_quality_of_a_line_is_its_aql_or_as_given(path: Path) -> None:
    classes = [{"name": "major", "aql": 4}, {"name": "minor", "plan": {"n": 3, "ac": 1}}]
    own = {"id": "own", "class": "major", "text": "Own", "kind": "visual", "sample": 2, "ac": 0}
    agreed = contract(classes=classes, terms=[own])
    with opened(agreed, path, {"minor": 0.3}) as desk:
        assert {one.name: one.quality for one in desk.state.lines} == {
            "major": 0.04,
            "minor": 0.3,
            "own": 0.04,
        }
    for most, counting in ((1, "items"), (1_000_000, "nonconformities")):
        agreed = contract(classes=classes, terms=[], inspection={"counting": counting})
        with opened(agreed, path.with_name(f"{counting}.jsonl"), {"minor": most}) as desk:
            assert line(desk.state, "minor").quality == most
        with pytest.raises(AqlError, match="the quality of minor"):
            opened(agreed, path.with_name(f"{counting}.jsonl"), {"minor": most + 0.5})
