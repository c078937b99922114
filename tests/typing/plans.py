"""Plans as a type checker sees them; no line runs.

Each line with an ignore comment is a mistake that must be caught: mypy and pyright say where a comment is not needed.
"""

from typing import Literal, assert_type

import numpy as np
import pandas as pd
from numpy.typing import NDArray

import aql
from aql import MultiplePlan, SinglePlan
from aql.plans import (
    Accepting,
    Aoql,
    Inspector,
    LotBound,
    LotPosterior,
    ProcessBound,
    Staged,
    StageProbabilities,
    crq,
    pa,
    posterior,
    process_bound,
    staged_lot_bound,
)

Floats = NDArray[np.float64]


def what_is_right(
    plan: SinglePlan,
    double: MultiplePlan,
    either: SinglePlan | MultiplePlan,
    grid: Floats,
    counts: NDArray[np.int64],
) -> None:
    assert_type(plan.pa(0.1), float)
    assert_type(plan.pa(0), float)
    assert_type(plan.pa(np.float64(0.1)), float)
    assert_type(plan.pa([0.1, 0.2]), Floats)
    assert_type(plan.pa((0.1, 0.2), model="poisson", unit="100 items"), Floats)
    assert_type(plan.pa([[0.1], [0.2]]), Floats)
    assert_type(plan.pa(grid), Floats)
    assert_type(plan.pa(range(2)), Floats)
    assert_type(double.pr(0.1, inspector=Inspector(miss=0.1)), float)
    assert_type(either.pr(grid), Floats)
    assert_type(plan.pa(nonconforming=3, model="hypergeometric", lot_size=80), float)
    assert_type(plan.pa(nonconforming=counts, model="hypergeometric", lot_size=80), Floats)
    assert_type(plan.asn(0.1, inspection="curtailed"), float)
    assert_type(plan.asn(grid), Floats)
    assert_type(plan.aoq(0.1, lot_size=500, found="removed"), float)
    assert_type(plan.aoq(grid), Floats)
    assert_type(plan.aoql(lot_size=500), Aoql)
    assert_type(plan.aoql().at, float)
    assert_type(plan.ati(0.1, lot_size=500), float)
    assert_type(plan.afi(grid, lot_size=500), Floats)
    assert_type(plan.slope(0.1), float)
    assert_type(plan.quality_at(0.5), float)
    assert_type(plan.quality_at(pr=[0.05, 0.1]), Floats)
    assert_type(plan.crq(), float)
    assert_type(plan.crq([0.05, 0.1]), Floats)
    assert_type(plan.indifference_quality(), float)
    assert_type(plan.discrimination_ratio(), float)
    assert_type(plan.producer_risk(0.025), float)
    assert_type(plan.consumer_risk(grid), Floats)
    assert_type(plan.stage_probabilities(0.1), StageProbabilities[float])
    assert_type(plan.stage_probabilities(grid).accept, tuple[Floats, ...])


def what_is_right_of_functions(plan: SinglePlan, grid: Floats) -> None:
    assert_type(pa(plan, 0.1), float)
    assert_type(pa(plan, grid), Floats)
    assert_type(crq(plan), float)
    staged: Staged = plan
    accepting: Accepting = plan
    assert_type(crq(accepting, [0.1]), Floats)
    assert_type(pa(staged, 0.1), float)
    assert_type(aql.lot_quality_bound(5, 80, 1200, side="two-sided"), LotBound)
    assert_type(staged_lot_bound(plan, stage=1, d=2, lot_size=1200).upper, int)
    assert_type(process_bound(5, 80), ProcessBound)
    assert_type(process_bound(5, 80).model, Literal["binomial", "poisson"])
    known = posterior(5, 80, 1200)
    assert_type(known, LotPosterior)
    assert_type(known.pmf(3), float)
    assert_type(known.cdf([1, 2]), Floats)
    assert_type(known.interval(0.9, side="upper"), tuple[int, int])
    assert_type(known.reinspection_pa(plan, found="removed"), float)
    assert_type(aql.design(prq=(0.01, 0.05), crq=(0.05, 0.10)), SinglePlan)
    assert_type(aql.design_double(prq=(0.01, 0.05), crq=(0.05, 0.10), at="crq"), MultiplePlan)
    assert_type(aql.zero_acceptance(lq=0.05, beta=0.10), SinglePlan)
    assert_type(aql.compare({"one": plan}, grid), pd.DataFrame)
    assert_type(Inspector(miss=0.1).apparent(grid), Floats)


def what_is_wrong(plan: SinglePlan) -> None:
    plan.pa(0.1, model="binomal")  # type: ignore[call-overload]
    plan.pa("ten percent")  # type: ignore[arg-type]
    plan.pa(["0.1"])  # type: ignore[arg-type]
    plan.pa(0.1, unit="100 item")  # type: ignore[call-overload]
    plan.pa(0.1, modell="binomial")  # type: ignore[call-overload]
    plan.pa(0.1, nonconforming=3)  # type: ignore[call-overload]
    plan.pa()  # type: ignore[call-overload]
    plan.pa(0.1, inspector=0.9)  # type: ignore[call-overload]
    plan.asn(0.1, inspection="ful")  # type: ignore[call-overload]
    plan.aoq(0.1, found="replace")  # type: ignore[call-overload]
    plan.aoql(found="replace")  # type: ignore[arg-type]
    plan.ati(0.1)  # type: ignore[call-overload]
    plan.quality_at(0.5, pr=0.5)  # type: ignore[call-overload]
    plan.slope(0.1, model="hypergeometric")  # type: ignore[call-overload]
    plan.quality()  # type: ignore[attr-defined]
    pa(80, 0.1)  # type: ignore[call-overload]
    crq("n 80, Ac 5")  # type: ignore[call-overload]
    aql.design(prq=(0.01, 0.05), crq=(0.05, 0.10), model="binomal")  # type: ignore[arg-type]
    aql.design_double(prq=(0.01, 0.05), crq=(0.05, 0.10), first_re="lst")  # type: ignore[arg-type]
    aql.zero_acceptance(lq="5 %", beta=0.10)  # type: ignore[arg-type]
    aql.lot_quality_bound(5, 80, 1200, side="both")  # type: ignore[arg-type]
    process_bound(5, 80, model="hypergeometric")  # type: ignore[arg-type]
    aql.compare([plan], model="binomal")  # type: ignore[arg-type]
    aql.compare([plan], inspection="ful")  # type: ignore[arg-type]
    aql.compare(["n 80, Ac 5"])  # type: ignore[list-item]
    posterior(5, 80, 1200).pmf("three")  # type: ignore[arg-type]
    SinglePlan("80", 5)  # type: ignore[arg-type]
    MultiplePlan(50, (2, 6), (5, 7))  # type: ignore[arg-type]
    aql.plot.oc(plan, model="binomal")  # type: ignore[arg-type]
    aql.plot.severities(1200, aql=2.5, level="G2")  # type: ignore[arg-type]
