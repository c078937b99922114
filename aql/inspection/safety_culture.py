"""The CSV export of SafetyCulture (formerly iAuditor): one row per question of an audit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from aql.checks import nearest
from aql.errors import AqlError, LogError, Problem
from aql.inspection.foreign_table import ForeignTable, checked_terms
from aql.inspection.log_cells import problem_at
from aql.inspection.log_columns import plain_name
from aql.inspection.log_sources import TableSource
from aql.words import listed, short_repr

__all__ = ["read_safety_culture"]

_COLUMNS = ("Label", "Response", "Comment", "MediaHypertextReference", "RepeatingSectionParentID", "AuditID")

_Cells = Mapping[str, str]


def read_safety_culture(
    source: TableSource,
    *,
    terms: Mapping[str, str],
    item: str | None = None,
    audit: str | None = None,
    ignore: Iterable[str] = (),
    how: Mapping[str, object] | None = None,
) -> list[dict[str, str]]:
    """Read the SafetyCulture export of an audit that repeats a section for each item.

    Parameters
    ----------
    source : path, frame or rows as mappings
        The export, with the columns Label, Response, Comment, MediaHypertextReference, RepeatingSectionParentID and
        AuditID; its other columns are not read.
    terms : mapping of str to str
        For each question (Label) about a term, the id of the term.
    item : str, optional
        The question in each section whose answer is the number or name of the item; defaults to numbering the sections
        in the order of the file, from 1.
    audit : str, optional
        AuditID to read; needed if the export has several audits.
    ignore : iterable of str
        Questions to leave out.
    how : mapping, optional
        Keys of ``[findings]`` that say how to read a file, such as delimiter and encoding.

    Returns
    -------
    list of dict
        One row per answer, for ``aql.Inspection.load(header, findings=...)``. A question outside the repeated sections
        has no item: it is answered for the lot. A question without an answer gives no row, so that a reading is
        missing, and a defect found by eye counts as not found.

    Raises
    ------
    LogError
        If a column is missing, an answered question is neither in `terms` nor ignored, or a section has no answer to
        `item`; it lists every problem.
    AqlError
        If the export has several audits and `audit` is not given, or a file is missing or of another kind.

    Examples
    --------
    >>> from aql import examples
    >>> rows = read_safety_culture(
    ...     examples.example_file("logs/safety_culture.csv"),
    ...     terms={"Wall thickness": "wall", "Sharp edges": "sharp-edge", "Carton marks": "marks"},
    ...     item="Unit number",
    ...     ignore=["Site", "Conducted on"],
    ... )
    >>> rows[0]
    {'item': '1', 'term': 'wall', 'value': '2.31'}
    >>> rows[-1]
    {'term': 'marks', 'value': 'Yes', 'note': 'as on the sealed carton'}
    """
    table = ForeignTable.read(source, how)
    table.check_columns(_COLUMNS)
    answered = [(number, cells) for number, cells in _of_audit(table, audit) if cells["response"]]
    asked = {plain_name(name): term for name, term in checked_terms(terms).items()}
    ignored = {plain_name(name) for name in ignore}
    names = _item_names(answered, item)
    rows: list[dict[str, str]] = []
    problems: list[Problem] = []
    unknown: dict[str, int] = {}
    for number, cells in answered:
        question = plain_name(cells["label"])
        term = asked.get(question)
        if term is None:
            if question not in ignored and (item is None or question != plain_name(item)):
                unknown.setdefault(cells["label"], number)
            continue
        section = cells["repeatingsectionparentid"]
        if section and section not in names:
            message = f"the section has no answer to {item!r}, which names its item"
            problems.append(
                problem_at(table.raw.name, number, message, column=cells["label"], code="missing-value")
            )
        else:
            rows.append(_row(cells, term, names.get(section)))
    there = {plain_name(cells["label"]) for _, cells in answered}
    for name in terms:
        close = nearest(name, unknown) if plain_name(name) not in there else None
        if close is not None:
            message = f"terms names the question {name!r}. Did you mean {close!r}?"
            row = unknown.pop(close)
            problems.append(problem_at(table.raw.name, row, message, code="unknown-term", nearest=close))
    if unknown:
        message = f"questions without a term: {listed(map(repr, unknown))}. Add them to terms, or to ignore"
        problems.append(problem_at(table.raw.name, min(unknown.values()), message, code="unknown-term"))
    if problems:
        raise LogError(table.raw.name, problems)
    return rows


def _of_audit(table: ForeignTable, audit: str | None) -> Iterator[tuple[int, _Cells]]:
    """The rows of one audit."""
    rows = list(table.rows())
    there = list(dict.fromkeys(cells["auditid"] for _, cells in rows))
    if (audit is None and len(there) > 1) or (audit is not None and audit not in there):
        raise AqlError(
            f"audit must be one of the audits {listed(there)} of {table.raw.name!r}, got {short_repr(audit)}",
            code="bad-value",
            value=audit,
        )
    yield from ((number, cells) for number, cells in rows if audit is None or cells["auditid"] == audit)


def _item_names(answered: Iterable[tuple[int, _Cells]], item: str | None) -> dict[str, str]:
    """The item of each section: the answer to the question `item`, or its place among the sections."""
    if item is not None:
        question = plain_name(item)
        return {
            cells["repeatingsectionparentid"]: cells["response"]
            for _, cells in answered
            if plain_name(cells["label"]) == question
        }
    sections = dict.fromkeys(cells["repeatingsectionparentid"] for _, cells in answered)
    return {section: str(place) for place, section in enumerate(filter(None, sections), start=1)}


def _row(cells: _Cells, term: str, item: str | None) -> dict[str, str]:
    """The log row of an answer, without empty cells."""
    row = {
        "item": item or "",
        "term": term,
        "value": cells["response"],
        "photo": cells["mediahypertextreference"],
        "note": cells["comment"],
    }
    return {column: cell for column, cell in row.items() if cell}
