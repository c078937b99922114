"""What Hypothesis calls when it is imported: it learns of the library's values without importing them.

A strategy can only be registered for a class that is there, and the modules of most values load pydantic. So the
modules that are loaded already are registered at once, and the others when somebody imports them: whoever asks for
the strategy of a class has imported it.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import MappingProxyType, ModuleType
from typing import Any

__all__ = ["VALUES", "register"]

VALUES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "aql.contract.contract": ("Contract", "Cover", "InspectionClause", "Order"),
        "aql.contract.findings": ("Finding", "Findings"),
        "aql.contract.measures": ("Allowed", "Answer", "Colour", "Equals", "Judgement", "Measured"),
        "aql.contract.terms": ("Class", "PlanSpec", "Reference", "Term"),
        "aql.inspection.inspection": ("Inspection",),
        "aql.inspection.header": ("FindingsSource", "InspectionHeader", "Lot", "Photo", "Sku", "Visit"),
        "aql.inspection.log": ("LogRow",),
        "aql.scoring.lot_terms": ("LotTermResult",),
        "aql.scoring.breaches": ("Breach",),
        "aql.scoring.defects": ("Count", "Defect"),
        "aql.scoring.line_result": ("LineResult", "MissingReadings"),
        "aql.scoring.readings": ("LogNote", "Reading", "TermReadings"),
        "aql.scoring.verdict": ("Evidence", "Verdict"),
        "aql.plans.confidence_bounds": ("LotBound",),
        "aql.plans.plan": ("FractionalPlan", "MultiplePlan", "SinglePlan", "Stage"),
        "aql.standards.iso2859_1.arrows": ("Cell",),
        "aql.standards.iso2859_1.lookup": ("FractionalLookup", "Lookup"),
        "aql.standards.iso2859_1.lookup_many": ("ManyLookups",),
        "aql.strategies.flaws": ("Flawed",),
        "aql.strategies.simulation": ("SimulatedLot",),
        "aql.tables": ("Provenance",),
    }
)
"""Modules and the values in them that ``st.from_type`` resolves."""


def register() -> None:
    """Register the strategies of the library's values with Hypothesis, now or as their modules are loaded."""
    for name in VALUES:
        module = sys.modules.get(name)
        # A module that is being imported just now does not have its classes yet; the finder below is too late for it.
        if module is not None and all(hasattr(module, value) for value in VALUES[name]):
            _register_values(module)
    if not any(isinstance(finder, _Watcher) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Watcher())


def _register_values(module: ModuleType) -> None:
    from hypothesis import strategies as st

    for value in VALUES[module.__name__]:
        st.register_type_strategy(getattr(module, value), _strategy_of)


def _strategy_of(value: type) -> Any:
    """The strategy of a class; the strategies are imported when the first is asked for."""
    from aql.strategies.values import strategy_of

    return strategy_of(value)


class _Watcher(MetaPathFinder):
    """Finds the modules of the values as the other finders do, and has them registered once they are loaded."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname not in VALUES:
            return None
        for finder in sys.meta_path:
            spec = None if finder is self else finder.find_spec(fullname, path, target)
            if spec is not None and spec.loader is not None:
                spec.loader = _Registering(spec.loader)
                return spec
        return None


class _Registering(Loader):
    """Loads a module as its own loader does, and registers its values."""

    def __init__(self, loader: Loader) -> None:
        self._loader = loader

    def __getattr__(self, name: str) -> Any:
        # What else a loader can do, such as read its source, before the module is loaded.
        return getattr(self._loader, name)

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return self._loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        # From here on the module is as if nobody had watched: what reads its source or its data asks its own loader.
        module.__loader__ = self._loader
        if module.__spec__ is not None:
            module.__spec__.loader = self._loader
        self._loader.exec_module(module)
        _register_values(module)
