"""The plans of many lots in a frame of Dask or Spark: each partition adds the columns when the result is computed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from aql.documents.cluster_frames import Kind, cluster_of, in_partitions, without_rows
from aql.scoring.bulk.given import given_lots

__all__ = ["different_lots", "plans_on_cluster"]


def plans_on_cluster(lots: Any, plans_of: Callable[[Any], Any]) -> Any:
    """Return a frame of a cluster with the columns of plans, which a function adds to an eager frame of lots."""
    planned = plans_of(without_rows(lots))
    names = planned.column_names if hasattr(planned, "column_names") else planned.columns
    own = [str(name) for name in lots.columns]
    kinds: dict[str, Kind | None] = {str(name): None if name in own else "number" for name in names}
    return in_partitions(lots, plans_of, kinds)


def different_lots(lots: Any) -> tuple[Any, bool]:
    """Return the different lots of a frame of a cluster as far as plans go, as an eager frame, and whether one is listed twice.

    Raises
    ------
    LogError
        If a column is missing or of the wrong kind.
    """
    given = given_lots(without_rows(lots), others=True)
    names = [*given.numbers, *given.texts]
    if cluster_of(lots) == "pyspark":
        several = lots.groupBy("lot").count().filter("count > 1").limit(1).count() > 0
        table = lots.select(*names).distinct().toArrow()
        return table.append_column("lot", [_numbers(len(table))]), several
    several = bool((lots.groupby("lot", dropna=False).size() > 1).any().compute())
    frame = lots[names].drop_duplicates().compute()
    return frame.assign(lot=_numbers(len(frame))), several


def _numbers(count: int) -> Sequence[int]:
    return list(range(count))
