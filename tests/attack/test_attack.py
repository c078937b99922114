"""Whatever comes in, a reader or function accepts it or raises an `AqlError`; crashes found are tests of their own."""

import json
from collections.abc import Callable
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import aql
from aql import plans, plot, standards
from aql.assurance import Money
from aql.inspection import read_safety_culture
from tests.attack.attack import DOORS, attacked, main


def failures(inputs: int, seed: int) -> dict[str, Any]:
    return {door: found.failures for door, found in attacked(inputs, seed).items() if found.failures}


def test_a_few_hundred_inputs() -> None:
    assert failures(208, seed=7) == {}


@pytest.mark.exhaustive
def test_ten_thousand_inputs() -> None:
    found = attacked(10_000, seed=0)
    assert {door: one.failures for door, one in found.items() if one.failures} == {}
    # Mutated inputs are not all refused at the door.
    assert [door for door, one in found.items() if not one.accepted] == []


def test_results_are_kept_and_an_input_can_be_repeated(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = tmp_path / "attack.json"
    assert main(["--inputs", "4", "--door", "lookups", "--keep", str(kept)]) == 0
    assert main(["--inputs", "3", "--seed", "2", "--door", "lookups", "--keep", str(kept)]) == 0
    found = json.loads(kept.read_text("utf-8"))
    assert (found["seeds"], found["doors"]["lookups"]["inputs"]) == ([1, 2], 7)
    assert main(["--door", "lookups", "--number", "0"]) == 0
    assert "4 inputs, 0 failures" in capsys.readouterr().out


def test_the_same_seed_gives_the_same_inputs() -> None:
    doors = ["contract, values", "log, records", "plans"]
    one, other = (attacked(30, 3, doors) for _ in range(2))
    assert [found.errors for found in one.values()] == [found.errors for found in other.values()]
    assert set(doors) < set(DOORS)


# Crashes that the attack found ----------------------------------------------------------------------------------


SINGLE = aql.SinglePlan(80, 5)
SAFETY = aql.examples.example_file("logs/safety_culture.csv")
KNOWN = plans.posterior(3, 80, 1200)
SCHEME = aql.Scheme.lookup(1200, aql=2.5)
TABLETS = aql.examples.tablet_order()[0]
LOT = aql.lot_quality_bound(3, 80, 1200).to_dict()
PROCESS = plans.process_bound(3, 80).to_dict()


def nested() -> list[Any]:
    """Lists inside one another, deeper than `repr` can follow."""
    found: list[Any] = []
    for _ in range(100_000):
        found = [found]
    return found


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: plans.pa(0.05, 0.05), "plan must be a plan, such as SinglePlan(n=80, ac=5), got 0.05"),  # type: ignore[call-overload]
        (lambda: plans.ati([80, 5], 0.05, lot_size=9), "plan must be a plan"),  # type: ignore[call-overload]
        (lambda: plans.crq("plan"), "plan must be a plan"),  # type: ignore[call-overload]
        (lambda: plans.consumer_risk(None, 0.05), "plan must be a plan"),  # type: ignore[call-overload]
        (lambda: plans.pa(aql.SinglePlan, 0.05), "plan must be a plan"),  # type: ignore[call-overload]
        (lambda: plans.on_lot(5, 80), "plan must be a plan"),  # type: ignore[arg-type]
        (lambda: plans.on_lot(SINGLE, "80"), "lot_size must be a whole number"),  # type: ignore[arg-type]
        (lambda: plans.staged_lot_bound(5, stage=1, d=1, lot_size=9), "plan must be a plan"),  # type: ignore[arg-type]
        (lambda: plans.staged_process_bound(5, stage=1, d=1), "plan must be a plan"),  # type: ignore[arg-type]
        (lambda: plans.next_lot_pa(SINGLE, SINGLE), "known must be a posterior of a lot"),  # type: ignore[arg-type]
        (lambda: plans.next_lot_pa(KNOWN, [1]), "plan must be a plan"),  # type: ignore[arg-type]
        (lambda: plans.reinspection_pa(True, SINGLE), "known must be a posterior of a lot"),  # type: ignore[arg-type]
        (lambda: plans.LotPosterior(90, 80, 1200, (1, 1)), "d must be a whole number, 0 to 80"),
        (lambda: plans.posterior(3, 80, 1200, (1e-320, 1)), "prior must be two numbers from 1e-09 to 1e+12"),
        (lambda: standards.law_of("2.5", [80]), "n must be a whole number"),  # type: ignore[arg-type]
        (lambda: standards.law_of(b"2.5", 80), "aql must be the text of a number"),  # type: ignore[arg-type]
        (lambda: aql.lookup_many([1, [2, 3]], aql=2.5), "lot sizes must be whole numbers"),  # type: ignore[arg-type]
        (lambda: aql.lookup(aql=2.5, letter=pd.Series(["J"])), "letter must be"),  # type: ignore[call-overload]
        (lambda: aql.lookup(30, aql=4.0, prefer_below="no"), "prefer_below must be True or False, got 'no'"),  # type: ignore[call-overload]
        (
            lambda: aql.score_counts(pd.Series([1]), lot_size=90, inspected=9, aql=4),  # type: ignore[arg-type]
            "counts must be a mapping of classes to numbers",
        ),
        (
            lambda: aql.score_counts({"major": 1}, lot_size=90, inspected=9, aql=b"4"),  # type: ignore[arg-type]
            "aql must be a number, got b'4'",
        ),
        (lambda: SCHEME.resume("tightened"), "state must be a state of a series of lots, got 'tightened'"),  # type: ignore[arg-type]
        (lambda: SCHEME.step(3, found=3), "state must be a state of a series of lots, got 3"),  # type: ignore[arg-type]
        (lambda: SCHEME.pa(0.02, reduced=[1]), "reduced must be True or False, got [1]"),  # type: ignore[call-overload]
        (lambda: SCHEME.run([1], stream=5), "stream must be text, got 5"),  # type: ignore[arg-type]
        (lambda: SCHEME.run([1], state="normal"), "state must be a state of a series of lots"),  # type: ignore[arg-type]
        (lambda: aql.lookup_many([10**30], aql=2.5), "lot_sizes[0] must be a whole number"),
        (lambda: aql.lookup(30, aql=10**5000), "aql must be a number such as 2.5, got an int"),
        (lambda: plans.pa(SINGLE, 0.05, model=["binomial"]), "model must be"),  # type: ignore[call-overload]
        (lambda: aql.compare([SINGLE], names=5), "names must be a list of names, got 5"),  # type: ignore[arg-type]
        (lambda: aql.design(prq=(0.01, 10**400), crq=(0.05, 0.1)), "prq risk must be above 0 and below 1"),
        (
            lambda: read_safety_culture(SAFETY, terms={"Wall": 5}),  # type: ignore[dict-item]
            "terms must be a mapping of text to text",
        ),
        (lambda: SCHEME.transient(0.02, lots=10**9), "lots must be a whole number, 1 to 100000"),
        (lambda: plot.posterior_distribution(KNOWN, points="5"), "points must be a whole number"),  # type: ignore[arg-type]
        (lambda: plot.type_curves(SINGLE, lot_size=90, points=[5]), "points must be a whole number"),  # type: ignore[arg-type]
        (
            lambda: plot.type_curves(SINGLE, lot_size=2**53, points=2**53),
            "points must be a whole number, 2 to 1000000",
        ),
        (lambda: Money(Decimal("1e30"), "USD"), "an amount must be below 100000000000000000000"),
        (lambda: SCHEME.run(np.array(5)), "lots must be a sequence of counts, got array(5)"),
        (
            lambda: aql.score_counts({"major": (10**5000, 1)}, lot_size=90, inspected=9, aql=4),
            "counts['major'] at stage 1 must be a whole number, 0 to 2**53 (about 9 quadrillion), got an int",
        ),
        (
            lambda: aql.Lookup.from_dict(aql.lookup(1200, aql=2.5).to_dict() | {"trace": []}),
            "trace must have the cells of the table, got none",
        ),
        (
            lambda: plans.pa(SINGLE, nonconforming=[np.inf], model="hypergeometric", lot_size=1200),
            "nonconforming must be a whole number from 0 to 1200, got inf",
        ),
        (
            lambda: plans.staged_process_bound(SINGLE, stage=1, d=10**5000),
            "d must be a whole number, 0 to 2**53 (about 9 quadrillion), got an int",
        ),
        (lambda: SCHEME.lots_until("tightened", [1, [2, 3]]), "p must be"),  # type: ignore[arg-type]
        (
            lambda: plans.LotBound.from_dict(LOT | {"lot_size": 0}),
            "lot_size must be a whole number, 1 or more",
        ),
        (lambda: plans.LotBound.from_dict(LOT | {"n": 1300}), "n must be a whole number, 1 to 1200"),
        (lambda: plans.LotBound.from_dict(LOT | {"d": 81}), "d must be a whole number, 0 to 80"),
        (lambda: plans.LotBound.from_dict(LOT | {"upper": 2}), "upper must be a whole number, 3 to 1123"),
        (lambda: plans.LotBound.from_dict(LOT | {"lower": 200}), "lower must be a whole number, 3 to 110"),
        (lambda: plans.LotBound.from_dict(LOT | {"confidence": 1}), "confidence must be above 0 and below 1"),
        (lambda: plans.ProcessBound.from_dict(PROCESS | {"n": 0}), "n must be a whole number, 1 or more"),
        (lambda: plans.ProcessBound.from_dict(PROCESS | {"d": 81}), "d must be a whole number, 0 to 80"),
        (lambda: plans.ProcessBound.from_dict(PROCESS | {"lower": 0.9}), "the bounds must be in order"),
        (lambda: plans.ProcessBound.from_dict(PROCESS | {"upper": 1.5}), "the bounds must be in order"),
        (
            lambda: aql.lot_quality_bound(3, 80, 1200, confidence=Decimal("sNaN")),
            "confidence must be above 0 and below 1, got Decimal('sNaN')",
        ),
        (lambda: aql.Contract.from_dict({"order": {"shipment_date": pd.NaT}}), "must be a date, got NaT"),
        (lambda: plot.oc_curve(SINGLE, also="poisson"), "also must be numbers, got 'poisson'"),  # type: ignore[arg-type]
        (lambda: plot.oc_curve(SINGLE, also=5), "also must be numbers, got 5"),  # type: ignore[arg-type]
        (lambda: plot.oc_curve(SINGLE, also=[2.0]), "p must be from 0 to 1, got 2"),
        (lambda: aql.compare([SINGLE], names=[nested()]), "names must be text, got a list"),  # type: ignore[list-item]
        (lambda: plot.history([10**5000]), "series must be a history with one or more lots"),  # type: ignore[arg-type]
        (
            lambda: plans.pa(aql.MultiplePlan((50, 2**53), (2, 6), (5, 7)), 0.03),
            "plan must have at most 2000000 pairs",
        ),
        (
            lambda: aql.with_plans(pd.DataFrame({"lot": ["a"], "size": [9], 1: [1]}), TABLETS),
            "lots must have columns named by text, got 1",
        ),
        (
            lambda: aql.with_plans(pd.DataFrame([["a", 9, 9]], columns=["lot", "size", "size"]), TABLETS),
            "lots must have columns with different names",
        ),
    ],
    ids=map(str, count()),
)
def test_arguments(call: Callable[[], object], said: str) -> None:
    with pytest.raises(aql.AqlError) as caught:
        call()
    assert said in str(caught.value)


@pytest.mark.parametrize(
    "place", [5, None, ["a"], b"a", np.nan, "nul\0", "x" * 5000, "\ud800", "/dev/full/a"]
)
def test_places_to_write_to(place: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    agreed, inspection = aql.examples.tablet_order()
    verdict = aql.score(agreed, inspection)
    name = f"{place}.html" if isinstance(place, str) else place
    for write in (
        lambda: agreed.save(place),
        lambda: inspection.save(place),
        lambda: aql.write_sheet(agreed, place),
        lambda: aql.write_report(verdict, name),
        lambda: aql.write_workbook(verdict, f"{place}.xlsx" if isinstance(place, str) else place),
    ):
        with pytest.raises(aql.AqlError):
            write()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({"stage": "2"}, "stage must be a whole number, 1 or more"),
        ({"cartons": [5]}, "cartons must be a whole number, 1 or more"),
        ({"lot_size": 0.5}, "lot_size must be a whole number"),
        ({"workbook": pd.Series([1])}, "workbook must be True or False"),
        ({"overwrite": "no"}, "overwrite must be True or False, got 'no'"),
    ],
)
def test_arguments_of_a_sheet(how: dict[str, Any], said: str, tmp_path: Path) -> None:
    with pytest.raises(aql.AqlError, match=said):
        aql.write_sheet(aql.examples.tablet_order()[0], tmp_path, **how)
    assert list(tmp_path.iterdir()) == []


def test_a_sheet_of_more_rows_than_a_log_can_have(tmp_path: Path) -> None:
    document = aql.examples.tablet_order()[0].to_dict()
    document["classes"][2] = {"name": "minor", "plan": {"n": 2_000_000, "ac": 1}}  # type: ignore[index]
    with pytest.raises(aql.AqlError, match="a sheet can have at most 100000 rows"):
        aql.write_sheet(aql.Contract.from_dict(document), tmp_path, lot_size=3_000_000)
    assert list(tmp_path.iterdir()) == []


def test_half_of_a_surrogate_pair_in_a_message_can_be_printed() -> None:
    with pytest.raises(aql.AqlError) as caught:
        aql.lookup(30, aql=4.0, level="\ud800")  # type: ignore[call-overload]
    assert "\\ud800" in str(caught.value).encode().decode()


def test_a_stored_verdict_without_the_text_of_a_term_of_the_lot(tmp_path: Path) -> None:
    verdict = aql.score(*aql.examples.tablet_order())
    of_the_lot = {one.term for one in verdict.lot_terms}
    stored = verdict.to_dict()
    stored["agreed"] = [one for one in stored["agreed"] if one["id"] not in of_the_lot]  # type: ignore[attr-defined]
    page = aql.write_report(aql.Verdict.from_dict(stored), tmp_path / "report.html")
    assert page.exists()
