"""Many lots: the switching rules of a standard, and what a whole scheme does in the long run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aql.lazy import lazy_names

if TYPE_CHECKING:
    from aql.scheme.history import History as History
    from aql.scheme.lot import LotRecord as LotRecord
    from aql.scheme.outcome import Outcome as Outcome
    from aql.scheme.plan_in_force import StatedPlan as StatedPlan
    from aql.scheme.rules import Rules as Rules
    from aql.scheme.rules import switching_rules as switching_rules
    from aql.scheme.state import State as State
    from aql.scheme.stepped import Step as Step
else:
    __getattr__, __dir__, __all__ = lazy_names(
        __name__,
        {
            "aql.scheme.history": ["History"],
            "aql.scheme.lot": ["LotRecord"],
            "aql.scheme.outcome": ["Outcome"],
            "aql.scheme.plan_in_force": ["StatedPlan"],
            "aql.scheme.rules": ["Rules", "switching_rules"],
            "aql.scheme.state": ["State"],
            "aql.scheme.stepped": ["Step"],
        },
    )
