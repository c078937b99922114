"""The desk: an inspection recorded item by item, in a file that survives a crash."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aql.lazy import lazy_names

if TYPE_CHECKING:
    from aql.desk.desk import Desk as Desk
    from aql.desk.state import DeskLine as DeskLine
    from aql.desk.state import DeskState as DeskState
    from aql.desk.state import Missing as Missing
else:
    __getattr__, __dir__, __all__ = lazy_names(
        __name__,
        {"aql.desk.desk": ["Desk"], "aql.desk.state": ["DeskLine", "DeskState", "Missing"]},
    )
