"""An inspection: the header and the log as one value."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import tomli_w
from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, TypeAdapter
from pydantic_core import CoreSchema

from aql.documents.files import checked_path
from aql.documents.input_limits import DEFAULT_LIMITS, InputLimits
from aql.documents.loading import ENDINGS, Source, load_document, parse_text, read_source
from aql.documents.problems import table_of_keys
from aql.documents.pydantic_fields import document_field
from aql.documents.writing import write_file
from aql.errors import AqlError, DocumentError, Problem
from aql.inspection.header import InspectionHeader
from aql.inspection.log import LogRow, canonical
from aql.inspection.log_sources import LogSource, read_log
from aql.inspection.photo_files import photo_problems
from aql.markup import Shown, as_text
from aql.words import in_brief, listed, plural

__all__ = ["Inspection"]


@dataclass(frozen=True, slots=True, repr=False)
class Inspection(Shown):
    """An inspection of one lot: the header and the rows of its log.

    Attributes
    ----------
    header : InspectionHeader
        The lot, the inspection, and the source of the findings.
    rows : tuple of LogRow
        The log.
    folder : Path or None
        Folder of the header, needed for photographs; ignored in comparisons.

    Examples
    --------
    >>> inspection = Inspection.load(
    ...     {"contract": "PO-1", "lot": {"id": "L1", "size": 3000}, "inspection": {"inspected": 125}},
    ...     findings=[{"item": 57, "class": "minor", "note": "scratch, 7 mm"}],
    ... )
    >>> inspection
    <Inspection PO-1 L1: 3000 items, 125 inspected, 1 row>
    >>> inspection.to_dict()["log"]
    [{'item': 57, 'class': 'minor', 'note': 'scratch, 7 mm'}]
    """

    header: InspectionHeader
    rows: tuple[LogRow, ...] = ()
    folder: Path | None = field(default=None, compare=False)

    @classmethod
    def load(
        cls,
        source: Source,
        *,
        findings: LogSource | None = None,
        folder: str | Path | None = None,
        limits: InputLimits = DEFAULT_LIMITS,
    ) -> Self:
        """Read an inspection.

        Parameters
        ----------
        source : str, path or mapping
            The header: a ``.toml`` or ``.json`` file, or its values. A document written by `save` also contains the log.
        findings : frame, list of dict, path or list of paths, optional
            The log, instead of the files named in the header: any frame that narwhals supports (pandas, polars, pyarrow
            and others), rows as mappings, or files. Pass an empty list if nothing was found.
        folder : str or Path, optional
            Folder of the files that the header names; defaults to the folder of the header.
        limits : InputLimits
            How large the header, the log and the photographs may be.

        Returns
        -------
        Inspection
            Header and log, with every check that needs no contract done.

        Raises
        ------
        DocumentError
            If the header is invalid; it lists every problem.
        LogError
            If the log is invalid; it lists every problem with file, row and column.
        AqlError
            If there is no log, or a file is missing, has an unsupported format or is beyond a limit.
        DomainError
            If `source` is neither a path nor a mapping.
        MissingExtraError
            If a workbook or Parquet file needs an extra that is not installed.
        """
        data, name, own_folder = read_source(source, limits=limits)
        document = "the header of the inspection" if name == "the document" else name
        home = own_folder if folder is None else checked_path(folder, "folder")
        return cls._built(data, document, home, findings, limits)

    @classmethod
    def from_dict(cls, data: Mapping[str, object], *, limits: InputLimits = DEFAULT_LIMITS) -> Self:
        """Build an inspection from what `to_dict` returned, log included, without reading a file.

        Raises
        ------
        DocumentError
            If the header is invalid, or the log is missing; `load` reads the files that a header names.
        LogError
            If the log is invalid; it lists every problem with row and column.
        """
        if "log" not in table_of_keys(data, source="the inspection"):
            problem = Problem("log", "required key is missing", "missing-key", path="log")
            raise DocumentError("the inspection", [problem])
        return cls._built(data, "the inspection", None, None, limits)

    @classmethod
    def from_json(cls, text: str, *, limits: InputLimits = DEFAULT_LIMITS) -> Self:
        """Build an inspection from what `to_json` returned; the errors are those of `load`."""
        return cls.from_dict(parse_text(text, ".json", "the inspection", limits=limits), limits=limits)

    @classmethod
    def _built(
        cls,
        data: Mapping[str, object],
        name: str,
        folder: Path | None,
        findings: LogSource | None,
        limits: InputLimits,
    ) -> Self:
        values = dict(data)
        rows = values.pop("log", None)
        header = load_document(InspectionHeader, values, source=name, limits=limits)
        log = read_log(header, folder, findings=findings, rows=rows, limits=limits)
        problems = list(photo_problems(header, folder, limits=limits))
        if problems:
            raise DocumentError(name, problems)
        return cls(header, log, folder)

    def to_dict(self) -> dict[str, object]:
        """Return header and log as plain values that JSON can represent; `from_dict` restores an equal inspection."""
        visit = self.header.inspection
        log = [
            row.to_dict() | ({"item": visit.item_name(row.item)} if visit.items and row.item else {})
            for row in self.rows
        ]
        return {"schema": self.header.schema_} | self.header.to_dict() | {"log": log}

    def to_json(self) -> str:
        """Return header and log as JSON; `from_json` restores an equal inspection."""
        return json.dumps(self.to_dict(), indent=2, ensure_ascii=False)

    def save(self, path: str | Path) -> Path:
        """Write header and log to one ``.toml`` or ``.json`` file that `load` can read; return its path."""
        target = checked_path(path, "the inspection file")
        if target.suffix.lower() not in ENDINGS:
            raise AqlError(
                f"an inspection must be saved to a {listed(ENDINGS, last='or')} file, got {target.name!r}",
                code="bad-file",
                file=str(path),
            )
        text = self.to_json() if target.suffix.lower() == ".json" else tomli_w.dumps(self.to_dict())
        return write_file(target, text)

    @classmethod
    def json_schema(cls) -> dict[str, object]:
        """Return the JSON schema of the document: the header, and the log if the document contains it."""
        schema = TypeAdapter(cls).json_schema()
        return {"$schema": "https://json-schema.org/draft/2020-12/schema"} | schema

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: object, _handler: GetCoreSchemaHandler) -> CoreSchema:
        return document_field(cls)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, _schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, object]:
        header = handler.resolve_ref_schema(handler(InspectionHeader.__pydantic_core_schema__))
        return header | {"title": "Inspection", "properties": header["properties"] | {"log": _LOG_SCHEMA}}

    @property
    def checksum(self) -> str:
        """SHA-256 of the rows; their order and the number of files do not affect it."""
        text = json.dumps(canonical(self.rows), ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    @property
    def header_checksum(self) -> str:
        """SHA-256 of the header without the source of its findings."""
        return self.header.without_findings().checksum

    def __str__(self) -> str:
        return as_text(self._repr_html_())

    def __repr__(self) -> str:
        lot, inspected = self.header.lot, self.header.inspection.inspected
        number = (
            max((most for _, most in inspected), default=None) if isinstance(inspected, tuple) else inspected
        )
        parts = [
            plural(lot.size, "item"),
            "number inspected not stated" if number is None else f"{number} inspected",
            plural(len(self.rows), "row"),
        ]
        return in_brief("Inspection", f"{self.header.contract} {lot.id}: {', '.join(parts)}")


_LOG_SCHEMA: dict[str, object] = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {
            "lot": {"type": "string"},
            "stage": {"type": "integer", "minimum": 1},
            "item": {"anyOf": [{"type": "integer", "minimum": 1}, {"type": "string"}]},
            "term": {"type": "string"},
            "class": {"type": "string"},
            "value": {"type": ["string", "number", "boolean"]},
            "unit": {"type": "string"},
            "count": {"type": "integer", "minimum": 0},
            "carton": {"type": ["string", "integer"]},
            "sku": {"type": "string"},
            "photo": {"type": "string"},
            "note": {"type": "string"},
            "float_bits": {"const": 32},
        },
        "additionalProperties": False,
        "anyOf": [
            {"required": ["term"], "properties": {"term": {"pattern": r"\S"}}},
            {"required": ["class"], "properties": {"class": {"pattern": r"\S"}}},
            {"required": ["item", "value"]},
            {"required": ["item", "count"], "properties": {"count": {"const": 0}}},
        ],
    },
}
"""JSON schema of the log."""
