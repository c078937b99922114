"""The check of references: the file of each is the one that was agreed."""

from __future__ import annotations

from collections.abc import Iterator

from aql.contract.contract import Contract
from aql.contract.findings import Finding

__all__ = ["check_references"]


def check_references(contract: Contract) -> Iterator[Finding]:
    """Yield each reference whose file has another checksum, or is not in the folder of the contract."""
    for place, term in enumerate(contract.terms):
        if term.reference is None or term.reference.file is None:
            continue
        path, file = f"terms[{place}].reference", term.reference.file
        found = contract.reference_checksum(term)
        if found is None:
            yield Finding(
                "note",
                "not-compared",
                path,
                f"{file} was not compared with its SHA-256, because it is not in the folder of the contract.",
                "Copy it into that folder; if it is a term of the lot, the lot is held until then.",
            )
        elif found != term.reference.sha256:
            yield Finding(
                "error",
                "other-file",
                f"{path}.sha256",
                f"{file} has another SHA-256, {found}.",
                "Use the file that was agreed, or agree on this one.",
            )
