"""The tables of the standards as values; the only code that reads the files in ``tables/``."""

from __future__ import annotations

from aql.tables.loader import (
    code_letters,
    disputed_cells,
    editions,
    limit_numbers,
    master_table,
    tables_checksum,
    tables_dir,
)
from aql.tables.printed import (
    Band,
    EditionRecord,
    Editions,
    LimitNumber,
    Mark,
    MasterTable,
    NameRecord,
    PrintedCell,
    Provenance,
)
from aql.tables.switching import SwitchingRule, switching_documents, switching_rules

__all__ = [
    "Band",
    "EditionRecord",
    "Editions",
    "LimitNumber",
    "Mark",
    "MasterTable",
    "NameRecord",
    "PrintedCell",
    "Provenance",
    "SwitchingRule",
    "code_letters",
    "disputed_cells",
    "editions",
    "limit_numbers",
    "master_table",
    "switching_documents",
    "switching_rules",
    "tables_checksum",
    "tables_dir",
]
