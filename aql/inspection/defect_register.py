"""A defect register: one row per report, one column per defect, and the number inspected."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from aql.errors import DocumentError, LogError, Problem
from aql.inspection.foreign_table import ForeignTable, checked_terms
from aql.inspection.inspection import Inspection
from aql.inspection.log_cells import problem_at
from aql.inspection.log_columns import plain_name
from aql.inspection.log_sources import TableSource

__all__ = ["read_defect_register"]


def read_defect_register(
    source: TableSource,
    *,
    contract: str,
    lot: str,
    size: str,
    inspected: str,
    terms: Mapping[str, str],
    classes: Mapping[str, str] | None = None,
    date: str | None = None,
    ignore: Iterable[str] = (),
    how: Mapping[str, object] | None = None,
) -> tuple[Inspection, ...]:
    """Read a defect register with one row per report and one column per defect.

    Parameters
    ----------
    source : path, frame or rows as mappings
        The register.
    contract : str
        Id of the order in the contract.
    lot, size, inspected : str
        Columns with the id of the lot, its size and the number of items inspected. [items]
    terms : mapping of str to str
        For each column with the count of a defect, the id of its term.
    classes : mapping of str to str, optional
        For each column with the count of a defect that the contract does not list, its class.
    date : str, optional
        Column with the date of the inspection, such as 2026-12-10.
    ignore : iterable of str
        Columns to leave out.
    how : mapping, optional
        Keys of ``[findings]`` that say how to read a file, such as delimiter, encoding, sheet and header_row.

    Returns
    -------
    tuple of Inspection
        One inspection per row. A count is of everything inspected, and items may be in several counts; an empty cell
        gives no count.

    Raises
    ------
    LogError
        If a column is missing or neither named nor ignored, or a cell is not a count; it lists every problem.
    AqlError
        If a file is missing or of another kind.

    Examples
    --------
    >>> from aql import examples
    >>> first, second = read_defect_register(
    ...     examples.example_file("logs/defect_register.csv"),
    ...     contract="PO-9",
    ...     lot="Report",
    ...     size="Lot size",
    ...     inspected="total_inspected",
    ...     date="Date",
    ...     terms={"Broken stitch": "broken-stitch", "Open seam": "open-seam"},
    ...     classes={"Other minor": "minor"},
    ...     ignore=["Inspector", "total_defects"],
    ... )
    >>> first
    <Inspection PO-9 R-101: 1200 items, 80 inspected, 3 rows>
    >>> first.to_dict()["log"][0]
    {'term': 'broken-stitch', 'count': 2}
    """
    table = ForeignTable.read(source, how)
    counted = {**checked_terms(terms), **checked_terms({} if classes is None else classes, "classes")}
    named = [lot, size, inspected, *counted] + ([date] if date is not None else [])
    table.check_columns(named, ignored=ignore)
    found: list[Inspection] = []
    problems: list[Problem] = []
    for number, cells in table.rows():
        wrong = list(_not_numbers(table, number, cells, [size, inspected, *counted]))
        if not wrong:
            document = {
                "contract": contract,
                "lot": {"id": cells[plain_name(lot)], "size": int(cells[plain_name(size)])},
                "inspection": {"inspected": int(cells[plain_name(inspected)])}
                | ({"date": cells[plain_name(date)]} if date and cells[plain_name(date)] else {}),
            }
            log = [
                {"term": terms[name]} if name in terms else {"class": counted[name], "note": name}
                for name in counted
            ]
            rows = [
                row | {"count": cells[plain_name(name)]}
                for name, row in zip(counted, log, strict=True)
                if cells[plain_name(name)]
            ]
            try:
                found.append(Inspection.load(document, findings=rows))
            except DocumentError as error:
                wrong = [_at(table, number, problem) for problem in error.problems]
        problems += wrong
    if problems:
        raise LogError(table.raw.name, problems)
    return tuple(found)


def _not_numbers(
    table: ForeignTable, number: int, cells: Mapping[str, str], columns: Iterable[str]
) -> Iterator[Problem]:
    """The cells that must be whole numbers and are not; size and number inspected are the first two columns."""
    for place, name in enumerate(columns):
        text = cells[plain_name(name)]
        if (text or place < 2) and not (text.isascii() and text.isdigit()):
            message = f"must be a whole number, 0 or more, got {text!r}"
            yield problem_at(table.raw.name, number, message, column=name)


def _at(table: ForeignTable, number: int, problem: Problem) -> Problem:
    """A problem of the inspection in a row, located in the register."""
    where = ", ".join(filter(None, (table.raw.name, f"row {number}", problem.where)))
    return replace(problem, where=where, file=table.raw.name, row=number, path=None)
