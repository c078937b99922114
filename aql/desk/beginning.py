"""The first line of a recording: the contract and the header that it is for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from aql.contract.contract import Contract
from aql.documents.input_limits import InputLimits
from aql.documents.journal import Journal
from aql.documents.loading import Source, load_document, read_source
from aql.errors import AqlError, DomainError
from aql.inspection.header import InspectionHeader
from aql.version import __version__
from aql.words import short_repr

__all__ = ["begin", "checked_header"]

SCHEMA = "aql.recording/1"


def checked_header(
    header: Source | InspectionHeader, contract: Contract, limits: InputLimits
) -> InspectionHeader:
    """The header of a recording, which states neither what was inspected nor what was found."""
    if isinstance(header, InspectionHeader):
        found = header
    else:
        data, name, _ = read_source(header, limits=limits)
        found = load_document(
            InspectionHeader,
            data,
            source="the header of the inspection" if name == "the document" else name,
            limits=limits,
        )
    if found.contract != contract.order.id:
        raise DomainError(
            f"the header must be of order {contract.order.id!r}, got {found.contract!r}", value=found.contract
        )
    if found.inspection.inspected is not None:
        raise DomainError(
            "inspected must be left out of the header of a recording, which counts the items",
            value=found.inspection.inspected,
        )
    return found.without_findings()


def begin(journal: Journal, contract: Contract, header: InspectionHeader | None) -> InspectionHeader:
    """Write the first line of a new recording, or check that of an old one; return the header."""
    if not journal.entries:
        if header is None:
            raise DomainError("header is required to start a recording")
        journal.append(
            {
                "schema": SCHEMA,
                "aql": __version__,
                "contract": contract.checksum,
                "header": header.model_dump(mode="json", by_alias=True, exclude_none=True),
            }
        )
        return header
    first = journal.entries[0]
    if first.get("schema") != SCHEMA:
        raise AqlError(
            f"{str(journal.path)!r} must be a recording in the form {SCHEMA!r}, got {short_repr(first.get('schema'))}",
            todo=f"It was written by aql {first['aql']}" if "aql" in first else "Choose another file",
            code="bad-file",
            file=str(journal.path),
        )
    if first.get("contract") != contract.checksum:
        raise AqlError(
            f"{str(journal.path)!r} is a recording for another contract, or for this one before it was changed",
            todo="Open it with the contract it was begun with",
            code="bad-file",
            file=str(journal.path),
        )
    kept = load_document(
        InspectionHeader,
        cast("Mapping[str, object]", first.get("header")),
        source="the header of the recording",
    )
    if header is not None and header != kept:
        raise AqlError(
            f"{str(journal.path)!r} was begun with another header",
            todo="Pass None to continue with that header, or choose another file",
            code="bad-file",
            file=str(journal.path),
        )
    return kept
