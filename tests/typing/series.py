"""Series as a type checker with stubs of pandas sees them; no line runs."""

from __future__ import annotations

from typing import assert_type

import pandas as pd
import polars as pl

from aql import SinglePlan
from aql.plans import StageProbabilities, posterior


def what_is_right(plan: SinglePlan, shares: pd.Series[float], column: pl.Series) -> None:
    assert_type(plan.pa(shares), pd.Series[float])
    assert_type(plan.pr(shares, model="poisson"), pd.Series[float])
    assert_type(plan.asn(shares), pd.Series[float])
    assert_type(plan.aoq(shares, lot_size=500), pd.Series[float])
    assert_type(plan.ati(shares, lot_size=500), pd.Series[float])
    assert_type(plan.quality_at(shares), pd.Series[float])
    assert_type(plan.slope(shares), pd.Series[float])
    assert_type(plan.stage_probabilities(shares), StageProbabilities[pd.Series[float]])
    assert_type(posterior(5, 80, 1200).probability_at_most(shares), pd.Series[float])
    assert_type(plan.pa(column), pl.Series)


def what_is_wrong(plan: SinglePlan, frame: pd.DataFrame) -> None:
    plan.pa(frame)  # type: ignore[call-overload]
