"""Values are frozen: every dataclass of the package, except for a few that are filled while something is computed."""

import importlib
import inspect
import pkgutil
from dataclasses import is_dataclass

import aql

FILLED = {"Plans", "RowKind", "Observations"}
# They compute something once, and keep it.
WITH_CACHED_PROPERTIES = {"Run", "Packing", "LotsWithPlans", "ObservedRows", "_Marks"}


def dataclasses() -> list[type]:
    modules = [
        importlib.import_module(module.name)
        for module in pkgutil.walk_packages(aql.__path__, "aql.")
        if not module.name.endswith("__main__")
    ]
    return [
        kind
        for module in modules
        for kind in vars(module).values()
        if inspect.isclass(kind) and is_dataclass(kind) and kind.__module__ == module.__name__
    ]


def test_values_are_frozen_and_have_slots() -> None:
    found = dataclasses()
    assert len(found) > 150
    assert {kind.__name__ for kind in found if not kind.__dataclass_params__.frozen} == FILLED  # type: ignore[attr-defined]
    assert {kind.__name__ for kind in found if "__slots__" not in vars(kind)} == WITH_CACHED_PROPERTIES
