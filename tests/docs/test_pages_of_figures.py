"""The pages about accuracy and speed are up to date with the saved measurements."""

import csv
import importlib.util
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from aql.plans.operating_characteristic import pa, pr
from aql.plans.plan import MultiplePlan, SinglePlan
from tests.oracles import exact_probability as exact
from tests.plans.acceptance.test_accuracy import LEAST, WITHIN
from tests.plans.test_golden import PRINTED

DOCS = Path(__file__).parents[2] / "docs"


def script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, DOCS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def measured() -> list[dict[str, str]]:
    with (DOCS / "accuracy.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def accuracy() -> ModuleType:
    return script("measure_accuracy")


@pytest.mark.parametrize("name", ["accuracy", "speed"])
def test_the_committed_page_is_what_the_script_writes(name: str) -> None:
    written = script(f"make_{name}_page").page()
    assert (DOCS / "reference" / f"{name}.md").read_text("utf-8") == written, (
        f"run: python docs/make_{name}_page.py"
    )


def test_every_row_of_the_catalogue_was_measured(accuracy: ModuleType) -> None:
    rows = [row for row in measured() if row["part"] == "printed"]
    counted = Counter((row["source"], accuracy.property_of(row)) for row in PRINTED)
    assert {(row["of"], row["what"]): int(row["points"]) for row in rows} == counted, (
        "run: python docs/measure_accuracy.py"
    )


def test_the_points_reach_as_far_as_the_page_says(accuracy: ModuleType) -> None:
    plans: set[SinglePlan | MultiplePlan] = set()
    models, lots, number = set(), set(), 0
    for _, group in accuracy.groups():
        for plan, model, _, size in group:
            plans.add(plan)
            models.add(model)
            lots.add(size)
            number += 1
    assert models == {"binomial", "poisson", "hypergeometric"}
    assert max(plan.stages[0].n for plan in plans) == 100_000
    assert max(plan.final_ac for plan in plans if isinstance(plan, SinglePlan)) == 5000
    assert max(len(plan.stages) for plan in plans) == 7
    assert max(size for size in lots if size is not None) == 10**7
    assert number > 10_000


@pytest.mark.exhaustive
def test_the_largest_errors_are_where_they_are_said_to_be(accuracy: ModuleType) -> None:
    """Every largest error, computed again: it may differ in its last digits on another machine."""
    rows = [row for row in measured() if row["part"] == "defined" and row["what"] in {"pa", "pr"}]
    assert len(rows) == 2 * 14
    known: dict[str, Any] = {"SinglePlan": SinglePlan, "MultiplePlan": MultiplePlan, "__builtins__": {}}
    for row in rows:
        plan = eval(row["plan"], known)
        size = int(row["lot_size"]) if row["lot_size"] else None
        point = (plan, row["model"], float(row["quality"]), size)
        through = exact.walk(exact.plan_of(plan, size), accuracy.law_of(point))
        wanted = sum(through.accepted if row["what"] == "pa" else through.rejected)
        error = exact.relative_error(
            (pa if row["what"] == "pa" else pr)(plan, **accuracy.how_of(point)), wanted
        )
        assert error == pytest.approx(float(row["worst"]), rel=0.5, abs=2e-14), row
        assert max(error, float(row["worst"])) < WITHIN
        assert float(row["least"]) >= LEAST
