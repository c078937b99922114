"""A verdict as a workbook: lines, terms that were not met, the log, and the evidence."""

from __future__ import annotations

from pathlib import Path

from aql.documents.spreadsheet import Sheet, load_openpyxl, write_sheets
from aql.errors import AqlError
from aql.inspection.inspection import Inspection
from aql.report.given import check_given
from aql.scoring.reasons import item_ranges
from aql.scoring.verdict import Verdict

__all__ = ["workbook_target", "write_workbook"]


def write_workbook(verdict: Verdict, path: str | Path, *, inspection: Inspection | None = None) -> Path:
    """Write a verdict as a workbook; no cell of it can be a formula.

    Parameters
    ----------
    verdict : Verdict
        What `score` returned.
    path : str or Path
        File to write; it ends in ``.xlsx``.
    inspection : Inspection, optional
        The inspection, to write its log too.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    DomainError
        If the verdict or the inspection is something else.
    AqlError
        If the name does not end in ``.xlsx`` or its folder is missing.
    MissingExtraError
        If openpyxl is not installed.

    Examples
    --------
    >>> import tempfile
    >>> from aql import examples, score
    >>> contract, inspection = examples.tablet_order()
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_workbook(score(contract, inspection), f"{folder}/verdict.xlsx", inspection=inspection).name
    'verdict.xlsx'
    """
    target = workbook_target(path)
    check_given(verdict, Verdict)
    if inspection is not None:
        check_given(inspection, Inspection)
    sheets = [_summary(verdict), _lines(verdict), _lot_terms(verdict), _breaches(verdict)]
    if inspection is not None:
        sheets.append(_log(inspection))
    write_sheets(target, sheets)
    return target


def workbook_target(path: str | Path) -> Path:
    """The file of a workbook, after a look at its name, its folder and openpyxl: what can be known before it is written."""
    target = Path(path)
    if target.suffix.lower() != ".xlsx" or not target.parent.is_dir():
        raise AqlError(
            f"{str(path)!r} is no place for a workbook",
            "its name ends in .xlsx and its folder exists",
            "Give such a name",
            value=str(path),
        )
    load_openpyxl()
    return target


def _summary(verdict: Verdict) -> Sheet:
    evidence = verdict.evidence
    pairs: tuple[tuple[str, object], ...] = (
        ("decision", verdict.decision),
        ("order", verdict.order),
        ("lot", verdict.lot),
        ("lot size", verdict.lot_size),
        ("counting", verdict.counting),
        ("reinspection of", verdict.reinspection_of),
        *(("note", note) for note in verdict.notes),
        ("contract SHA-256", evidence.contract_sha256),
        ("header SHA-256", evidence.header_sha256),
        ("findings SHA-256", evidence.findings_sha256),
        ("tables SHA-256", evidence.tables_sha256),
        ("aql-sampling", evidence.library_version),
    )
    return Sheet("Verdict", (("what", 20), ("value", 70)), pairs)


def _lines(verdict: Verdict) -> Sheet:
    columns = (
        ("line", 22),
        ("decision", 10),
        ("found", 8),
        ("ac", 6),
        ("re", 6),
        ("sample", 8),
        ("inspected", 10),
    )
    rows = tuple(
        (
            line.name,
            line.decision,
            line.found,
            line.ac,
            line.re,
            line.sample,
            line.inspected,
            "; ".join(line.reasons),
            line.basis,
            item_ranges(line.items, most=10_000),
        )
        for line in verdict.lines
    )
    return Sheet("Lines", (*columns, ("why", 50), ("plan", 50), ("items", 40)), rows)


def _lot_terms(verdict: Verdict) -> Sheet:
    columns = (
        ("term", 22),
        ("status", 10),
        ("decision", 10),
        ("agreed", 50),
        ("found", 40),
        ("difference", 14),
    )
    rows = tuple(
        (one.term, one.status, one.decision, one.agreed, one.found, one.difference)
        for one in verdict.lot_terms
    )
    return Sheet("Lot", columns, rows)


def _breaches(verdict: Verdict) -> Sheet:
    columns = (
        ("term", 22),
        ("class", 12),
        ("item", 8),
        ("agreed", 50),
        ("found", 40),
        ("difference", 14),
        ("counted", 9),
    )
    rows: list[tuple[object, ...]] = []
    for one in verdict.breaches:
        head = (one.term, one.class_name)
        rows += [
            (*head, item.item, one.agreed, item.found, item.difference, "yes" if item.counted else "no")
            for item in one.items
        ]
        if not one.items:
            rows.append((*head, None, one.agreed, one.found, one.difference, None))
    return Sheet("Not met", columns, tuple(rows))


def _log(inspection: Inspection) -> Sheet:
    columns = (
        ("item", 8),
        ("term", 24),
        ("class", 12),
        ("value", 18),
        ("unit", 10),
        ("count", 8),
        ("note", 60),
    )
    rows = tuple(
        (row.item, row.term, row.class_, row.value, row.unit, row.count, row.note) for row in inspection.rows
    )
    return Sheet("Log", columns, rows)
