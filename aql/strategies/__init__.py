"""Hypothesis strategies for tests of software that uses acceptance sampling (extra ``hypothesis``).

Every strategy shrinks to what a person would write first: code letter A, normal inspection, one class, one item.
Once Hypothesis is imported, ``st.from_type`` knows the values of the library too; see `aql.strategies.hook`.

The names are loaded when they are first used, so importing this package loads no numerical library.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from aql.errors import MissingExtraError

try:
    import hypothesis as hypothesis
except ImportError:
    raise MissingExtraError("aql.strategies needs Hypothesis", "hypothesis") from None

if TYPE_CHECKING:
    from aql.strategies.agreements import contracts as contracts
    from aql.strategies.flaws import FLAWS as FLAWS
    from aql.strategies.flaws import Flawed as Flawed
    from aql.strategies.flaws import flawed_contracts as flawed_contracts
    from aql.strategies.logs import findings_frames as findings_frames
    from aql.strategies.sampling_plans import multiple_plans as multiple_plans
    from aql.strategies.sampling_plans import plans as plans
    from aql.strategies.sampling_plans import single_plans as single_plans
    from aql.strategies.simulation import SimulatedLot as SimulatedLot
    from aql.strategies.simulation import lots as lots
    from aql.strategies.tables import aqls as aqls
    from aql.strategies.tables import code_letters as code_letters
    from aql.strategies.tables import lookups as lookups
    from aql.strategies.tables import lot_sizes as lot_sizes
    from aql.strategies.visits import inspections as inspections
    from aql.strategies.visits import verdicts as verdicts

# No file of this package is named as a strategy is: importing a file would put it in the strategy's place.
_HOMES = {
    "FLAWS": "flaws",
    "Flawed": "flaws",
    "SimulatedLot": "simulation",
    "aqls": "tables",
    "code_letters": "tables",
    "contracts": "agreements",
    "findings_frames": "logs",
    "flawed_contracts": "flaws",
    "inspections": "visits",
    "lookups": "tables",
    "lot_sizes": "tables",
    "lots": "simulation",
    "multiple_plans": "sampling_plans",
    "plans": "sampling_plans",
    "single_plans": "sampling_plans",
    "verdicts": "visits",
}

__all__ = [*_HOMES]  # noqa: PLE0604


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'aql.strategies' has no attribute {name!r}; it has {', '.join(_HOMES)}")
    value = getattr(import_module(f"aql.strategies.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
