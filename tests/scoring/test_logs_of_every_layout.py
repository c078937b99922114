"""One inspection, written in every form that people use: no two forms give contrary verdicts.

A form that says less may hold where another decides; forms that say the same decide alike.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import aql
from aql.inspection import read_defect_register
from tests.profiles import examples
from tests.scoring.builders import Values, cls, contract, header, measured, single, term, verdict

N = 12
TERMS = {"dent": "major", "rust": "major", "scratch": "minor"}
AGREED = {
    counting: contract(
        [cls("major", plan=single(8, 1)), cls("minor", plan=single(N, 2))],
        [term(name, class_) for name, class_ in TERMS.items()],
        counting=counting,
    )
    for counting in ("items", "nonconformities")
}

found_on_items = st.dictionaries(
    st.integers(1, N), st.sets(st.sampled_from(sorted(TERMS)), min_size=1), max_size=6
)


def by_item(found: dict[int, set[str]]) -> list[Values]:
    return [{"item": item, "term": name} for item, names in found.items() for name in sorted(names)]


def every_item(found: dict[int, set[str]]) -> list[Values]:
    """As apps write it: one row for every item, OK where nothing was found."""
    return [
        *by_item(found),
        *({"item": item, "value": "OK"} for item in range(1, N + 1) if item not in found),
    ]


def wide(found: dict[int, set[str]]) -> list[Values]:
    return [
        {"item": item} | {name: "NG" if name in found.get(item, ()) else "OK" for name in TERMS}
        for item in range(1, N + 1)
    ]


def other_columns(found: dict[int, set[str]]) -> list[Values]:
    return [{"Piece": row["item"], "Défaut": row["term"]} for row in by_item(found)]


def with_another_lot(found: dict[int, set[str]]) -> list[Values]:
    """Several lots in one log; every item of the other lot has every defect."""
    other = {item: set(TERMS) for item in range(1, N + 1)}
    return [row | {"lot": lot} for lot, items in (("L2", other), ("L1", found)) for row in by_item(items)]


EXACT: list[tuple[Callable[[dict[int, set[str]]], list[Values]], Values]] = [
    (by_item, {}),
    (every_item, {}),
    (wide, {"wide": True}),
    (other_columns, {"columns": {"Piece": "item", "Défaut": "term"}}),
    (with_another_lot, {"lots": ["L1", "L2"]}),
]
"""The forms that say everything, and what the header declares of them."""


def tally(found: dict[int, set[str]]) -> list[Values]:
    return [{"term": name, "count": sum(name in names for names in found.values())} for name in TERMS]


def by_class(found: dict[int, set[str]], *, once: bool) -> list[Values]:
    """Counts by class: each item once in its most serious class, or every nonconformity in its own."""
    counts = dict.fromkeys(("major", "minor"), 0)
    for names in found.values():
        classes = sorted(TERMS[name] for name in names)
        for one in classes[:1] if once else classes:
            counts[one] += 1
    return [{"class": name, "count": count} for name, count in counts.items()]


def register(found: dict[int, set[str]]) -> aql.Inspection:
    row = {"report": "L1", "size": 1000, "total_inspected": N} | {
        one["term"]: one["count"] for one in tally(found)
    }
    (inspection,) = read_defect_register(
        [row],
        contract="PO-1",
        lot="report",
        size="size",
        inspected="total_inspected",
        terms={one: one for one in TERMS},
    )
    return inspection


@pytest.mark.parametrize("counting", ["items", "nonconformities"])
@examples(60)
@given(found=found_on_items)
@example(found={1: {"dent", "rust"}}).via("two defects on one item are not two items")
@example(found={9: {"dent"}, 10: {"dent"}}).via("what is counted may be outside the sample")
@example(found={9: {"dent", "scratch"}, 10: {"dent", "scratch"}, 11: {"scratch"}}).via(
    "and may count in minor"
)
def test_no_two_forms_of_a_log_give_contrary_verdicts(counting: str, found: dict[int, set[str]]) -> None:
    agreed = AGREED[counting]
    exact = {verdict(agreed, write(found), inspected=N, findings=how).decision for write, how in EXACT}
    assert len(exact) == 1
    counted = {
        verdict(agreed, tally(found), inspected=N).decision,
        aql.score(agreed, register(found)).decision,
        verdict(agreed, by_class(found, once=counting == "items"), inspected=N).decision,
    }
    assert not {"accept", "reject"} <= exact | counted


MEASURED = contract(cls(plan=single(4, 0)), [measured("width", min="200.4", max="200.6")])
RESIDUE = [256.21 - 55.81, 300.05 - 99.45]
"""Floats just outside a limit by residue of the subtraction."""
readings = st.lists(st.sampled_from([200.4, 200.5, 200.6, 200.61, 200.39, *RESIDUE]), min_size=4, max_size=4)


Written = tuple[Any, Values]
"""A log in one format, and what the header declares of it."""


def as_csv(frame: pd.DataFrame, folder: Path) -> Written:
    frame.to_csv(folder / "log.csv", index=False)
    return folder / "log.csv", {}


def as_csv_with_commas(frame: pd.DataFrame, folder: Path) -> Written:
    frame.to_csv(folder / "log.csv", index=False, sep=";", decimal=",")
    return folder / "log.csv", {"delimiter": ";", "decimal": ","}


def as_csv_below_a_title(frame: pd.DataFrame, folder: Path) -> Written:
    text = f"Final inspection,,\nOrder PO-1,,\n{frame.to_csv(index=False)}"
    (folder / "titled.csv").write_text(text, "utf-8")
    return folder / "titled.csv", {"header_row": 3}


def as_workbook(frame: pd.DataFrame, folder: Path) -> Written:
    frame.to_excel(folder / "log.xlsx", index=False)
    return folder / "log.xlsx", {}


def as_workbook_below_a_title(frame: pd.DataFrame, folder: Path) -> Written:
    frame.to_excel(folder / "titled.xlsx", index=False, startrow=2)
    return folder / "titled.xlsx", {"header_row": 3}


def as_parquet(frame: pd.DataFrame, folder: Path) -> Written:
    frame.to_parquet(folder / "log.parquet")
    return folder / "log.parquet", {}


def as_wide(frame: pd.DataFrame, _: Path) -> Written:
    return frame[["item", "value"]].rename(columns={"value": "width"}), {"wide": True}


def short(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.astype({"value": "float32"})


FORMATS: dict[str, Callable[[pd.DataFrame, Path], Written]] = {
    "dicts": lambda frame, _: (frame.to_dict("records"), {}),
    "pandas": lambda frame, _: (frame, {}),
    "polars": lambda frame, _: (pl.from_pandas(frame), {}),
    "CSV": as_csv,
    "CSV with commas": as_csv_with_commas,
    "CSV below a title": as_csv_below_a_title,
    "workbook": as_workbook,
    "workbook below a title": as_workbook_below_a_title,
    "Parquet": as_parquet,
    "wide": as_wide,
    "32-bit, widened": lambda frame, _: (short(frame).to_dict("records"), {}),
    "32-bit pandas": lambda frame, _: (short(frame), {}),
    "32-bit polars": lambda frame, _: (pl.from_pandas(short(frame)), {}),
    "32-bit Parquet": lambda frame, folder: as_parquet(short(frame), folder),
}


@examples(10)
@given(values=readings)
@example(values=[200.4, 200.5, 200.6, 200.5]).via("32-bit floats are outside both limits")
@example(values=[*RESIDUE, 200.4, 200.6]).via("residue is outside both limits")
def test_every_format_of_a_log_gives_the_same_verdict(
    values: list[float], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("formats")
    frame = pd.DataFrame({"item": range(1, 5), "term": "width", "value": values})
    decisions: dict[str, str] = {}
    for name, write in FORMATS.items():
        rows, how = write(frame, folder)
        inspection = aql.Inspection.load(header(inspected=4, findings=how), findings=rows)
        decisions[name] = aql.score(MEASURED, inspection).decision
    assert len(set(decisions.values())) == 1, decisions
    assert decisions["dicts"] == (
        "accept" if all(200.4 <= round(value, 6) <= 200.6 for value in values) else "reject"
    )
