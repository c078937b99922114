"""Reads the documents that a command names; ``-`` stands for standard input."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from aql.documents.files import read_bytes, utf8_text
from aql.documents.input_limits import DEFAULT_LIMITS, over_limit
from aql.documents.loading import ENDINGS, parse_text
from aql.errors import AqlError, DomainError
from aql.words import listed

if TYPE_CHECKING:
    from aql.contract.contract import Contract
    from aql.inspection.header import InspectionHeader
    from aql.inspection.inspection import Inspection
    from aql.scoring.drawing import Drawing

__all__ = ["read_contract", "read_documents", "read_drawing", "read_header"]

STANDARD_INPUT = Path("-")


def read_contract(path: Path) -> Contract:
    """Read the contract that a command names, from a file or standard input."""
    from aql.contract.contract import Contract

    return Contract.load(_file(path, "contract") if path != STANDARD_INPUT else _from_standard_input())


def read_documents(contract: Path, inspection: Path) -> tuple[Contract, Inspection]:
    """Read the two documents that a command names; one of them may come from standard input.

    The findings and photographs of a header from standard input are looked for in the current folder.
    """
    from aql.inspection.inspection import Inspection

    if contract == inspection == STANDARD_INPUT:
        raise DomainError("only one document can come from standard input, got - twice", value="-")
    agreed = read_contract(contract)
    if inspection != STANDARD_INPUT:
        return agreed, Inspection.load(_file(inspection, "header of the inspection"))
    return agreed, Inspection.load(_from_standard_input(), folder=Path())


def read_header(path: Path) -> InspectionHeader:
    """Read the header of an inspection from a file, without its findings."""
    from aql.documents.loading import load_document, read_source
    from aql.inspection.header import InspectionHeader

    data, name, _ = read_source(_file(path, "header of the inspection"))
    data.pop("log", None)
    return load_document(InspectionHeader, data, source=name)


def read_drawing(path: Path) -> Drawing:
    """Read a drawing from the file that ``aql draw --json`` printed."""
    from aql.scoring.drawing import Drawing

    return Drawing.from_json(utf8_text(read_bytes(path), str(path)))


def _file(path: Path, what: str) -> Path:
    if path.suffix.lower() not in ENDINGS:
        raise DomainError(
            f"the {what} must be a {listed(ENDINGS, last='or')} file, or - for standard input, got {path.name!r}",
            value=str(path),
        )
    return path


def _from_standard_input() -> dict[str, object]:
    """The values of a document in JSON or TOML."""
    data = sys.stdin.buffer.read(DEFAULT_LIMITS.file_bytes + 1)
    if len(data) > DEFAULT_LIMITS.file_bytes:
        raise over_limit("standard input", "file_bytes", DEFAULT_LIMITS)
    text = utf8_text(data, "standard input")
    if not text.strip():
        raise AqlError("standard input is empty", code="bad-file")
    ending = ".json" if text.lstrip().startswith("{") else ".toml"
    return parse_text(text, ending, "standard input")
