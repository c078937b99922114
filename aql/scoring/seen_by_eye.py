"""What a log row says about a defect that is looked for by eye: how often it was found, and where that is contradicted."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from aql.contract.answers import says_conforming
from aql.errors import Problem
from aql.inspection.findings_source import Answers
from aql.inspection.log import LogRow
from aql.scoring.defects import Defect

__all__ = ["contradictions", "times_seen"]


def times_seen(row: LogRow, answers: Answers | None = None) -> int | str:
    """Return how often a row says that its defect was seen by eye on its item, or what is wrong with the row.

    Parameters
    ----------
    row : LogRow
        A row with an item, about a defect that is looked for by eye.
    answers : Answers, optional
        Words that the header declares to stand for conforming and nonconforming.

    Notes
    -----
    "Yes" and "no" are refused: in some sheets they answer whether the item conforms, in others whether it has the
    defect. So is a number above 1, which could be a count or a size.

    Examples
    --------
    >>> times_seen(LogRow(item=7, term="dent")), times_seen(LogRow(item=7, term="dent", value="OK"))
    (1, 0)
    >>> times_seen(LogRow(item=7, term="dent", value="NG", count=2))
    2
    """
    if not row.value:
        return 1 if row.count is None else row.count
    text = row.value if answers is None else answers.plain(row.value)
    conforms = {"0": True, "1": False}.get(text, says_conforming(text))
    if conforms is None:
        allowed = 'must be empty, "OK" or "NG" for a defect found by eye'
        return f"{allowed}, got {row.value!r}. Put the number found in count, and anything else in note"
    if row.count is None:
        return 0 if conforms else 1
    if conforms != (row.count == 0):
        return f"must be {'0' if conforms else '1 or more'} next to {row.value!r}, got {row.count}"
    return row.count


def contradictions(
    cleared: Iterable[LogRow], defects: Iterable[Defect], cartons: Collection[str] = ()
) -> Iterator[Problem]:
    """Yield a problem for each row that says OK, or a count of 0, about a defect seen by eye in another row.

    A reading does not contradict such a row: the contract decides whether it conforms. Nor does a defect of a term of
    `cartons`, unless the row names the term: carton 3 is not item 3.
    """
    first: dict[tuple[int, str, str], Defect] = {}
    for one in defects:
        if not one.found:
            for term in {one.term} if one.term in cartons else {one.term, ""}:
                first.setdefault((one.item, term, one.class_name), one)
                first.setdefault((one.item, term, ""), one)
    for row in cleared:
        found = first.get((row.item or 0, row.term, row.class_))
        if found is not None:
            what = found.term or f"a defect of class {found.class_name}"
            number = f"{'carton' if found.term in cartons else 'item'} {row.item}"
            message = f"says that nothing was found on {number}, but another row reports {what}. Keep one"
            yield row.problem(message, code="mixed-forms")
