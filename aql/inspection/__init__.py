"""Inspections as recorded: the header and the log, and how they are read from files; independent of any contract."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aql.lazy import lazy_names

if TYPE_CHECKING:
    from aql.inspection.cartons import Cartons as Cartons
    from aql.inspection.commitments import commitment as commitment
    from aql.inspection.defect_register import read_defect_register as read_defect_register
    from aql.inspection.drawing import Pick as Pick
    from aql.inspection.findings_source import FindingsSource as FindingsSource
    from aql.inspection.header import InspectionHeader as InspectionHeader
    from aql.inspection.header import Photo as Photo
    from aql.inspection.header import Visit as Visit
    from aql.inspection.inspection import Inspection as Inspection
    from aql.inspection.log import LogRow as LogRow
    from aql.inspection.lot import Lot as Lot
    from aql.inspection.lot import Sku as Sku
    from aql.inspection.measurement_sheet import read_measurement_sheet as read_measurement_sheet
    from aql.inspection.safety_culture import read_safety_culture as read_safety_culture
    from aql.inspection.sample_drawn import ReplacedPick as ReplacedPick
    from aql.inspection.sample_drawn import SampleDrawn as SampleDrawn
else:
    __getattr__, __dir__, __all__ = lazy_names(
        __name__,
        {
            "aql.inspection.cartons": ["Cartons"],
            "aql.inspection.commitments": ["commitment"],
            "aql.inspection.defect_register": ["read_defect_register"],
            "aql.inspection.drawing": ["Pick"],
            "aql.inspection.findings_source": ["FindingsSource"],
            "aql.inspection.header": ["InspectionHeader", "Photo", "Visit"],
            "aql.inspection.inspection": ["Inspection"],
            "aql.inspection.log": ["LogRow"],
            "aql.inspection.lot": ["Lot", "Sku"],
            "aql.inspection.measurement_sheet": ["read_measurement_sheet"],
            "aql.inspection.safety_culture": ["read_safety_culture"],
            "aql.inspection.sample_drawn": ["ReplacedPick", "SampleDrawn"],
        },
    )
