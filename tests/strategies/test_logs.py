"""Frames of findings: whatever their form, they load as the inspection they were made of."""

import pandas as pd
import pytest
from hypothesis import find, given
from hypothesis import strategies as st

import aql
from aql.strategies import contracts, findings_frames, inspections
from aql.strategies.logs import frame_of
from tests.profiles import examples
from tests.scoring.builders import cls, term
from tests.scoring.builders import contract as agreed
from tests.strategies.reaching import reached


@given(contract=contracts(), data=st.data())
def test_a_frame_loads_and_leads_to_the_decision(contract: aql.Contract, data: st.DataObject) -> None:
    decision = data.draw(st.sampled_from(["accept", "reject", "hold"]))
    frame = data.draw(findings_frames(contract, decision=decision))
    inspection = aql.Inspection.load(frame.attrs["header"], findings=frame)
    assert aql.score(contract, inspection).decision == decision


@examples(60)
@given(inspection=inspections(), numbers=st.sampled_from(["Int64", "object", "float64"]))
def test_a_frame_gives_its_inspection_back(inspection: aql.Inspection, numbers: str) -> None:
    frame = frame_of(inspection, numbers=numbers)
    assert aql.Inspection.load(inspection.header.to_dict(), findings=frame) == inspection


def test_every_form_is_reached_in_ten_tests_of_50_draws() -> None:
    contract = agreed(cls(aql=2.5), [term("dent")])
    numbers, columns, first = reached(
        findings_frames(contract, decision="reject"),
        lambda frame: str(frame.dtypes.get("item")),
        lambda frame: len(frame.columns),
        lambda frame: frame.columns[0],
        draws=50,
        tests=10,
    )
    assert {"Int64", "object", "float64"} <= set(numbers)
    assert {8} < set(columns)
    assert len(set(first)) > 3


def test_it_shrinks_to_an_empty_log_and_to_one_row() -> None:
    contract = agreed(cls(aql=2.5), [term("dent")])
    assert len(find(findings_frames(contract), lambda _: True)) == 0
    frame = find(findings_frames(contract, decision="reject"), lambda _: True)
    assert isinstance(frame, pd.DataFrame)
    assert frame[["item", "term"]].to_numpy().tolist() == [[1, "dent"]]


def test_another_type_of_numbers_is_refused() -> None:
    inspection = find(inspections(), lambda _: True)
    with pytest.raises(
        aql.DomainError, match=r"type of numbers 'int' is not known; .* Int64, object, float64"
    ):
        frame_of(inspection, numbers="int")
