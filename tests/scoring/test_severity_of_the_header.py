"""The severity of an inspection comes from its header, and the verdicts on a series give that of the next one."""

from collections.abc import Mapping
from random import Random
from typing import Any

import pandas as pd
import pytest

import aql
from aql import Contract, DomainError, Inspection, LogError, Scheme, SinglePlan, Verdict, run_streams
from aql.scheme import State
from aql.scoring import ClassHistories, class_histories
from aql.types import SWITCHINGS

CLASSES = [
    {"name": "critical", "aql": 0},
    {"name": "major", "aql": 2.5},
    {"name": "minor", "aql": 4.0},
    {"name": "extra", "plan": {"n": 5, "ac": 0}},
    {"name": "whole", "inspect": "all", "ac": 0},
]


def contract(**clause: Any) -> Contract:
    return Contract.load(
        {"order": {"id": "PO-1", "quantity": 1200}, "classes": CLASSES[:3], "inspection": clause}
    )


AGREED = contract()


def verdict(
    lot: str, major: int = 0, minor: int = 0, *, agreed: Contract = AGREED, inspected: int = 125, **visit: Any
) -> Verdict:
    header = {
        "contract": "PO-1",
        "lot": {"id": lot, "size": 1200},
        "inspection": {"inspected": inspected, **visit},
    }
    rows = [{"item": number, "class": "major"} for number in range(1, major + 1)]
    rows += [{"item": number, "class": "minor"} for number in range(21, minor + 21)]
    return aql.score(agreed, Inspection.load(header, findings=rows))


def plans(found: Verdict) -> dict[str, tuple[int, int | None]]:
    return {line.name: (line.plan.total, line.ac) for line in found.classes}


def test_the_severity_of_the_header_is_looked_up() -> None:
    assert plans(verdict("L1")) == {"critical": (80, 0), "major": (80, 5), "minor": (80, 7)}
    tightened = verdict("L1", severity="tightened")
    assert plans(tightened) == {"critical": (80, 0), "major": (80, 3), "minor": (80, 5)}
    assert tightened.severity == "tightened"
    mixed = verdict("L1", severity={"major": "reduced"})
    assert plans(mixed) == {"critical": (80, 0), "major": (32, 3), "minor": (80, 7)}
    assert mixed.severity == "reduced (major) and normal (minor)"
    assert Verdict.from_json(mixed.to_json()) == mixed
    assert verdict("L1", severity={"critical": "normal"}).severity == "normal"


@pytest.mark.parametrize("sample", ["largest", "letter"])
def test_other_conventions_of_samples_follow_it(sample: str) -> None:
    found = verdict("L1", agreed=contract(sample=sample), severity={"major": "tightened"})
    assert plans(found)["major"] == (80, 3)


def test_a_term_with_its_own_line_has_that_of_its_class_or_its_own() -> None:
    agreed = Contract.load(
        {
            "order": {"id": "PO-1"},
            "classes": CLASSES[1:3],
            "terms": [
                {
                    "id": "seam",
                    "class": "major",
                    "text": "Open seam of 5 mm or more",
                    "kind": "visual",
                    "level": "S-4",
                }
            ],
        }
    )
    header: dict[str, Any] = {"contract": "PO-1", "lot": {"id": "L1", "size": 1200}}
    for severity, expected in (("normal", 3), ({"major": "tightened"}, 2), ({"seam": "reduced"}, 2)):
        visit = {"inspected": 80, "severity": severity}
        found = aql.score(agreed, Inspection.load({**header, "inspection": visit}, findings=[]))
        (line,) = found.terms
        wanted = severity if isinstance(severity, str) else next(iter(severity.values()))
        assert line.severity == wanted
        assert isinstance(line.plan, SinglePlan)
        assert expected


@pytest.mark.parametrize(
    ("severity", "message"),
    [
        ({"majr": "normal"}, "'majr' is not a class or term of the contract. Did you mean 'major'?"),
        ({"critical": "tightened"}, "'critical' never switches: AQL 0 is trade practice"),
    ],
)
def test_a_severity_that_fits_nothing_is_a_problem(severity: dict[str, str], message: str) -> None:
    with pytest.raises(LogError) as caught:
        verdict("L1", severity=severity)
    assert message in str(caught.value)


def test_a_word_that_is_not_a_severity_is_refused() -> None:
    with pytest.raises(aql.DocumentError, match=r"inspection\.severity"):
        verdict("L1", severity="hard")


def series(
    lots: list[Mapping[str, Any]], *, agreed: Contract = AGREED, **how: Any
) -> tuple[ClassHistories, list[Verdict]]:
    """Score lots one after the other, each at the severity that the ones before it give."""
    verdicts: list[Verdict] = []
    for number, lot in enumerate(lots, start=1):
        before = class_histories(agreed, verdicts, **how)
        visit = {"severity": before.next_severity, **lot}
        verdicts.append(verdict(f"L{number}", agreed=agreed, **visit))
    return class_histories(agreed, verdicts, **how), verdicts


def test_classes_switch_side_by_side() -> None:
    lots: list[Mapping[str, Any]] = [{"major": 7}, {"major": 6}, {"minor": 1}, {}, {"major": 4}]
    found, _ = series(lots)
    assert found.classes["major"].severities == ("normal", "normal", "tightened", "tightened", "tightened")
    assert found.classes["major"].decisions == ("reject", "reject", "accept", "accept", "reject")
    assert found.classes["minor"].severities == ("normal",) * 5
    assert found.classes["minor"].scores == (3, 6, 9, 12, 15)
    assert found.never == {"critical": "AQL 0 is trade practice, not a plan of the tables"}
    assert found.next_severity == {"major": "tightened", "minor": "normal"}
    assert repr(found).startswith("<ClassHistories major: 5 lots, 3 rejected, next tightened")


def test_together_a_switch_in_one_class_switches_all() -> None:
    agreed = contract(switching="together")
    lots: list[Mapping[str, Any]] = [{"major": 7}, {"major": 6}, {"minor": 6}, {}, {}, {}, {}, {}]
    found, _ = series(lots, agreed=agreed)
    assert found.classes["minor"].severities[:4] == ("normal", "normal", "tightened", "tightened")
    assert found.classes["minor"].steps[1].state.cause == "together"
    assert "another class switched" in found.classes["minor"].steps[1].reason
    assert found.classes["minor"].severities[4:] == ("tightened",) * 3 + ("normal",)
    assert found.next_severity == {"major": "normal", "minor": "normal"}


def test_together_one_class_stops_all() -> None:
    agreed = contract(switching="together")
    found, verdicts = series([{"major": 7}] * 7, agreed=agreed)
    assert found.discontinued == ("major", "minor")
    with pytest.raises(DomainError, match="inspection of major and minor is discontinued"):
        _ = found.next_severity
    again = class_histories(
        agreed, [*verdicts, verdict("L8", agreed=agreed, severity="tightened")], resumed=["L8"]
    )
    assert again.next_severity == {"major": "tightened", "minor": "tightened"}


def test_a_resubmitted_lot_does_not_count() -> None:
    first = verdict("L1", 7)
    again = verdict("L1", 7, reinspection_of="L1", severity="tightened")
    found = class_histories(AGREED, [first, again])
    assert found.classes["major"].severities == ("normal", "normal")
    assert found.classes["major"].steps[1].resubmitted
    assert found.classes["major"].steps[1].plan == SinglePlan(80, 3)
    assert found.next_severity["major"] == "normal"


def test_steady_production_and_the_authority_by_lot() -> None:
    lots = [verdict(f"L{number}") for number in range(1, 11)]
    assert class_histories(AGREED, lots).next_severity["major"] == "reduced"
    assert class_histories(AGREED, lots, steady=False).next_severity["major"] == "normal"
    assert class_histories(AGREED, lots, authority={"L10": False}).next_severity["major"] == "normal"
    assert class_histories(AGREED, lots, authority={"L9": False}).next_severity["major"] == "reduced"


def test_staged_plans_count_by_stage() -> None:
    agreed = contract(sampling="double")
    found = class_histories(agreed, [verdict("L1", 1, agreed=agreed), verdict("L2", 3, agreed=agreed)])
    assert found.classes["major"].scores == (3, 0)


def test_before_any_lot_inspection_is_normal() -> None:
    assert class_histories(AGREED, []).next_severity == {"major": "normal", "minor": "normal"}
    whole = Contract.load({"order": {"id": "PO-1", "quantity": 10}, "classes": CLASSES})
    assert class_histories(whole, []).never == {
        "critical": "AQL 0 is trade practice, not a plan of the tables",
        "extra": "the contract states its plan",
        "whole": "every item is inspected",
    }
    unknown = Contract.load({"order": {"id": "PO-1"}, "classes": CLASSES[:3]})
    with pytest.raises(DomainError, match="one or more lots, or the order a quantity"):
        class_histories(unknown, [])


def test_what_does_not_count_is_named() -> None:
    with pytest.raises(
        DomainError, match="major, lot L2: the class must be accepted or rejected to count, got hold"
    ):
        class_histories(AGREED, [verdict("L1"), verdict("L2", inspected=10)])
    with pytest.raises(DomainError, match="major, lot L1: severity must be normal, which is in force"):
        class_histories(AGREED, [verdict("L1", severity="tightened")])
    late, early = verdict("L1", date="2026-05-02"), verdict("L2", date="2026-05-01")
    with pytest.raises(DomainError, match="lot L2: a lot must not come before the one above it"):
        class_histories(AGREED, [late, early])
    header = {"contract": "PO-1", "lot": {"id": "L1", "size": 1200}, "inspection": {"inspected": 125}}
    rows = [{"class": "major", "count": 3}, {"class": "minor", "count": 0}]
    found = aql.score(AGREED, Inspection.load(header, findings=rows))
    assert found.classes[1].decision == "accept"
    with pytest.raises(DomainError, match="major, lot L1: the count must be known, got 0 to 3"):
        class_histories(AGREED, [found])
    other = contract(standard="MIL-STD-105E")
    with pytest.raises(DomainError, match="plan must be of ISO 2859-1:1999, the edition of this series"):
        class_histories(AGREED, [verdict("L1", agreed=other)])
    fewer = Contract.load({"order": {"id": "PO-1", "quantity": 1200}, "classes": CLASSES[1:2]})
    plain: dict[str, Any] = {
        "contract": "PO-1",
        "lot": {"id": "L1", "size": 1200},
        "inspection": {"inspected": 125},
    }
    with pytest.raises(DomainError, match="minor, lot L1: the verdict must have a line of this class"):
        class_histories(AGREED, [aql.score(fewer, Inspection.load(plain, findings=[]))])


def test_a_resubmission_is_for_the_classes_named() -> None:
    first = verdict("L1", 7, 8)
    again = verdict("L1", 2, reinspection_of="L1", severity={"major": "tightened"})
    assert plans(again) == {"major": (80, 3)}
    assert again.decision == "accept"
    assert again.evidence.contract_sha256 == first.evidence.contract_sha256
    with pytest.raises(
        LogError,
        match=r"must be a class of this resubmission, .* got 'minor'\. It has major$",
    ):
        verdict("L1", 2, 1, reinspection_of="L1", severity={"major": "tightened"})
    found = class_histories(AGREED, [first, again, verdict("L2")])
    assert len(found.classes["major"]) == 3
    assert len(found.classes["minor"]) == 2
    assert found.classes["major"].severities == ("normal",) * 3


def test_together_a_resubmission_is_in_the_series_of_its_classes() -> None:
    both = contract(switching="together")
    lots = [
        verdict("L1", 7, agreed=both),
        verdict("L1", agreed=both, reinspection_of="L1", severity={"major": "tightened"}),
        verdict("L2", 6, agreed=both),
        verdict("L2", agreed=both, reinspection_of="L2"),
        verdict("L3", agreed=both, severity="tightened"),
    ]
    found = class_histories(both, lots)
    assert found.next_severity == {"major": "tightened", "minor": "tightened"}
    assert [step.resubmitted for step in found.classes["major"]] == [False, True, False, True, False]
    assert [step.resubmitted for step in found.classes["minor"]] == [False, False, True, False]
    assert found.classes["minor"].severities == ("normal", "normal", "tightened", "tightened")
    assert found.classes["minor"].steps[1].state.cause == "together"


def test_terms_and_limits_of_other_classes_are_left_out_of_a_resubmission() -> None:
    agreed = Contract.load(
        {
            "order": {"id": "PO-1"},
            "classes": CLASSES[1:3],
            "terms": [
                {"id": f"{name}-dent", "class": name, "text": "Dent of 5 mm or more", "kind": "visual"}
                for name in ("major", "minor")
            ],
            "limits": [{"name": "both", "of": ["major", "minor"], "plan": {"n": 50, "ac": 9}}],
        }
    )
    header: dict[str, Any] = {"contract": "PO-1", "lot": {"id": "L1", "size": 1200}}
    visit = {"inspected": 80, "reinspection_of": "L1", "severity": {"minor": "normal"}}
    found = aql.score(agreed, Inspection.load({**header, "inspection": visit}, findings=[]))
    assert [line.name for line in found.lines] == ["minor"]


def test_a_limit_stays_in_a_resubmission_for_all_its_classes() -> None:
    """Its members may be all that there is."""
    limit = {"name": "both", "of": ["major", "minor"], "plan": {"n": 50, "ac": 9}}
    agreed = Contract.load({"order": {"id": "PO-1"}, "classes": CLASSES[1:3], "limits": [limit]})
    again: dict[str, Any] = {
        "inspected": 80,
        "reinspection_of": "L1",
        "severity": {"major": "normal", "minor": "normal"},
    }
    header = {"contract": "PO-1", "lot": {"id": "L1", "size": 1200}, "inspection": again}
    found = aql.score(agreed, Inspection.load(header, findings=[]))
    assert [line.name for line in found.lines] == ["major", "minor", "both"]


def test_streams_in_a_frame_are_the_series_of_their_verdicts() -> None:
    random = Random(20260117)
    schemes = {name: Scheme.lookup(1200, aql=aql_) for name, aql_ in (("major", 2.5), ("minor", 4.0))}
    for switching in SWITCHINGS:
        lots: list[Mapping[str, Any]] = [
            {name: random.choice((0, 0, 1, 3, 4, 6)) for name in schemes} for _ in range(14)
        ]
        histories, verdicts = series(lots, agreed=contract(switching=switching))
        frame = pd.DataFrame(lots[: len(verdicts)]).assign(stream="A", order=range(len(verdicts)))
        done = run_streams(
            frame,
            schemes,
            stream="stream",
            order="order",
            found={name: name for name in schemes},
            switching=switching,
        )
        for name, history in histories.classes.items():
            assert tuple(done[f"severity_{name}"]) == history.severities
            assert tuple(done[f"decision_{name}"]) == history.decisions
            assert State.from_json(done[f"state_{name}"].iloc[-1]) == history.state
