"""Scoring of any number of lots in frames."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from typing import Any

import narwhals.stable.v2 as nw

from aql.contract.contract import Contract
from aql.documents.cluster_frames import cluster_of
from aql.inspection.frame_log import FrameLike
from aql.inspection.header import InspectionHeader
from aql.inspection.inspection import Inspection
from aql.scoring.bulk.classified_counts import are_classified
from aql.scoring.bulk.decisions import (
    DECISIONS,
    RESULTS,
    columns_of_items,
    decided_by_counts,
    decided_by_items,
    result_columns,
    with_incomplete,
)
from aql.scoring.bulk.engines import Frame, distinct_rows
from aql.scoring.bulk.given import GivenFindings, GivenLots, given_findings, given_lots
from aql.scoring.bulk.judged import Judged, by_contract, judged
from aql.scoring.bulk.lot_by_lot import inspections
from aql.scoring.bulk.lot_sums import with_sums
from aql.scoring.bulk.lots_with_plans import LotsWithPlans
from aql.scoring.bulk.observed_rows import ObservedRows
from aql.scoring.bulk.score_on_cluster import score_on_cluster
from aql.scoring.bulk.scores import FrameT, Scores
from aql.scoring.bulk.validate import problems_of_frames, raise_problems, validate_findings
from aql.scoring.lot_terms import judge_lot_terms
from aql.scoring.score import score

__all__ = ["score_lots"]

_LOT_FACTS = ("size", "produced", "packed", "shipped_on", "date")
"""What lot terms depend on, besides the answers in the log."""


def score_lots(
    findings: FrameLike,
    lots: FrameT,
    contract: Contract | Mapping[str, Contract],
    *,
    validate: bool = True,
) -> Scores[FrameT]:
    """Score the lots of a frame, each as `aql.score` scores it alone.

    Parameters
    ----------
    findings : frame
        The logs of all lots: a column ``lot``, and those of a log (``item``, ``term``, ``class``, ``value``, ``unit``,
        ``count``, ``stage``, ...). A frame of pandas, polars (eager or lazy), pyarrow, DuckDB, Dask or Spark.
    lots : frame of the same engine
        One row per lot: ``lot``, ``size`` [items], and what the header of an inspection has under these names:
        ``inspected`` or ``inspected_<line>`` [items], ``severity`` or ``severity_<class>``, ``produced``, ``packed``,
        ``cartons``, ``shipped_on``, ``date``. A lot without findings is a lot in which nothing was found.
    contract : Contract or mapping of str to Contract
        The contract of all lots, or the contracts by the key in the column ``contract`` of `lots`.
    validate : bool
        Whether the frames are checked first; False if `aql.validate_findings` found no problem in them before. The
        verdicts on frames with problems mean nothing.

    Returns
    -------
    Scores
        Frames of the engine that came, lazy if `lots` was.

    Raises
    ------
    DocumentError
        If the check of a contract finds an error.
    LogError
        If a column is missing, unknown or of the wrong kind, or a row contradicts the contract or another row; each
        problem names its lot and column.
    DomainError
        If an argument has the wrong type, or the tables have no plan for a lot.

    Notes
    -----
    Rows, counts and facts that are the same for many lots are judged once, by the functions that score one lot. This
    function reads the different terms, classes and readings of the log, and the different sizes and severities of the
    lots; with `validate`, it also sums up the log by lot. Lazy frames of polars are not computed beyond that, unless the
    contract has lot terms, or the log has counts by term, by stage or along with items. Collect both frames of the result
    at once, with ``polars.collect_all``, so that they share their work. Frames of DuckDB are scored at once, into a
    temporary table that stays until their connection is closed. Lots whose log has both counts and defects on items are
    scored one at a time. On Dask and Spark the partitions are scored when the result is computed; with `validate`, at
    once, and the cluster keeps the verdicts.

    Examples
    --------
    >>> import pandas as pd
    >>> contract = Contract.load({"order": {"id": "PO-1"}, "classes": [{"name": "major", "aql": 2.5}]})
    >>> lots = pd.DataFrame({"lot": ["A", "B"], "size": [1200, 500], "inspected": [80, 50]})
    >>> findings = pd.DataFrame({"lot": ["A"] * 6, "item": [3, 8, 9, 15, 40, 77], "class": "major"})
    >>> scores = score_lots(findings, lots, contract)
    >>> scores.lots[["lot", "decision", "why"]].values.tolist()
    [['A', 'reject', 'major'], ['B', 'accept', '']]
    >>> scores.lines[["lot", "line", "n", "ac", "found"]].values.tolist()
    [['A', 'major', 80, 5, 6], ['B', 'major', 50, 3, 0]]
    """
    if cluster_of(lots):
        check_first = validate_findings if validate else None
        return Scores(*score_on_cluster(findings, lots, contract, score_lots, check_first))
    given = given_lots(lots)
    try:
        return _scores(given, given_findings(findings, given), contract, validate=validate)
    finally:
        given.engine.free()


def _scores(
    given: GivenLots, log: GivenFindings, contract: Contract | Mapping[str, Contract], *, validate: bool
) -> Scores[Any]:
    """The verdicts on frames of an engine that is not a cluster."""
    parts = [judged(*part, validate=validate) for part in by_contract(contract, given, log)]
    if validate:
        raise_problems(problems_of_frames(given, log, parts))
    for part in parts:
        for error in part.lots.errors:
            raise error
    done = [(part.lots, _scored(part)) for part in parts]
    engine = given.engine
    return Scores(
        engine.given_back(nw.concat([_lots(one, frame) for one, frame in done])),
        engine.given_back(nw.concat([_lines(one, frame) for one, frame in done])),
    )


def _scored(part: Judged) -> Frame:
    """The lots with the results of their lines and lot terms, as numbers."""
    given, log, lots, rows = part.given, part.log, part.lots, part.rows
    summed = with_incomplete(lots, rows, with_sums(lots, rows, part.sums, part.summed))
    wanted = ["lot", *_lot_term_columns(lots), *result_columns(lots)]
    classified = "defect" not in rows.has and are_classified(lots, rows)
    summed = _with_lot_terms(
        lots, rows, summed if classified or not rows.counts else lots.engine.kept(summed)
    )
    if not rows.counts and all(lots.is_single(at) for at in range(len(lots.lines))):
        # The results are expressions: what they depend on takes less memory than they do.
        needed = summed.select("lot", *_lot_term_columns(lots), *columns_of_items(lots, rows, summed))
        kept = lots.engine.shared(needed, lasting=True)
        return decided_by_items(lots, rows, kept).select(*wanted)
    if not rows.counts:
        done = decided_by_items(lots, rows, summed).select(*wanted)
    elif classified:
        # A lot without counts is one with counts of 0.
        done = decided_by_counts(lots, rows, summed).select(*wanted)
    else:
        defects = nw.col("defects") if "defect" in rows.has else nw.lit(0)
        counted, both = nw.col("counted") > 0, (nw.col("counted") > 0) & (defects > 0)
        parts = [
            decided_by_items(lots, rows, summed.filter(~counted)),
            decided_by_counts(lots, rows, summed.filter(counted & ~(defects > 0))),
        ]
        if "defect" in rows.has:
            parts.append(_one_by_one(lots, given, log, summed.filter(both)))
        done = nw.concat([part.select(*wanted) for part in parts])
    return lots.engine.shared(done, lasting=True)


def _lot_term_columns(lots: LotsWithPlans) -> list[str]:
    return [f"lot_term_{place}" for place in range(len(_lot_terms(lots)))]


def _lot_terms(lots: LotsWithPlans) -> list[str]:
    """The names of the lot terms of a contract."""
    header = InspectionHeader.model_validate(
        {"contract": lots.contract.order.id, "lot": {"id": "lot", "size": 1}}
    )
    return [one.term for one in judge_lot_terms(lots.contract, header, {})]


def _with_lot_terms(lots: LotsWithPlans, rows: ObservedRows, frame: Frame) -> Frame:
    """Add the decision of each lot term, judged once for each different combination of facts and answers."""
    names = _lot_terms(lots)
    if not names:
        return frame
    has = frame.collect_schema()
    keys = [name for name in _LOT_FACTS[1:] if name in has]
    keys += [f"a{place}" for place in range(len(rows.answers))]
    if not keys:
        frame, keys = frame.with_columns(no_fact=nw.lit(0)), ["no_fact"]
    different = distinct_rows(frame, *keys).collect().rows(named=True)
    table: dict[str, list[Any]] = {name: [row[name] for row in different] for name in keys}
    decisions = [_judged(lots.contract, rows, row) for row in different]
    for place in range(len(names)):
        table[f"lot_term_{place}"] = [one[place] for one in decisions]
    texts = {name: str for name in keys if has.get(name) == nw.String}
    return frame.join(lots.engine.frame(table, texts), on=keys, how="left")


def _judged(contract: Contract, rows: ObservedRows, row: Mapping[str, Any]) -> list[int]:
    """The decisions of the lot terms."""
    facts = {name: row[name] for name in _LOT_FACTS if row.get(name, -1) not in {-1, ""}}
    day = facts.pop("date", None)
    header = InspectionHeader.model_validate(
        {
            "contract": contract.order.id,
            "lot": {"id": "lot", "size": 2**40, **facts},
            "inspection": {} if day is None else {"date": day},
        }
    )
    answers = {
        term: said[row[f"a{place}"] - 1]
        for place, (term, said) in enumerate(rows.answers.items())
        if row[f"a{place}"]
    }
    return [DECISIONS.index(one.decision) for one in judge_lot_terms(contract, header, answers)]


def _one_by_one(lots: LotsWithPlans, given: GivenLots, log: GivenFindings, chosen: Frame) -> Frame:
    """The results of lots whose findings are partly counts and partly on items, each scored by itself."""
    table: dict[str, list[Any]] = {name: [] for name in ("lot", *result_columns(lots))}
    for lot, headers, findings in inspections(lots.contract, given, log, chosen):
        verdict = score(lots.contract, Inspection.load(headers[0], findings=findings))
        table["lot"].append(lot)
        for at, line in enumerate(verdict.lines):
            values = (
                DECISIONS.index(line.decision),
                line.stage,
                line.draw,
                line.sample,
                -1 if line.ac is None else line.ac,
                line.re,
                line.found,
                line.at_most,
                -1 if line.inspected is None else line.inspected,
            )
            for name, value in zip(RESULTS, values, strict=True):
                table[f"{name}_{at}"].append(value)
    found = lots.engine.frame(table).with_columns(nw.col("lot").cast(given.key))
    return chosen.select("lot", *_lot_term_columns(lots)).join(found, on="lot", how="left")


def _lots(lots: LotsWithPlans, frame: Frame) -> Frame:
    """The verdict on each lot."""
    decisions = [nw.col(f"decision_{at}") for at in range(len(lots.lines))]
    results = [*decisions, *map(nw.col, _lot_term_columns(lots))]
    names = [*(line.name for line in lots.lines), *_lot_terms(lots)]
    frame = frame.with_columns(worst=reduce(_larger, results))
    worst = nw.col("worst")
    deciding = (
        nw.when((one == worst) & (one > 0)).then(nw.lit(name))
        for name, one in zip(names, results, strict=True)
    )
    return frame.select(
        "lot",
        _in_words(worst).alias("decision"),
        nw.concat_str(*deciding, separator=", ", ignore_nulls=True).fill_null("").alias("why"),
        *(
            nw.sum_horizontal(*((one == code).cast(nw.Int64) for one in decisions)).alias(name)
            for code, name in enumerate(("accepted", "continued", "held", "rejected"))
        ),
    )


def _larger(one: nw.Expr, other: nw.Expr) -> nw.Expr:
    """The larger of two numbers; polars 1 takes the horizontal maximum of columns that are the same in all rows for one row."""
    return nw.when(one < other).then(other).otherwise(one)


def _in_words(decision: nw.Expr) -> nw.Expr:
    found = nw.lit(DECISIONS[0])
    for code, word in enumerate(DECISIONS[1:], start=1):
        found = nw.when(decision == code).then(nw.lit(word)).otherwise(found)
    return found


def _lines(lots: LotsWithPlans, frame: Frame) -> Frame:
    """The result of each line of each lot."""
    lines = nw.concat([_line(lots, at, frame) for at in range(len(lots.lines))])
    return lots.engine.with_missing(lines, ("ac", "inspected"))


def _line(lots: LotsWithPlans, at: int, frame: Frame) -> Frame:
    own = {name: nw.col(f"{name}_{at}") for name in RESULTS}
    return frame.select(
        "lot",
        nw.lit(lots.lines[at].name).alias("line"),
        own["n"].alias("n"),
        own["ac"].alias("ac"),
        own["re"].alias("re"),
        own["inspected"].alias("inspected"),
        own["found"].alias("found"),
        own["at_most"].alias("at_most"),
        _in_words(own["decision"]).alias("decision"),
        own["stage"].alias("stage"),
        own["draw"].alias("draw"),
    )
