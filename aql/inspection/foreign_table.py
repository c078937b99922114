"""Tables of other programs, whose columns are not those of a log: reading them, and finding their columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from aql.checks import nearest
from aql.codes import ErrorCode
from aql.errors import DomainError, LogError, Problem
from aql.inspection.findings_source import FindingsSource
from aql.inspection.log_cells import RawLog, problem_at
from aql.inspection.log_columns import plain_name
from aql.inspection.log_sources import TableSource, read_table
from aql.words import listed, short_repr

__all__ = ["ForeignTable", "checked_terms"]

_MOST_NAMES = 8


@dataclass(frozen=True, slots=True)
class ForeignTable:
    """A table of another program, as text cells.

    Attributes
    ----------
    raw : RawLog
        Its name, columns as written, and numbered rows.
    """

    raw: RawLog

    @classmethod
    def read(cls, source: TableSource, how: Mapping[str, object] | None) -> ForeignTable:
        """Read a table; `how` has keys of ``[findings]`` such as delimiter, and the errors are those of loading."""
        raw = read_table(source, FindingsSource.from_dict(how or {}, source="how"))
        if raw.misfits:
            raise LogError(raw.name, raw.misfits)
        names = [plain_name(name) for name in raw.columns]
        twice = next((raw.columns[at] for at, name in enumerate(names) if name in names[:at]), None)
        if twice is not None:
            message = f"column {twice!r} appears twice. Keep one of the two"
            raise LogError(raw.name, [problem_at(raw.name, None, message, code="two-columns")])
        return cls(raw)

    def rows(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Yield each row with its number; its cells are by column name, in the form of `plain_name`."""
        names = [plain_name(name) for name in self.raw.columns]
        for number, cells in self.raw.rows:
            yield number, dict(zip(names, cells, strict=True))

    def check_columns(self, needed: Iterable[str], *, ignored: Iterable[str] | None = None) -> None:
        """Check that the table has the needed columns, and no others than those ignored; None ignores all others.

        Raises
        ------
        LogError
            If a needed column is missing, or another is neither needed nor ignored.
        """
        wanted = list(needed)
        there = {plain_name(name): name for name in self.raw.columns}
        problems = []
        absent = [name for name in wanted if plain_name(name) not in there]
        for name in absent:
            close = nearest(name, self.raw.columns)
            hint = f"Did you mean {close!r}?" if close else f"It has {_some(self.raw.columns)}"
            problems.append(self._problem(f"there is no column {name!r}. {hint}", "no-column", close))
        known = {plain_name(name) for name in (*wanted, *(ignored or ()))}
        other = [name for plain, name in there.items() if plain not in known]
        if ignored is not None and other and not absent:
            message = (
                f"unknown columns {_some(other)}. Say what they stand for, or pass their names as ignore"
            )
            problems.append(self._problem(message, "unknown-column", None))
        if problems:
            raise LogError(self.raw.name, problems)

    def _problem(self, message: str, code: ErrorCode, nearest: str | None) -> Problem:
        return problem_at(self.raw.name, None, message, code=code, nearest=nearest)


def _some(names: Iterable[str]) -> str:
    """The first names, and how many more there are."""
    return listed(map(repr, names), most=_MOST_NAMES)


def checked_terms(terms: object, name: str = "terms") -> dict[str, str]:
    """Return the names of a foreign table with the term of each; raise an error if they are not a mapping of texts.

    Examples
    --------
    >>> checked_terms({"Open seam": "open-seam"})
    {'Open seam': 'open-seam'}
    """
    if not isinstance(terms, Mapping) or not all(
        isinstance(one, str) for pair in terms.items() for one in pair
    ):
        raise DomainError(f"{name} must be a mapping of text to text, got {short_repr(terms)}", value=terms)
    return dict(terms)
