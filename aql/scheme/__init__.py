"""Many lots: the switching rules of a standard, and what a whole scheme does in the long run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aql.lazy import lazy_names

if TYPE_CHECKING:
    from aql.scheme.first_passage import LotsUntil as LotsUntil
    from aql.scheme.fractional import FractionalScheme as FractionalScheme
    from aql.scheme.history import History as History
    from aql.scheme.long_run import LongRun as LongRun
    from aql.scheme.lot import LotRecord as LotRecord
    from aql.scheme.outcome import Outcome as Outcome
    from aql.scheme.plan_in_force import StatedPlan as StatedPlan
    from aql.scheme.rules import Rules as Rules
    from aql.scheme.rules import switching_rules as switching_rules
    from aql.scheme.skip_lot import SkipLot as SkipLot
    from aql.scheme.skip_lot import SkipState as SkipState
    from aql.scheme.skip_lot import SkipStep as SkipStep
    from aql.scheme.skip_stages import SkipStage as SkipStage
    from aql.scheme.skip_stages import selected as selected
    from aql.scheme.state import State as State
    from aql.scheme.stepped import Step as Step
    from aql.scheme.stream_file import read_streams as read_streams
    from aql.scheme.transient import Transient as Transient
else:
    __getattr__, __dir__, __all__ = lazy_names(
        __name__,
        {
            "aql.scheme.first_passage": ["LotsUntil"],
            "aql.scheme.fractional": ["FractionalScheme"],
            "aql.scheme.history": ["History"],
            "aql.scheme.lot": ["LotRecord"],
            "aql.scheme.outcome": ["Outcome"],
            "aql.scheme.plan_in_force": ["StatedPlan"],
            "aql.scheme.rules": ["Rules", "switching_rules"],
            "aql.scheme.skip_lot": ["SkipLot", "SkipState", "SkipStep"],
            "aql.scheme.skip_stages": ["SkipStage", "selected"],
            "aql.scheme.state": ["State"],
            "aql.scheme.long_run": ["LongRun"],
            "aql.scheme.stepped": ["Step"],
            "aql.scheme.stream_file": ["read_streams"],
            "aql.scheme.transient": ["Transient"],
        },
    )
