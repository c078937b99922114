"""Hypothesis strategies for tests of software that uses acceptance sampling (extra ``hypothesis``).

Every strategy shrinks to the simplest example: code letter A, normal inspection, one class, one item.

Importing this package registers the values that `aql` exports with ``st.from_type``, so that Hypothesis can build
arguments from annotations. It loads the classes of these values, but no numerical library; each strategy is loaded when
it is first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from aql.errors import MissingExtraError
from aql.lazy import lazy_names

try:
    import hypothesis as hypothesis
except ImportError:
    raise MissingExtraError("aql.strategies needs Hypothesis", "hypothesis") from None

from aql.strategies._internal.from_type import register

if TYPE_CHECKING:
    from aql.strategies._internal.aqls import aqls as aqls
    from aql.strategies._internal.claims import claim_assessments as claim_assessments
    from aql.strategies._internal.claims import claim_events as claim_events
    from aql.strategies._internal.claims import claim_facts as claim_facts
    from aql.strategies._internal.claims import claim_orders as claim_orders
    from aql.strategies._internal.code_letters import code_letters as code_letters
    from aql.strategies._internal.contracts import contracts as contracts
    from aql.strategies._internal.findings_frames import findings_frames as findings_frames
    from aql.strategies._internal.flawed_contracts import FLAWS as FLAWS
    from aql.strategies._internal.flawed_contracts import Flawed as Flawed
    from aql.strategies._internal.flawed_contracts import flawed_contracts as flawed_contracts
    from aql.strategies._internal.inspections import inspections as inspections
    from aql.strategies._internal.lookups import lookups as lookups
    from aql.strategies._internal.lot_sizes import lot_sizes as lot_sizes
    from aql.strategies._internal.lots import SimulatedLot as SimulatedLot
    from aql.strategies._internal.lots import lots as lots
    from aql.strategies._internal.plans import multiple_plans as multiple_plans
    from aql.strategies._internal.plans import plans as plans
    from aql.strategies._internal.plans import single_plans as single_plans
    from aql.strategies._internal.schemes import schemes as schemes
    from aql.strategies._internal.verdicts import verdicts as verdicts
else:
    __getattr__, __dir__, __all__ = lazy_names(
        __name__,
        {
            "aql.strategies._internal.aqls": ["aqls"],
            "aql.strategies._internal.claims": [
                "claim_assessments",
                "claim_events",
                "claim_facts",
                "claim_orders",
            ],
            "aql.strategies._internal.code_letters": ["code_letters"],
            "aql.strategies._internal.contracts": ["contracts"],
            "aql.strategies._internal.findings_frames": ["findings_frames"],
            "aql.strategies._internal.flawed_contracts": ["FLAWS", "Flawed", "flawed_contracts"],
            "aql.strategies._internal.inspections": ["inspections"],
            "aql.strategies._internal.lookups": ["lookups"],
            "aql.strategies._internal.lot_sizes": ["lot_sizes"],
            "aql.strategies._internal.lots": ["SimulatedLot", "lots"],
            "aql.strategies._internal.plans": ["multiple_plans", "plans", "single_plans"],
            "aql.strategies._internal.schemes": ["schemes"],
            "aql.strategies._internal.verdicts": ["verdicts"],
        },
    )

register()
