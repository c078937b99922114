"""Published values: the package and the definition agree with every one to half a unit of its last place."""

import csv
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, cast

import pytest

from aql.plans.operating_characteristic import pa, pr
from aql.plans.outgoing_quality import aoq, aoql
from aql.plans.plan import MultiplePlan, SinglePlan
from aql.plans.quality_levels import quality_at
from aql.plans.sample_number import asn
from aql.plans.total_inspection import ati
from aql.types import Model
from tests.oracles import exact_probability as exact
from tests.oracles.naive_tables import data_lines

AnyPlan = SinglePlan | MultiplePlan
Row = dict[str, str]

GOLDEN = Path(__file__).resolve().parents[1] / "golden"


def read(name: str) -> list[Row]:
    return list(csv.DictReader(data_lines(GOLDEN / name)))


PRINTED = read("operating_characteristics.csv")
WRONG = read("printed_errors.csv")


def every(rows: list[Row]) -> pytest.MarkDecorator:
    """One test for every row, named after the row's place and what it says."""
    ids = [f"{place}: {row['where'][:40]}, {row['measure']}" for place, row in enumerate(rows)]
    return pytest.mark.parametrize("row", rows, ids=ids)


def numbers(text: str) -> list[int | None]:
    return [None if part == "#" else int(part) for part in text.split()]


def plan_in(row: Row) -> AnyPlan:
    n, ac, re = ([*map(int, row["n"].split())], numbers(row["ac"]), [*map(int, row["re"].split())])
    if len(n) == 1:
        assert ac[0] is not None
        return SinglePlan(n[0], ac[0], re[0])
    return MultiplePlan(n, ac, re)


def found(row: Row) -> float:
    """The number by the package."""
    plan, model, measure = plan_in(row), cast(Model, row["model"]), row["measure"]
    lot: dict[str, Any] = {"lot_size": int(row["lot_size"])} if row["lot_size"] else {}
    if measure.startswith("aoql"):
        limit = aoql(plan, model=model, **lot)
        return limit.at if measure == "aoql at" else limit.value
    if measure.startswith("quality at "):
        return float(quality_at(plan, float(measure.split()[-1]), model=model, **lot))
    ask: dict[str, Callable[..., Any]] = {
        "pa": pa,
        "pr": pr,
        "aoq": aoq,
        "aoq removed": partial(aoq, found="removed"),
        "ati": ati,
    }
    ask |= {f"asn {how}": partial(asn, inspection=how) for how in ("full", "semi", "curtailed")}
    quality = (
        {"nonconforming": int(row["quality"])} if model == "hypergeometric" else {"p": float(row["quality"])}
    )
    return float(ask[measure](plan, model=model, **quality, **lot))


def defined(row: Row) -> Any:
    """The number by its definition, with all digits."""
    plan, model, measure = exact.plan_of(plan_in(row)), row["model"], row["measure"]
    laws: dict[str, Callable[[float], exact.Law]] = {"binomial": exact.binomial, "poisson": exact.poisson}
    if measure.startswith("quality at "):
        wanted = float(measure.split()[-1])
        return bisect(lambda p: exact.pa(plan, laws[model](p)) - wanted)
    size = int(row["lot_size"] or 0)
    if measure.startswith("aoql"):
        share = 1 - plan.n[0] / size
        return highest(lambda p: float(p * share * exact.pa(plan, laws[model](p))), measure == "aoql at")
    if model == "hypergeometric":
        count = int(row["quality"])
        law = exact.hypergeometric(size, count)
        quality = count / size
    else:
        quality = float(row["quality"])
        law = laws[model](quality)
    if measure.startswith("asn"):
        return exact.asn(plan, law, measure.split()[1])
    through = exact.walk(plan, law)
    if measure in {"pa", "pr"}:
        return sum(through.accepted if measure == "pa" else through.rejected)
    if measure == "aoq" and model == "hypergeometric":
        return exact.delivered(plan, size, int(row["quality"]))
    # Items of accepted lots that are not inspected.
    unseen = sum(share * (size - sum(plan.n[: k + 1])) for k, share in enumerate(through.accepted))
    if measure == "ati":
        return size - unseen
    return quality * unseen / (size - (quality * (size - unseen) if measure == "aoq removed" else 0))


def bisect(falling: Callable[[float], Any]) -> float:
    low, high = 0.0, 1.0
    for _ in range(50):
        middle = (low + high) / 2
        low, high = (middle, high) if falling(middle) > 0 else (low, middle)
    return low


def highest(curve: Callable[[float], float], place: bool) -> float:
    """The maximum of a curve with one peak between 0 and 0.2, or where it lies."""
    low, high = 0.0, 0.2
    for _ in range(60):
        left, right = low + (high - low) * 0.4, low + (high - low) * 0.6
        low, high = (left, high) if curve(left) < curve(right) else (low, right)
    return low if place else curve(low)


def agrees(number: Any, printed: str, unit: str) -> bool:
    """To half of the last printed place; a print of all digits of a float may be off in the last two of them."""
    return bool(abs(float(number) - float(printed)) <= float(unit) * (0.5 + 1e-6) + 1e-14 * float(printed))


def unit_of(printed: str) -> str:
    return f"1e-{len(printed.partition('.')[2])}"


# -----------------------------------------------------------------------------------------------------------------


@every(PRINTED)
def test_the_package_agrees_with_print(row: Row) -> None:
    assert agrees(found(row), row["printed"], row["unit"]), found(row)


@every(PRINTED)
def test_the_definition_agrees_with_print(row: Row) -> None:
    assert agrees(defined(row), row["printed"], row["unit"]), float(defined(row))


@every(WRONG)
def test_a_number_that_is_printed_wrong(row: Row) -> None:
    right = row["right"]
    assert agrees(defined(row), right, unit_of(right)), float(defined(row))
    assert agrees(found(row), right, unit_of(right)), found(row)
    assert not row["printed"] or not agrees(defined(row), row["printed"], unit_of(row["printed"]))
    assert row["why"].endswith(".")
    assert row["kind"] in {"error", "rounding", "approximation", "definition", "doubtful"}


def test_the_catalogue_is_wide() -> None:
    assert len(PRINTED) >= 300
    assert len({row["source"] for row in PRINTED}) >= 15
    assert {row["model"] for row in PRINTED} == {"binomial", "hypergeometric", "poisson"}
    assert {len(row["n"].split()) for row in PRINTED} == {1, 2, 3, 4}
    assert all(
        row["unit"] == ("1" if "." not in row["printed"] else unit_of(row["printed"])) for row in PRINTED
    )
    assert all(row["source"] and row["where"] for row in [*PRINTED, *WRONG])
