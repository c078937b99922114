"""One inspection, written in every form that people use: no two forms give contrary verdicts.

A form that says less may hold where another decides; forms that say the same decide alike.
"""

from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pytest
from hypothesis import given
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
def test_no_two_forms_of_a_log_give_contrary_verdicts(counting: str, found: dict[int, set[str]]) -> None:
    agreed = AGREED[counting]
    exact = {
        verdict(agreed, by_item(found), inspected=N).decision,
        verdict(agreed, every_item(found), inspected=N).decision,
        verdict(agreed, wide(found), inspected=N, findings={"wide": True}).decision,
    }
    assert len(exact) == 1
    counted = {
        verdict(agreed, tally(found), inspected=N).decision,
        aql.score(agreed, register(found)).decision,
        verdict(agreed, by_class(found, once=counting == "items"), inspected=N).decision,
    }
    assert not {"accept", "reject"} <= exact | counted


MEASURED = contract(cls(plan=single(4, 0)), [measured("width", min="200", max="201")])
readings = st.lists(
    st.sampled_from([200.0, 200.5, 201.0, 201.1, 199.9, 256.21 - 56.21, 0.1 + 200.9]), min_size=4, max_size=4
)


def as_csv(frame: pd.DataFrame, folder: Path) -> Path:
    frame.to_csv(folder / "log.csv", index=False)
    return folder / "log.csv"


def as_workbook(frame: pd.DataFrame, folder: Path) -> Path:
    frame.to_excel(folder / "log.xlsx", index=False)
    return folder / "log.xlsx"


def as_parquet(frame: pd.DataFrame, folder: Path) -> Path:
    frame.to_parquet(folder / "log.parquet")
    return folder / "log.parquet"


FORMATS: dict[str, Any] = {
    "dicts": lambda frame, _: frame.to_dict("records"),
    "pandas": lambda frame, _: frame,
    "polars": lambda frame, _: pl.from_pandas(frame),
    "CSV": as_csv,
    "workbook": as_workbook,
    "Parquet": as_parquet,
    "32-bit pandas": lambda frame, _: frame.astype({"value": "float32"}),
    "32-bit Parquet": lambda frame, folder: as_parquet(frame.astype({"value": "float32"}), folder),
}


@examples(10)
@given(values=readings)
def test_every_format_of_a_log_gives_the_same_verdict(
    values: list[float], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("formats")
    frame = pd.DataFrame({"item": range(1, 5), "term": "width", "value": values})
    decisions = {
        name: aql.score(
            MEASURED, aql.Inspection.load(header(inspected=4), findings=write(frame, folder))
        ).decision
        for name, write in FORMATS.items()
    }
    assert len(set(decisions.values())) == 1, decisions
    assert decisions["dicts"] == (
        "accept" if all(200 <= round(value, 6) <= 201 for value in values) else "reject"
    )
