"""Frames of findings: in every form, they load as the inspection they were made from."""

from typing import Any

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

import aql
from aql.strategies import contracts, findings_frames, inspections
from aql.strategies._internal.findings_frames import findings_frame, header_of_frame
from aql.types import Decision
from tests.scoring.builders import cls, term
from tests.scoring.builders import contract as agreed
from tests.strategies.reaching import reached, simplest


@given(contract=contracts(), data=st.data())
def test_a_frame_loads_and_leads_to_the_decision(contract: aql.Contract, data: st.DataObject) -> None:
    decision: Decision = data.draw(st.sampled_from(["accept", "reject", "hold"]))
    frame = data.draw(findings_frames(contract, decision=decision))
    inspection = aql.Inspection.load(frame.attrs["header"], findings=frame)
    assert aql.score(contract, inspection).decision == decision


@given(inspection=inspections(), numbers=st.sampled_from(["Int64", "object", "float64"]))
def test_a_frame_gives_its_inspection_back(inspection: aql.Inspection, numbers: Any) -> None:
    frame = findings_frame(inspection, numbers=numbers)
    loaded = aql.Inspection.load(header_of_frame(inspection), findings=frame)
    assert loaded.rows == inspection.rows
    assert loaded.header.without_findings() == inspection.header.without_findings()


def test_every_form_is_reached_in_30_tests_of_5_draws() -> None:
    contract = agreed(cls(aql=2.5), [term("dent")])
    numbers, columns, first = reached(
        findings_frames(contract, decision="reject"),
        lambda frame: str(frame.dtypes.get("item")),
        lambda frame: len(frame.columns),
        lambda frame: frame.columns[0],
        draws=5,
        tests=30,
    )
    assert {"Int64", "object", "float64"} <= set(numbers)
    assert {12} < set(columns)
    assert len(set(first)) > 3


def test_it_shrinks_to_an_empty_log_and_to_one_row() -> None:
    contract = agreed(cls(aql=2.5), [term("dent")])
    assert len(simplest(findings_frames(contract))) == 0
    frame = simplest(findings_frames(contract, decision="reject"))
    assert isinstance(frame, pd.DataFrame)
    assert frame[["item", "term"]].to_numpy().tolist() == [[1, "dent"]]
