"""Documents as immutable values: their fields, reading and writing them, and spreadsheets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aql.lazy import lazy_names

if TYPE_CHECKING:
    from aql.documents.decimals import exact_decimal as exact_decimal
    from aql.documents.document import Document as Document
    from aql.documents.fields import DecimalText as DecimalText
    from aql.documents.fields import FileName as FileName
    from aql.documents.fields import IsoDate as IsoDate
    from aql.documents.fields import Name as Name
    from aql.documents.fields import Number as Number
    from aql.documents.fields import Sha256 as Sha256
    from aql.documents.fields import Text as Text
    from aql.documents.input_limits import InputLimits as InputLimits
    from aql.documents.json_values import JsonValue as JsonValue
    from aql.documents.loading import Source as Source
    from aql.documents.loading import load_document as load_document
    from aql.documents.loading import read_source as read_source
    from aql.documents.spreadsheet import Sheet as Sheet
    from aql.documents.spreadsheet import guarded as guarded
    from aql.documents.spreadsheet import load_openpyxl as load_openpyxl
    from aql.documents.spreadsheet import unguarded as unguarded
    from aql.documents.spreadsheet import write_sheets as write_sheets
else:
    __getattr__, __dir__, __all__ = lazy_names(
        __name__,
        {
            "aql.documents.decimals": ["exact_decimal"],
            "aql.documents.document": ["Document"],
            "aql.documents.fields": [
                "DecimalText",
                "FileName",
                "IsoDate",
                "Name",
                "Number",
                "Sha256",
                "Text",
            ],
            "aql.documents.input_limits": ["InputLimits"],
            "aql.documents.json_values": ["JsonValue"],
            "aql.documents.loading": ["Source", "load_document", "read_source"],
            "aql.documents.spreadsheet": ["Sheet", "guarded", "load_openpyxl", "unguarded", "write_sheets"],
        },
    )
