"""The consistency checks of the master tables, compared with independent arithmetic; and their findings."""

import math
from itertools import product
from statistics import median
from typing import Any

import pandas as pd
import pytest

from aql import MultiplePlan, SinglePlan
from aql.types import Sampling, Severity, Standard
from tables.audit import (
    ROUNDING,
    diagonal_risks,
    diagonal_spread,
    outstanding_cells,
    second_plan,
    staged_against_single,
    tightened_against_normal,
)
from tests.oracles import naive_tables as naive

ISO: Standard = "ISO 2859-1:1999"
MIL: Standard = "MIL-STD-105E"
NEW: Standard = "ISO 2859-1:2026"


def poisson_pa(n: int, ac: int, rate: float) -> float:
    return sum(math.exp(-n * rate) * (n * rate) ** k / math.factorial(k) for k in range(ac + 1))


def quality(n: int, ac: int, accepted: float) -> float:
    low, high = 0.0, (ac + 20) / n
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if poisson_pa(n, ac, middle) > accepted else (low, middle)
    return low


def rows(frame: pd.DataFrame, step: int) -> list[Any]:
    return list(frame.iloc[::step].itertuples())


@pytest.fixture(scope="module")
def found() -> dict[str, pd.DataFrame]:
    return {standard: outstanding_cells(standard) for standard in (ISO, MIL, NEW)}


# Diagonals ---------------------------------------------------------------------------------------------------------


def test_a_diagonal_of_normal_inspection_holds_one_acceptance_number() -> None:
    frame = diagonal_risks(ISO, "normal")
    assert (frame.groupby("diagonal").plan.agg(lambda plans: len({plan.ac for plan in plans})) == 1).all()
    expected = frame.groupby("diagonal").expected
    assert ((expected.max() - expected.min()) / expected.median()).max() < 0.25


def test_producer_risks_of_a_diagonal_are_poisson_sums() -> None:
    frame = diagonal_risks(ISO, "normal")
    for row in rows(frame, 9):
        assert row.risk == pytest.approx(1 - poisson_pa(row.plan.n, row.plan.ac, float(row.aql) / 100))
        assert row.expected == pytest.approx(row.plan.n * float(row.aql) / 100)


def test_the_spread_of_a_diagonal_is_its_least_median_and_largest_risk() -> None:
    risks, spread = diagonal_risks(ISO, "reduced"), diagonal_spread(ISO, "reduced")
    for row in rows(spread, 1):
        of = risks[risks.diagonal == row.diagonal].risk.tolist()
        assert (row.cells, row.smallest, row.median, row.largest) == (len(of), min(of), median(of), max(of))
    assert spread.disputed.sum() == 14


# Staged against single, tightened against normal -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("standard", "sampling", "severity"), list(product((ISO, MIL), ("double", "multiple"), naive.SEVERITIES))
)
def test_staged_plans_against_the_oracle(standard: Standard, sampling: Sampling, severity: Severity) -> None:
    frame = staged_against_single(standard, severity, sampling)
    for row in rows(frame, 19):
        at = {share: quality(row.single.n, row.single.re - 1, share) for share in (0.95, 0.5, 0.1)}
        plan = naive.Plan(row.plan.n, row.plan.ac, row.plan.re)
        for share, name in ((0.95, "d95"), (0.5, "d50"), (0.1, "d10")):
            difference = naive.pa(plan, naive.poisson(at[share])) - share
            assert getattr(row, name) == pytest.approx(difference, abs=1e-9)
    assert frame[["d95", "d50", "d10"]].abs().max().tolist() < [0.05, 0.23, 0.15]


@pytest.mark.parametrize(("standard", "sampling"), list(product((ISO, MIL), naive.SAMPLINGS)))
def test_tightened_inspection_accepts_less_often_in_every_cell(
    standard: Standard, sampling: Sampling
) -> None:
    frame = tightened_against_normal(standard, sampling)
    assert len(frame) == 16 * 26
    assert (frame[["d95", "d50", "d10"]] < -0.02).all(axis=None)


# What stands out ---------------------------------------------------------------------------------------------------


def test_scores_are_distances_in_scaled_deviations(found: dict[str, pd.DataFrame]) -> None:
    """Recomputed for one diagonal: the AQL against the quality of a producer's risk of 5 percent."""
    cells = {
        key: cell.plan
        for key, cell in naive.printed(naive.FOLDER[ISO], "single_reduced").items()
        if cell.plan
    }
    rank = {key: naive.LETTERS.index(key[0]) + naive.AQLS.index(key[1]) for key in cells}
    values = {
        key: math.log(float(key[1]) / 100 / quality(plan.n[0], plan.re[0] - 1, 0.95))
        for key, plan in cells.items()
        if rank[key] == rank["B", "65"]
    }
    middle = median(values.values())
    scale = max(1.4826 * median(abs(one - middle) for one in values.values()), ROUNDING)
    frame = found[ISO]
    (row,) = frame[(frame.letter == "B") & (frame.aql == "65") & (frame.check == "diagonal")].to_dict(
        "records"
    )
    assert row["value"] == pytest.approx(values["B", "65"])
    assert (row["usual"], row["score"]) == (
        pytest.approx(middle),
        pytest.approx((values["B", "65"] - middle) / scale),
    )
    assert row["stands_out"]
    assert not row["disputed"]


def test_diagonals_of_single_sampling_break_in_letters_a_and_b_of_reduced_inspection_only(
    found: dict[str, pd.DataFrame],
) -> None:
    """Letters A, B and C share the sample of 2, so A and B have smaller acceptance numbers than their diagonal."""
    for standard, count in ((ISO, 13), (MIL, 18), (NEW, 2)):
        frame = found[standard]
        out = frame[frame.stands_out & (frame.sampling == "single")]
        assert set(out.severity) == {"reduced"}
        assert set(out.check) == {"diagonal"}
        assert set(out.letter) == {"A", "B"}
        assert len(out) == count
        assert (out.score > 0).all()


def test_the_double_plans_of_ac_2_stand_out_in_both_standards(found: dict[str, pd.DataFrame]) -> None:
    """0/3 3/4 accepts good lots more often than its row wants; a whole diagonal, the same in both standards."""
    for standard in (ISO, MIL):
        frame = found[standard]
        out = frame[
            frame.stands_out & (frame.check == "row") & (frame.sampling == "double") & (frame.score > 0)
        ]
        of_ac_2 = out[out.severity != "reduced"]
        assert {(plan.ac, plan.re) for plan in of_ac_2.plan} == {((0, 3), (3, 4))}
        assert len(of_ac_2) == 30
    assert set(found[MIL].disputed) == {False}


def test_the_disputed_cells_and_their_second_readings(found: dict[str, pd.DataFrame]) -> None:
    frame = found[ISO]
    frame = frame[frame.disputed]
    out = frame[frame.stands_out]
    assert [tuple(one) for one in out[["severity", "sampling", "letter", "aql", "check"]].to_numpy()] == [
        ("reduced", "multiple", "G", "2.5", "against single")
    ]
    reduced = frame[(frame.severity == "reduced") & (frame.check == "row") & (frame.sampling == "single")]
    assert len(reduced) == 14
    assert set(reduced.second_reading.map(lambda plan: plan.ac)) == {4}
    assert (reduced.score.abs() > reduced.second_score.abs()).all()
    (arrow,) = frame[(frame.check == "against normal") & (frame.sampling == "single")].to_dict("records")
    assert (arrow["letter"], arrow["aql"], arrow["second_reading"]) == ("A", "10", SinglePlan(2, 0))
    assert arrow["second_stands_out"]
    assert arrow["second_value"] > 0  # tightened would accept worse quality than normal


def test_a_larger_threshold_lists_fewer_cells() -> None:
    usual, strict = outstanding_cells(NEW), outstanding_cells(NEW, threshold=10.0)
    assert strict.stands_out.sum() == 1
    assert usual.stands_out.sum() == 2
    assert strict.disputed.sum() == usual.disputed.sum()


@pytest.mark.parametrize(
    ("reading", "printed", "plan"),
    [
        ("4/5 (somewhere)", SinglePlan(32, 5), SinglePlan(32, 4)),
        ("#/2 0/2 (x)", MultiplePlan((2, 2), (0, 1), (2, 2)), MultiplePlan((2, 2), (None, 0), (2, 2))),
        ("2/4 5/6 (x)", SinglePlan(32, 5), None),
        ("down (to D)", SinglePlan(2, 0), None),
    ],
)
def test_a_second_reading_becomes_a_plan(
    reading: str, printed: SinglePlan | MultiplePlan, plan: SinglePlan | MultiplePlan | None
) -> None:
    assert second_plan(reading, printed, 2) == plan
