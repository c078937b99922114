"""An inspection: its header and its log, as one value."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aql.documents.loading import load_document, read_source
from aql.errors import AqlError, DocumentError, LogError, Problem
from aql.inspection.header import InspectionHeader
from aql.inspection.log import LogRow, canonical, parse_rows
from aql.inspection.log_files import RawLog, paths_of, read_file, read_frame, read_records

__all__ = ["Inspection"]


@dataclass(frozen=True, slots=True)
class Inspection:
    """An inspection of one lot: the header and the rows of its log.

    Attributes
    ----------
    header : InspectionHeader
        The lot, the visit, and where the findings came from.
    rows : tuple of LogRow
        The log.
    folder : Path or None
        Folder of the header, for its photographs; it does not take part in comparisons.

    Examples
    --------
    >>> inspection = Inspection.load(
    ...     {"contract": "PO-1", "lot": {"id": "L1", "size": 3000}, "inspection": {"inspected": 125}},
    ...     findings=[{"item": 57, "class": "minor", "note": "scratch, 7 mm"}],
    ... )
    >>> len(inspection.rows), inspection.header.lot.size
    (1, 3000)
    """

    header: InspectionHeader
    rows: tuple[LogRow, ...] = ()
    folder: Path | None = field(default=None, compare=False, repr=False)

    @classmethod
    def load(cls, source: str | Path | Mapping[str, Any], *, findings: Any = None) -> Inspection:
        """Read an inspection.

        Parameters
        ----------
        source : str, Path or mapping
            The header: a file that ends in ``.toml`` or ``.json``, or its values.
        findings : frame, list of dict, path or list of paths, optional
            The log, in place of what the header names: any frame that narwhals reads (pandas, polars, pyarrow and
            others), rows as mappings, or files. An empty list where nothing was found.

        Returns
        -------
        Inspection
            Header and log, both checked for everything that needs no contract.

        Raises
        ------
        DocumentError
            With every problem of the header at once.
        LogError
            With every problem of the log at once, each with file, row and column.
        AqlError
            If a file is missing or of a kind that is not read.
        DomainError
            If the source is neither a file's name nor a mapping.
        MissingExtraError
            If a workbook or Parquet file is read without the extra that reads it.
        """
        data, name, folder = read_source(source)
        header = load_document(
            InspectionHeader, data, source="the header of the inspection" if name == "the document" else name
        )
        logs = _logs(header, findings, folder)
        rows: list[LogRow] = []
        problems: list[Problem] = []
        for raw in logs:
            found, wrong = parse_rows(raw, lot=header.lot.id)
            rows += found
            problems += wrong
        if problems:
            raise LogError("the log", problems)
        stale = _photo_problems(header, folder)
        if stale:
            raise DocumentError(name, stale)
        return cls(header, tuple(rows), folder)

    @property
    def checksum(self) -> str:
        """SHA-256 of the rows, whatever their order and in however many files they stood."""
        text = json.dumps(canonical(self.rows), ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    def __str__(self) -> str:
        from aql import markup

        return markup.as_text(self._repr_html_())

    def _repr_html_(self) -> str:
        from aql.display.inspection import inspection_html

        return inspection_html(self)

    def _repr_pretty_(self, printer: Any, _cycle: bool) -> None:
        from aql import markup

        markup.pretty(self, printer)

    @property
    def header_checksum(self) -> str:
        """SHA-256 of the header without the names of its files of findings."""
        return self.header.without_findings().checksum


def _logs(header: InspectionHeader, findings: Any, folder: Path | None) -> list[RawLog]:
    how = header.findings
    if findings is None:
        if not how.file:
            raise AqlError(
                "the inspection names no findings",
                "findings stand in the file that [findings] names, or are given as findings=",
                "Name the file, or pass findings=[] where nothing was found",
            )
        return [read_file(path, how, name=name) for path, name in paths_of(how, folder)]
    if isinstance(findings, (str, Path)):
        return [read_file(Path(findings), how)]
    if (
        isinstance(findings, Iterable)
        and not isinstance(findings, Mapping)
        and not hasattr(findings, "columns")
    ):
        listed = list(findings)
        if all(isinstance(one, (str, Path)) for one in listed):
            return [read_file(Path(one), how) for one in listed]
        if all(isinstance(one, Mapping) for one in listed):
            return [read_records(listed, how)]
    try:
        return [read_frame(findings, "findings", how)]
    except TypeError:
        raise AqlError(
            f"findings of type {type(findings).__name__} cannot be read",
            "findings are a frame, a list of dicts, or paths",
            "Give one of these",
            value=findings,
        ) from None


def _photo_problems(header: InspectionHeader, folder: Path | None) -> list[Problem]:
    problems = []
    for place, photo in enumerate(header.inspection.photos):
        found = None if folder is None or photo.sha256 is None else _checksum_of(folder, photo.file)
        if found is not None and found != photo.sha256:
            problem = (
                f"{photo.file} has SHA-256 {found}, not the one stated. Take the photograph that was stated"
            )
            problems.append(Problem(f"inspection.photos[{place}].sha256", problem))
    return problems


def _checksum_of(folder: Path, name: str) -> str | None:
    """SHA-256 of a file in the folder or below it; None where there is no such file."""
    try:
        path = (folder / name).resolve()
        inside = path.is_relative_to(folder.resolve()) and path.is_file()
        return hashlib.sha256(path.read_bytes()).hexdigest() if inside else None
    except OSError:
        return None
