"""Values are frozen and have slots, except for a few classes that are filled while something is computed."""

import importlib
import inspect
import pkgutil
from dataclasses import fields, is_dataclass
from functools import cached_property

import aql

FILLED = {"Plans", "PlanKeys", "RowKind", "Observations", "SheetCells", "PhotoParts"}
BY_NAME = set(
    "Case ClaimAssessment ClaimDraft CoverAnswer Deadline DeskLine DeskState EvidenceCheck Ground InputLimits LineChance "
    "LotRecord PayingCost Point Rules Settlement SkipStage Worth".split()
)
HELD = set(
    "Chain Compiled Elimination Ends Lasting LongRun LotFrame LotsUntil ManyLookups Moves Quality Run Scores SettledWalk "
    "SimulatedStreaks StageProbabilities Streaks StreamOrder Transient TransitionTable Walk Words _Lasting _Lots".split()
)


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


def keeps_results(kind: type) -> bool:
    return any(isinstance(value, cached_property) for value in vars(kind).values())


def test_values_are_frozen_and_have_slots() -> None:
    found = dataclasses()
    assert len(found) > 150
    assert {kind.__name__ for kind in found if not kind.__dataclass_params__.frozen} <= FILLED  # type: ignore[attr-defined]
    without = [kind for kind in found if "__slots__" not in vars(kind) and not keeps_results(kind)]
    assert {kind.__name__ for kind in without} <= FILLED


def test_values_with_many_fields_take_them_by_name_alone() -> None:
    by_name = {
        kind.__name__ for kind in dataclasses() if fields(kind) and all(one.kw_only for one in fields(kind))
    }
    assert by_name == BY_NAME


def test_values_that_hold_arrays_are_equal_only_to_themselves() -> None:
    without = {kind.__name__ for kind in dataclasses() if not kind.__dataclass_params__.eq}  # type: ignore[attr-defined]
    assert without == HELD
