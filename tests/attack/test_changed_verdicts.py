"""A stored verdict that was changed by hand contradicts itself, and says where."""

import copy
from collections.abc import Callable
from typing import Any

import pytest

import aql
from tests.attack.hostile_files import told

TABLETS = aql.score(*aql.examples.tablet_order())


def changed(change: Callable[[dict[str, Any]], None]) -> dict[str, Any]:
    data: dict[str, Any] = copy.deepcopy(TABLETS.to_dict())
    change(data)
    return data


def line(name: str, /, **values: object) -> Callable[[dict[str, Any]], None]:
    """Change one line."""

    def change(data: dict[str, Any]) -> None:
        found = next(one for one in (*data["classes"], *data["terms"]) if one["name"] == name)
        assert set(values) <= set(found)
        found.update(values)

    return change


def first_defect(**values: object) -> Callable[[dict[str, Any]], None]:
    return lambda data: data["defects"][0].update(values)


def without_a_defect(data: dict[str, Any]) -> None:
    del data["defects"][0]


@pytest.mark.parametrize("decision", ["accept", "hold", "continue"])
def test_another_decision_on_the_lot_is_told(decision: str) -> None:
    error = told(
        "contradiction", lambda: aql.Verdict.from_dict(changed(lambda data: data.update(decision=decision)))
    )
    assert isinstance(error, aql.DocumentError)
    assert [problem.path for problem in error.problems] == ["decision"]


@pytest.mark.parametrize("at", range(len(TABLETS.lines)))
@pytest.mark.parametrize("decision", ["accept", "reject", "hold", "continue"])
def test_another_decision_on_a_line_is_told(at: int, decision: str) -> None:
    old = TABLETS.lines[at]
    if decision != old.decision:
        told("contradiction", lambda: aql.Verdict.from_dict(changed(line(old.name, decision=decision))))


CHANGES: list[tuple[Callable[[dict[str, Any]], None], str]] = [
        (line("major", found=0), "classes[1].by_stage"),
        (line("major", found=0, by_stage=[[0, 0]]), "classes[1].found"),
        (line("major", stage=2), "classes[1].stage"),
        (line("major", sample=1), "classes[1].sample"),
        (line("major", items=[1, 2]), "classes[1].items"),
        (line("major", counted=3), "classes[1].counted"),
        (line("major", inspected=7), "classes[1].inspected"),
        (line("major", counting="nonconformities"), "classes[1].counting"),
        (line("major", reinstates_normal=True), "classes[1].reinstates_normal"),
        (line("major", by_stage=[[9, 1]]), "classes[1].by_stage"),
        (line("major", undecided=True), "classes[1].decision"),
        (line("major", name="minor"), "classes"),
        (line("major", kind="term"), "classes[1].kind"),
        (line("major", class_name="minor"), "classes[1].class_name"),
        (line("battery-capacity", kind="class"), "terms[0].kind"),
        (line("battery-capacity", kind="limit"), "terms[0].kind"),
        (line("battery-capacity", class_name="paint"), "terms[0].class_name"),
        (lambda data: data.update(classes=data["terms"], terms=data["classes"]), "classes[0].kind"),
        (first_defect(line="paint"), "defects[0]"),
        (first_defect(counts_in=""), "defects[0]"),
        (first_defect(counts_in="minor"), "classes[2].items"),
        (without_a_defect, "terms[0].items"),
        (lambda data: data.update(unlisted=99), "unlisted"),
        (lambda data: data["counts"].append({"line": "paint", "term": "", "number": 1}), "counts[0]"),
        (lambda data: data["header"]["lot"].update(size=2999, skus=[]), "classes[0].lookup.lot_size"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "path"), CHANGES, ids=range(len(CHANGES)))
def test_what_does_not_agree_is_named(change: Callable[[dict[str, Any]], None], path: str) -> None:
    error = told("contradiction", lambda: aql.Verdict.from_dict(changed(change)))
    assert isinstance(error, aql.DocumentError)
    assert path in {problem.path for problem in error.problems}


@pytest.mark.parametrize(("stated", "shown"), [(None, "absent"), (124, "124")])
def test_another_number_inspected_is_told_with_that_of_the_header(stated: int | None, shown: str) -> None:
    def change(data: dict[str, Any]) -> None:
        data["header"]["inspection"]["inspected"] = stated

    error = told("contradiction", lambda: aql.Verdict.from_dict(changed(change)))
    assert f"must be {shown}, as in the header, got 125" in str(error)
