"""Scoring: the decision lines of a contract, the verdict on a lot, and the chance of passing a whole inspection."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aql.lazy import lazy_names

if TYPE_CHECKING:
    from aql.scoring.breaches import Breach as Breach
    from aql.scoring.by_sku import SkuResult as SkuResult
    from aql.scoring.contract_series import ClassHistories as ClassHistories
    from aql.scoring.contract_series import class_histories as class_histories
    from aql.scoring.decision_line import Line as Line
    from aql.scoring.decision_line import decision_lines as decision_lines
    from aql.scoring.defects import Count as Count
    from aql.scoring.defects import Defect as Defect
    from aql.scoring.drawing import LineSample as LineSample
    from aql.scoring.drawing import Replacement as Replacement
    from aql.scoring.line_result import LineResult as LineResult
    from aql.scoring.line_result import MissingReadings as MissingReadings
    from aql.scoring.lot_terms import LotTermResult as LotTermResult
    from aql.scoring.readings import LogNote as LogNote
    from aql.scoring.readings import Reading as Reading
    from aql.scoring.readings import TermReadings as TermReadings
    from aql.scoring.readings import TooNear as TooNear
    from aql.scoring.reasons import Reason as Reason
    from aql.scoring.sku_protection import SkuProtection as SkuProtection
    from aql.scoring.verdict import Evidence as Evidence
    from aql.scoring.verdict import Verdict as Verdict
    from aql.scoring.whole_inspection import class_pas as class_pas
    from aql.scoring.whole_inspection import whole_inspection_pa as whole_inspection_pa
else:
    __getattr__, __dir__, __all__ = lazy_names(
        __name__,
        {
            "aql.scoring.breaches": ["Breach"],
            "aql.scoring.by_sku": ["SkuResult"],
            "aql.scoring.contract_series": ["ClassHistories", "class_histories"],
            "aql.scoring.decision_line": ["Line", "decision_lines"],
            "aql.scoring.defects": ["Count", "Defect"],
            "aql.scoring.drawing": ["LineSample", "Replacement"],
            "aql.scoring.line_result": ["LineResult", "MissingReadings"],
            "aql.scoring.lot_terms": ["LotTermResult"],
            "aql.scoring.readings": ["LogNote", "Reading", "TermReadings", "TooNear"],
            "aql.scoring.reasons": ["Reason"],
            "aql.scoring.sku_protection": ["SkuProtection"],
            "aql.scoring.verdict": ["Evidence", "Verdict"],
            "aql.scoring.whole_inspection": ["class_pas", "whole_inspection_pa"],
        },
    )
