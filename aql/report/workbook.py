"""A verdict as a workbook: lines, lot terms, breaches, defects, readings and evidence."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path

from aql.checks import choice
from aql.contract.contract import Contract
from aql.contract.measures import Measured
from aql.display.breaches import breach_words, lot_term_words
from aql.display.decision_lines import DECISION_TONES, STATUS_TONES, line_name, plan_basis
from aql.display.note_sentences import verdict_notes
from aql.documents.decimals import exact_decimal
from aql.documents.files import checked_path, in_quotes
from aql.documents.spreadsheet import Sheet, is_number, load_openpyxl, write_sheets
from aql.errors import AqlError
from aql.inspection.inspection import Inspection
from aql.inspection.log import LogRow
from aql.languages import LANGUAGES, marked, say, spoken
from aql.report.given import check_given, check_same
from aql.scoring.verdict import Verdict
from aql.words import ranges

__all__ = ["workbook_target", "write_workbook"]

_ANSWERS = frozenset({marked("yes"), marked("no")})
_WHY_NOT = {
    "outside-sample": marked("outside-sample"),
    "later-sample": marked("later-sample"),
    "taken": marked("in a more serious class"),
}
_COUNTED = {"items": marked("nonconforming items"), "nonconformities": marked("nonconformities")}

Columns = tuple[tuple[str, int], ...]
"""Name and width of each column. [characters]"""
Rows = tuple[tuple[object, ...], ...]

_ALL = 10_000
_ONLY_IF_USED = {"stage", "of", "name", "carton", "sku", "photo"}
"""Columns that are left out where all their cells are empty."""
_COLOURS = {"good": "CDEBD8", "bad": "F6CFCD", "wait": "F7E3B9", "next": "CFE0F8", "open": "E7EBF0"}
_DECISIONS: dict[str, str] = {decision: _COLOURS[tone] for decision, tone in DECISION_TONES.items()}
_STATUSES: dict[str, str] = {status: _COLOURS[tone] for status, tone in STATUS_TONES.items()}


def write_workbook(
    verdict: Verdict,
    path: str | Path,
    *,
    contract: Contract | None = None,
    inspection: Inspection | None = None,
    language: str = "en",
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
    language : str
        Language of the workbook: ``"en"``, or ``"zh"`` for simplified Chinese. The log keeps the names of its columns,
        and what the documents say stays as it is.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    DomainError
        If the verdict, the contract or the inspection has the wrong type, or the language is unknown.
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
    with spoken(choice(language, "language", LANGUAGES)):
        sheets = [_summary(verdict), _lines(verdict), _lot_terms(verdict), _breaches(verdict)]
        sheets += [_defects(verdict), _readings(verdict)]
        if inspection is not None:
            sheets.append(_log(inspection, verdict))
    write_sheets(target, sheets)
    return target


def workbook_target(path: str | Path) -> Path:
    """Return the path for a workbook after checking its name, its folder and openpyxl."""
    target = checked_path(path, "the workbook file")
    if target.suffix.lower() != ".xlsx":
        raise AqlError(
            f"the workbook file must end in .xlsx, got {in_quotes(target.name)}",
            code="bad-file",
            file=str(path),
        )
    if not os.path.isdir(target.parent):  # noqa: PTH112 - false for impossible names, where Path raises
        raise AqlError(f"folder {in_quotes(target.parent)} does not exist", code="bad-folder", file=str(path))
    load_openpyxl()
    return target


def _summary(verdict: Verdict) -> Sheet:
    evidence = verdict.evidence
    pairs: tuple[tuple[str, object], ...] = (
        (say("decision"), say(verdict.decision)),
        (say("order"), verdict.order),
        (say("lot"), verdict.lot),
        (say("lot size"), verdict.lot_size),
        (say("counting"), say(_COUNTED[verdict.counting])),
        (say("reinspection of"), verdict.reinspection_of),
        *((say("note"), note) for note in verdict_notes(verdict)),
        (say("contract SHA-256"), evidence.contract_sha256),
        (say("header SHA-256"), evidence.header_sha256),
        (say("findings SHA-256"), evidence.findings_sha256),
        (say("tables SHA-256"), evidence.tables_sha256),
        ("aql-sampling", evidence.library_version),
    )
    colours = _in_column(say("value"), _DECISIONS)
    return Sheet(say("Verdict"), ((say("what"), 20), (say("value"), 70)), pairs, colours=colours)


def _lines(verdict: Verdict) -> Sheet:
    columns: tuple[tuple[str, int], ...] = (
        (say("line"), 22),
        (say("decision"), 12),
        (say("found"), 9),
        (say("ac"), 6),
        (say("re"), 6),
        (say("sample"), 8),
        (say("inspected"), 12),
    )
    rows = tuple(
        (
            line_name(line.name),
            say(line.decision),
            line.count if line.at_most > line.found else line.found,
            line.ac,
            line.re,
            line.sample,
            line.inspected,
            say("; ").join(map(str, line.reasons)),
            plan_basis(line),
            _items(line.items),
        )
        for line in verdict.lines
    )
    columns = (*columns, (say("why"), 44), (say("plan"), 40), (say("items"), 24))
    return Sheet(say("Lines"), columns, rows, colours=_in_column(say("decision"), _DECISIONS))


def _lot_terms(verdict: Verdict) -> Sheet:
    columns = (
        (say("term"), 22),
        (say("status"), 12),
        (say("decision"), 12),
        (say("agreed"), 44),
        (say("found"), 30),
        (say("difference"), 12),
    )
    rows: list[tuple[object, ...]] = []
    for one in verdict.lot_terms:
        words = lot_term_words(one, verdict)
        rows.append((one.term, say(one.status), say(one.decision), words.agreed, words.found, words.beyond))
    colours = _in_column(say("decision"), _DECISIONS) | _in_column(say("status"), _STATUSES)
    return Sheet(say("Lot"), columns, tuple(rows), colours=colours)


def _breaches(verdict: Verdict) -> Sheet:
    columns = (
        (say("term"), 22),
        (say("class"), 12),
        (say("agreed"), 44),
        (say("found"), 30),
        (say("difference"), 12),
        (say("count"), 9),
        (say("items"), 24),
        (say("not counted"), 16),
    )
    rows: list[tuple[object, ...]] = []
    for one in verdict.breaches:
        words = breach_words(one, verdict)
        of_the_lot = any(result.term == one.term for result in verdict.lot_terms)
        difference = words.beyond if of_the_lot else one.difference
        head = (one.term, line_name(one.class_name), words.agreed, words.found, difference, one.count)
        rows.append((*head, _items(one.items), _items(one.not_counted)))
    return Sheet(say("Not met"), columns, tuple(rows), signed=frozenset({say("difference")}))


def _defects(verdict: Verdict) -> Sheet:
    columns = (
        (say("item"), 8),
        (say("of"), 9),
        (say("name"), 16),
        (say("line"), 22),
        (say("class"), 12),
        (say("term"), 22),
        (say("found"), 22),
        (say("difference"), 14),
        (say("times"), 9),
        (say("counts in"), 22),
        (say("not counted"), 16),
        (say("carton"), 12),
        (say("sku"), 16),
        (say("photo"), 24),
        (say("note"), 40),
    )
    cartons = {line.name for line in verdict.lines if line.counted_of == "cartons"}
    rows = [
        (
            one.item,
            say("cartons") if one.line in cartons else "",
            "" if one.line in cartons else _item_name(verdict, one.item),
            line_name(one.line),
            line_name(one.class_name),
            one.term,
            one.found,
            one.difference,
            one.times,
            line_name(one.counts_in),
            say(_WHY_NOT[one.not_counted]) if one.not_counted else "",
            one.carton,
            one.sku,
            one.photo,
            one.note,
        )
        for one in verdict.defects
    ]
    return Sheet(say("Defects"), *_used(columns, rows), signed=frozenset({say("difference")}))


def _readings(verdict: Verdict) -> Sheet:
    columns = (
        (say("term"), 24),
        (say("item"), 8),
        (say("reading"), 18),
        (say("compared"), 14),
        (say("unit"), 10),
        (say("conforms"), 11),
        (say("difference"), 14),
    )
    rows = tuple(
        (
            term.term,
            one.item,
            (say(one.answer) if one.answer in _ANSWERS else one.answer or one.text)
            if one.number is None
            else one.number,
            one.compared,
            term.unit,
            say("yes" if one.conforms else "no"),
            one.difference,
        )
        for term in verdict.readings
        for one in term.readings
    )
    colours = _in_column(say("conforms"), {"no": _COLOURS["bad"]})
    return Sheet(say("Readings"), columns, rows, signed=frozenset({say("difference")}), colours=colours)


def _items(items: tuple[int, ...]) -> int | str:
    """Items in a cell: one as a number, several as ranges."""
    if len(items) == 1:
        return items[0]
    return ranges(items, most=_ALL) if items else ""


def _in_column(column: str, colours: Mapping[str, str]) -> dict[tuple[str, str], str]:
    return {(column, say(word)): colour for word, colour in colours.items()}


def _log(inspection: Inspection, verdict: Verdict) -> Sheet:
    columns = (
        ("stage", 8),
        ("item", 8),
        ("name", 16),
        ("term", 24),
        ("class", 12),
        ("value", 18),
        ("unit", 10),
        ("count", 9),
        ("carton", 12),
        ("sku", 16),
        ("photo", 24),
        ("note", 40),
    )
    measured = {term.id for term in verdict.agreed if isinstance(term.measure, Measured)}
    decimal = inspection.header.findings.decimal
    rows = [
        (
            row.stage,
            row.item,
            _item_name(verdict, row.item),
            row.term,
            row.class_,
            _value(row, measured, decimal),
            row.unit,
            row.count,
            row.carton,
            row.sku,
            row.photo,
            row.note,
        )
        for row in inspection.rows
    ]
    return Sheet("Log", *_used(columns, rows))


def _item_name(verdict: Verdict, item: int | None) -> str:
    """The name of an item; "" if the header names none."""
    visit = verdict.header.inspection
    return visit.item_name(item) if visit.items and item is not None else ""


def _used(columns: Columns, rows: Sequence[tuple[object, ...]]) -> tuple[Columns, Rows]:
    """The columns and rows without the columns that only some logs have, where this one does not."""
    optional = {*_ONLY_IF_USED, *map(say, _ONLY_IF_USED)}
    kept = [
        place
        for place, (name, _) in enumerate(columns)
        if name not in optional or any(row[place] not in {"", None} for row in rows)
    ]
    return tuple(columns[place] for place in kept), tuple(tuple(row[place] for place in kept) for row in rows)


def _value(row: LogRow, measured: AbstractSet[str], decimal: str) -> object:
    """The value of a row as a number, if its term is measured or it came as a number; otherwise as its text."""
    number = exact_decimal(row.value.replace(decimal, "."))
    if number is None or not (row.term in measured or row.float_bits):
        return row.value
    if is_number(number):
        return number
    return float(number) if row.float_bits else row.value
