"""Frames of many lots as a type checker sees them; no line runs."""

from __future__ import annotations

from typing import assert_type

import pandas as pd
import polars as pl

import aql


def what_is_right(contract: aql.Contract, lots: pd.DataFrame, lazy: pl.LazyFrame) -> None:
    assert_type(aql.score_lots(lots, lots, contract), aql.Scores[pd.DataFrame])
    assert_type(aql.score_lots(lots, lots, contract).lines, pd.DataFrame)
    assert_type(aql.score_lots(lazy, lazy, {"PO-1": contract}, validate=False).lots, pl.LazyFrame)
    assert_type(aql.validate_findings(lots, lots, contract), pd.DataFrame)
    assert_type(aql.with_plans(lazy, contract), pl.LazyFrame)


def what_is_wrong(contract: aql.Contract, lots: pd.DataFrame) -> None:
    aql.score_lots([{"lot": "A"}], lots, contract)  # type: ignore[arg-type]
    aql.score_lots(lots, lots, "PO-1")  # type: ignore[arg-type]
