"""The numbers of the standards: the only reader of the tables."""

from __future__ import annotations

from aql.tables.loader import (
    Band,
    LimitNumber,
    MasterTable,
    PrintedCell,
    Provenance,
    code_letters,
    disputed_cells,
    edition_records,
    limit_numbers,
    master_table,
    tables_checksum,
    tables_dir,
)

__all__ = [
    "Band",
    "LimitNumber",
    "MasterTable",
    "PrintedCell",
    "Provenance",
    "code_letters",
    "disputed_cells",
    "edition_records",
    "limit_numbers",
    "master_table",
    "tables_checksum",
    "tables_dir",
]
