"""A verdict as a workbook: lines, lot terms, breaches, defects, readings and evidence."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from aql.contract.contract import Contract
from aql.display.breaches import breach_words, lot_term_words
from aql.display.decision_lines import line_reasons, plan_basis
from aql.display.verdict_notes import verdict_notes
from aql.documents.spreadsheet import Sheet, load_openpyxl, write_sheets
from aql.errors import AqlError
from aql.inspection.inspection import Inspection
from aql.report.given import check_given, check_same
from aql.scoring.verdict import Verdict
from aql.words import ranges, signed

__all__ = ["workbook_target", "write_workbook"]


def write_workbook(
    verdict: Verdict,
    path: str | Path,
    *,
    contract: Contract | None = None,
    inspection: Inspection | None = None,
) -> Path:
    """Write a verdict as a workbook, from the verdict alone. No cell can be a formula.

    Parameters
    ----------
    verdict : Verdict
        The verdict, from `aql.score` or loaded from JSON.
    path : str or Path
        File to write; it must end in ``.xlsx``.
    contract : Contract, optional
        The contract. It adds nothing to the workbook; it is only checked to be the one that the verdict is based on.
    inspection : Inspection, optional
        The inspection, needed to include its log. It must be the one that the verdict is based on.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    DomainError
        If the verdict, the contract or the inspection has the wrong type.
    AqlError
        If the verdict is not based on that contract or inspection, the name does not end in ``.xlsx`` or the folder
        does not exist.
    MissingExtraError
        If openpyxl is not installed.

    Examples
    --------
    >>> import tempfile
    >>> from aql import examples, score
    >>> verdict = score(*examples.tablet_order())
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_workbook(verdict, f"{folder}/verdict.xlsx").name
    'verdict.xlsx'
    """
    target = workbook_target(path)
    check_given(verdict, Verdict)
    check_same(verdict, contract=contract, inspection=inspection)
    sheets = [_summary(verdict), _lines(verdict), _lot_terms(verdict), _breaches(verdict)]
    sheets += [_defects(verdict), _readings(verdict)]
    if inspection is not None:
        sheets.append(_log(inspection))
    write_sheets(target, sheets)
    return target


def workbook_target(path: str | Path) -> Path:
    """Return the path of a workbook after checking its name, its folder and openpyxl, before anything is computed."""
    target = Path(path)
    if target.suffix.lower() != ".xlsx":
        raise AqlError(
            f"the workbook file must end in .xlsx, got {target.name!r}", code="bad-file", file=str(path)
        )
    if not target.parent.is_dir():
        raise AqlError(f"folder {str(target.parent)!r} does not exist", code="bad-folder", file=str(path))
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
        *(("note", note) for note in verdict_notes(verdict)),
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
            line.count if line.at_most > line.found else line.found,
            line.ac,
            line.re,
            line.sample,
            line.inspected,
            "; ".join(line_reasons(line, verdict.counting)),
            plan_basis(line),
            ranges(line.items, most=10_000) if line.items else "",
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
    rows: list[tuple[object, ...]] = []
    for one in verdict.lot_terms:
        words = lot_term_words(one, verdict)
        rows.append((one.term, one.status, one.decision, words.agreed, words.found, words.beyond))
    return Sheet("Lot", columns, tuple(rows))


def _breaches(verdict: Verdict) -> Sheet:
    columns = (
        ("term", 22),
        ("class", 12),
        ("agreed", 50),
        ("found", 40),
        ("difference", 14),
        ("count", 8),
        ("items", 30),
        ("not counted", 30),
    )
    rows: list[tuple[object, ...]] = []
    for one in verdict.breaches:
        words = breach_words(one, verdict)
        items = [ranges(items, most=10_000) if items else "" for items in (one.items, one.not_counted)]
        head = (one.term, one.class_name, words.agreed, words.found, words.beyond, one.count)
        rows.append((*head, *items))
    return Sheet("Not met", columns, tuple(rows))


def _defects(verdict: Verdict) -> Sheet:
    columns = (
        ("item", 8),
        ("line", 22),
        ("class", 12),
        ("term", 22),
        ("found", 22),
        ("difference", 14),
        ("times", 8),
        ("counts in", 22),
        ("not counted", 16),
        ("note", 60),
    )
    rows = tuple(
        (
            one.item,
            one.line,
            one.class_name,
            one.term,
            one.found,
            _signed(one.difference),
            one.times,
            one.counts_in,
            one.not_counted,
            one.note,
        )
        for one in verdict.defects
    )
    return Sheet("Defects", columns, rows)


def _readings(verdict: Verdict) -> Sheet:
    columns = (
        ("term", 24),
        ("item", 8),
        ("reading", 18),
        ("compared", 14),
        ("unit", 10),
        ("conforms", 10),
        ("difference", 14),
    )
    rows = tuple(
        (
            term.term,
            one.item,
            one.text,
            one.compared,
            term.unit,
            "yes" if one.conforms else "no",
            _signed(one.difference),
        )
        for term in verdict.readings
        for one in term.readings
    )
    return Sheet("Readings", columns, rows)


def _signed(difference: Decimal | None) -> str:
    return "" if difference is None else signed(difference)


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
