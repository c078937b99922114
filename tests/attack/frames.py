"""Attacks on many lots in frames, and on the drawing of samples."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import aql
from aql.examples import tablet_order
from tests.attack.documents import contracts, header
from tests.attack.logs import ROWS, odd_frame
from tests.attack.mutation import mutated
from tests.attack.odd_values import odd_value

__all__ = ["ATTACKS"]

LOTS: list[dict[str, Any]] = [
    {"lot": "L1", "size": 3000, "inspected": 125, "produced": 3000, "packed": 2600},
    {"lot": "L2", "size": 500, "inspected": 125, "produced": 500, "packed": 450},
]
ENGINES = ("pandas", "pandas", "polars", "lazy polars", "pyarrow", "DuckDB")
FINDINGS = [{**row, "lot": lot["lot"]} for lot in LOTS for row in ROWS]


@cache
def agreed() -> aql.Contract:
    return tablet_order()[0]


def many_lots(random: Random, _: Path) -> None:
    """Score, check, plan or run the lots of two frames, of which one is odd, or with an odd contract."""
    import pandas as pd
    import pyarrow as pa

    findings, lots = pd.DataFrame(FINDINGS).astype(object), pd.DataFrame(LOTS)
    contract: Any = agreed()
    kind = random.randrange(5)
    try:
        if kind < 2:
            findings = odd_frame(random, FINDINGS)
        elif kind < 4:
            lots = odd_frame(random, LOTS)
    except (ValueError, TypeError, ArithmeticError, RecursionError):
        return  # pandas does not build it
    if kind == 4:
        contract = odd_value(random) if random.randrange(2) else {"PO-2026-0117": odd_value(random)}
    try:
        findings, lots = _in_engine(random.choice(ENGINES), findings, lots)
    except (ValueError, TypeError, ArithmeticError, RecursionError, pa.ArrowException):
        return  # the engine does not build it
    use = random.randrange(5)
    if use == 0:
        aql.validate_findings(findings, lots, contract)
    elif use == 1:
        aql.with_plans(lots, contract)
    elif use == 2:
        scheme = aql.Scheme.lookup(1200, aql=2.5)
        aql.run_streams(lots, scheme, stream="lot", order="size", found="inspected", size="size")
    else:
        scores = aql.score_lots(findings, lots, contract)
        _computed(scores.lots)
        _computed(scores.lines)


def _computed(frame: Any) -> None:
    """Compute a lazy frame."""
    for name in ("collect", "fetchall"):
        if hasattr(frame, name):
            getattr(frame, name)()


def _in_engine(name: str, *frames: Any) -> list[Any]:
    """Two frames of pandas as frames of an engine; a lazy one is computed by the function.

    Columns of mixed objects stay in pandas: pyarrow, which the engines use, can end the process when it converts them.
    """
    import pandas as pd
    import polars as pl
    import pyarrow as pa

    kinds = {pd.api.types.infer_dtype(one[column]) for one in frames for column in one.columns}
    if not kinds <= {"string", "integer", "floating", "boolean", "empty"}:
        return list(frames)
    if name == "polars":
        return [pl.from_pandas(one) for one in frames]
    if name == "lazy polars":
        return [pl.from_pandas(one).lazy() for one in frames]
    if name == "pyarrow":
        return [pa.Table.from_pandas(one, preserve_index=False) for one in frames]
    if name == "DuckDB":
        import duckdb

        connection = duckdb.connect()
        return [connection.from_arrow(pa.Table.from_pandas(one, preserve_index=False)) for one in frames]
    return list(frames)


def drawing(random: Random, _: Path) -> None:
    """Draw from an odd lot, or with an odd seed."""
    contract = aql.Contract.from_dict(random.choice(contracts()))
    lot: Any = header()["lot"]
    how: dict[str, Any] = {"seed": 20260117, "by": None, "nonce": None}
    if random.randrange(2):
        lot = mutated(lot, random)
    else:
        how[random.choice(list(how))] = odd_value(random)
    found = aql.draw(contract, lot, **how)
    found.explain()
    found._repr_html_()


ATTACKS = {"frames of many lots": many_lots, "drawings": drawing}
