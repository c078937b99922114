"""Runs many streams of lots, in a frame with one row per lot, through the switching rules."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from functools import partial
from typing import Any, TypeVar, cast

from aql.checks import choice
from aql.documents.cluster_frames import cluster_of
from aql.documents.frame_like import FrameLike
from aql.errors import DomainError
from aql.scheme.scheme import Scheme
from aql.scheme.streams.class_run import ClassRun, Schemes
from aql.scheme.streams.cluster_streams import run_on_cluster
from aql.scheme.streams.lot_kinds import ANSWERS, LotColumns
from aql.scheme.streams.run_classes import run_alone, run_together
from aql.scheme.streams.stream_frames import column_names, column_problem, read_lots
from aql.scheme.streams.stream_order import in_streams
from aql.types import SWITCHINGS, Switching
from aql.words import listed, short_repr

__all__ = ["ADDED", "run_streams"]

FrameT = TypeVar("FrameT", bound=FrameLike)

KeyT = TypeVar("KeyT", bound=Hashable)

Names = str | Sequence[str]

ADDED = ("severity", "decision", "score", "next", "state")
"""The columns that are added to the frame; with classes, each once per class."""


def run_streams(
    lots: FrameT,
    scheme: Scheme | Mapping[KeyT, Scheme] | Mapping[str, Mapping[KeyT, Scheme]],
    *,
    stream: Names,
    order: Names,
    found: Names | Mapping[str, Names],
    size: str | None = None,
    key: str | None = None,
    steady: str | None = None,
    authority: str | None = None,
    resubmitted: str | None = None,
    resume: str | None = None,
    states: FrameLike | None = None,
    switching: Switching = "per-class",
) -> FrameT:
    """Run the streams of lots in a frame through the switching rules, each as `Scheme.run` runs it alone.

    Parameters
    ----------
    lots : frame
        One row per lot, in any order. A frame of pandas, polars (eager or lazy), pyarrow, DuckDB, Dask or Spark.
    scheme : Scheme or mapping
        The scheme of all lots, or the schemes by stream, or by what is in the column `key`. With classes, it may be a
        mapping from class to either.
    stream : str or sequence of str
        Column of text or whole numbers, or several, that say which stream a lot belongs to.
    order : str or sequence of str
        Column of dates, times or numbers in the order of inspection; a further column orders lots of the same day.
    found : str, sequence of str, or mapping of str to either
        Column with the number found. [items or nonconformities] For plans of several stages, one column per stage, with
        the cumulative numbers, missing where a stage was not drawn. For several classes side by side, a mapping from
        class to its column or columns.
    size : str, optional
        Column with the size of each lot, which is looked up; defaults to the size in the scheme. [items]
    key : str, optional
        Column with the keys of `scheme`; defaults to `stream`.
    steady, authority, resubmitted, resume : str, optional
        Columns of True and False, as in `aql.scheme.LotRecord`.
    states : frame, optional
        The states before the first lots, from `aql.stream_states`; other streams start on normal inspection.
    switching : {"per-class", "together"}
        Whether each class of `found` switches by itself, or a switch in one class switches all.

    Returns
    -------
    frame
        The frame, of the same kind and with its rows in the same order (DuckDB, Dask, Spark: any), with five more columns, whose
        names end in ``_<class>`` if there are classes:

        - ``severity``: severity in force on the lot;
        - ``decision``: ``"accept"`` or ``"reject"``;
        - ``score``: switching score after the lot, missing where there is none;
        - ``next``: severity for the next lot, or ``"discontinued"``;
        - ``state``: on the last lot of a stream, its state, from which the next lots go on.

    Raises
    ------
    LogError
        If a column is missing or of the wrong kind, two lots have the same place in the order, the order has several
        time zones, or a lot does not fit, such as one after inspection was discontinued; it names stream and lot.
    DomainError
        If an argument has the wrong type, or a stream has no scheme.

    Notes
    -----
    The switching rules are compiled to a table of states and kinds of lots, with the `step` that `Scheme.step` uses; the
    k-th lots of all streams are then looked up together. Rules with limit numbers, streams that are kept from reduced
    inspection when it is due, and classes that switch together take longer: their lots are run one by one. On Dask and
    Spark each partition runs its streams, and what is wrong with a row is raised, when the result is computed.

    Examples
    --------
    >>> import pandas as pd
    >>> lots = pd.DataFrame({"supplier": ["A", "B", "A", "A"], "day": [1, 1, 2, 3], "found": [7, 0, 6, 4]})
    >>> done = run_streams(lots, Scheme.lookup(1200, aql=2.5), stream="supplier", order="day", found="found")
    >>> print(done[["supplier", "day", "severity", "decision", "score", "next"]].to_string(index=False))
    supplier  day  severity decision  score      next
           A    1    normal   reject      0    normal
           B    1    normal   accept      3    normal
           A    2    normal   reject      0 tightened
           A    3 tightened   reject   <NA> tightened
    """
    names, orders = column_names(stream, "stream"), column_names(order, "order")
    said = {"steady": steady, "authority": authority, "resubmitted": resubmitted, "resume": resume}
    answers = {name: column for name in ANSWERS if (column := said[name]) is not None}
    for name, column in {"size": size, "key": key, **answers}.items():
        if column is not None and not isinstance(column, str):
            raise DomainError(f"{name} must be a column, got {short_repr(column)}", value=column)
    choice(switching, "switching", SWITCHINGS)
    classes = {"": found} if not isinstance(found, Mapping) else found
    if not classes:
        raise DomainError("found must have one or more classes, got {}", value=found)
    if key is not None and isinstance(scheme, Scheme):
        raise DomainError("key requires schemes by what is in that column, got one scheme", value=key)
    added = {name: f"_{name}" if name else "" for name in classes}
    chosen = {name: _of_class(scheme, name, classes) for name in classes}
    if cluster_of(lots):
        every = [one + end for end in added.values() for one in ADDED]
        how: dict[str, Any] = {
            "stream": names,
            "order": orders,
            "found": found,
            "size": size,
            "key": key,
            "switching": switching,
            **said,
        }
        work = partial(run_streams, scheme=scheme, **how)
        return cast(FrameT, run_on_cluster(lots, names, every, states, work))
    frame = read_lots(lots)
    taken = [one + end for end in added.values() for one in ADDED if one + end in frame.rows.columns]
    if taken:
        raise column_problem(taken[0], f"lots must not have {listed(taken)} yet", "two-columns")
    placed = in_streams(frame, names, orders)
    keys = names if key is None else (key,)
    runs = [
        ClassRun(
            frame,
            placed,
            LotColumns(column_names(own, "found"), size, answers),
            chosen[name],
            (*names, *orders),
            keys,
        )
        for name, own in classes.items()
    ]
    ends = [added[name] for name in classes]
    if switching == "together" and len(runs) > 1:
        columns = run_together(runs, states, names, ends)
    else:
        each = (run_alone(run, states, names, end) for run, end in zip(runs, ends, strict=True))
        columns = {name: column for own in each for name, column in own.items()}
    return cast(FrameT, frame.with_columns(columns))


def _of_class(scheme: Any, name: str, classes: Mapping[str, object]) -> Schemes:
    """The scheme of a class, or its schemes by key."""
    if name and isinstance(scheme, Mapping):
        if set(scheme) != set(classes):
            raise DomainError(
                f"scheme must have the classes {listed(classes)}, got {listed(map(str, scheme))}"
            )
        scheme = scheme[name]
    every = scheme.values() if isinstance(scheme, Mapping) else [scheme]
    for one in every:
        if not isinstance(one, Scheme):
            raise DomainError(
                f"scheme must be an aql.Scheme or a mapping of them, got {short_repr(one)}", value=one
            )
    return cast(Schemes, scheme)
