"""Rule 7: a reading that came as a binary float means the number that was meant, and is never judged on its residue."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pandas as pd
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import aql
from aql.display.note_sentences import verdict_notes
from aql.documents.floats import TakenNumber, shortest_32_bit, taken_number
from tests.scoring.builders import cls, contract, line, measured, readings, reasons, single, verdict

ONE = cls(plan=single(1, 0))
NET = contract(ONE, [measured("net", unit="g", min="200")])


def decided(value: Any, agreed: aql.Contract = NET) -> aql.Verdict:
    """The verdict on one reading, given as it is."""
    return verdict(agreed, [{"item": 1, "term": "net", "value": value}], inspected=1)


def as_csv(frame: pd.DataFrame, folder: Path) -> Any:
    frame.to_csv(folder / "log.csv", index=False)
    return folder / "log.csv"


def as_parquet(frame: pd.DataFrame, folder: Path) -> Any:
    frame.to_parquet(folder / "log.parquet")
    return folder / "log.parquet"


def as_polars_parquet(frame: pd.DataFrame, folder: Path) -> Any:
    pl.from_pandas(frame).write_parquet(folder / "polars.parquet")
    return folder / "polars.parquet"


def as_workbook(frame: pd.DataFrame, folder: Path) -> Any:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(list(frame.columns))
    for row in frame.itertuples(index=False):
        page.append(list(row))
    book.save(folder / "log.xlsx")
    return folder / "log.xlsx"


FORMATS = {
    "dict": lambda frame, _: frame.to_dict("records"),
    "pandas": lambda frame, _: frame,
    "polars": lambda frame, _: pl.from_pandas(frame),
    "polars dicts": lambda frame, _: pl.from_pandas(frame).to_dicts(),
    "csv": as_csv,
    "parquet": as_parquet,
    "polars parquet": as_polars_parquet,
    "xlsx": as_workbook,
}


def read_from(form: str, values: Any, folder: Path, agreed: aql.Contract) -> aql.Verdict:
    """The verdict on a column of readings that was written in a format and read back."""
    count = len(values)
    frame = pd.DataFrame({"item": range(1, count + 1), "term": ["net"] * count, "value": values})
    found = FORMATS[form](frame, folder)
    return verdict(agreed, found, inspected=count)


# What a float is taken as.


@pytest.mark.parametrize(
    ("value", "decision"),
    [
        (256.21 - 56.21, "accept"),  # 199.99999999999997
        ("199.99999999999997", "accept"),  # what a program prints for it
        ("199.99999999999997158", "accept"),  # and with 20 digits
        ("199.9999999999999716", "accept"),
        ("199.99999999999999999", "reject"),  # no program prints a float so: it is decimal text
        (199.9999999999, "hold"),
        ("199.9999999999", "reject"),
        (199.99, "reject"),
        (np.float32(200) - np.float32(1e-4), "hold"),
        pytest.param(np.float32(199.99), "reject", id="float32 199.99"),
        (Decimal("199.99999999999997"), "accept"),
        (Decimal("199.9999999999"), "reject"),
        (200, "accept"),
        (np.float64(200), "accept"),
    ],
    ids=repr,
)
def test_a_float_is_compared_as_the_number_that_was_meant(value: Any, decision: str) -> None:
    assert decided(value).decision == decision


def test_strong_cancellation_leaves_a_residue_that_holds() -> None:
    """1000.1 - 1000 is 0.10000000000002274; 15 digits do not repair it, and the sentence says what to do."""
    agreed = contract(ONE, [measured("net", unit="g", max="0.1")])
    found = decided(1000.1 - 1000, agreed)
    assert found.decision == "hold"
    (near,) = line(found).too_near
    assert (near.term, near.items, near.text, near.limit) == (
        "net",
        (1,),
        "0.10000000000002274",
        Decimal("0.1"),
    )
    assert reasons(found)[1] == (
        "net on item 1: 0.10000000000002274 came as a binary float and is too near to the limit 0.1 to be told "
        "from it; state rounding in the term, or send the reading as text"
    )
    rounded = contract(ONE, [measured("net", unit="g", max="0.1", rounding="0.01")])
    assert decided(1000.1 - 1000, rounded).decision == "accept"
    assert decided("0.1", agreed).decision == "accept"


def test_what_decided_is_said() -> None:
    found = decided(256.21 - 56.21)
    assert verdict_notes(found)[0] == (
        "net: 199.99999999999997 taken as 200 (item 1); a binary float is taken at 15 digits."
    )
    (reading,) = found.readings[0].readings
    assert (reading.text, reading.number, reading.compared) == (
        "199.99999999999997",
        Decimal(200),
        Decimal(200),
    )
    assert aql.Verdict.from_json(found.to_json()) == found


def test_many_readings_taken_otherwise_are_shortened() -> None:
    agreed = contract(cls(plan=single(8, 0)), [measured("net", unit="g", min="0")])
    values = [0.1 * step for step in (3, 6, 7, 12, 14, 17, 19, 23)]
    rows = [{"item": item, "term": "net", "value": value} for item, value in enumerate(values, start=1)]
    assert "; 2 more; a binary float" in verdict_notes(verdict(agreed, rows, inspected=8))[0]


def test_a_count_that_reaches_re_rejects_although_a_reading_is_too_near() -> None:
    agreed = contract(cls(plan=single(3, 1)), [measured("net", unit="g", min="200")])
    rows = [*readings("net", [190, 190]), {"item": 3, "term": "net", "value": 199.9999999999}]
    assert verdict(agreed, rows, inspected=3).decision == "reject"
    assert verdict(agreed, rows[1:], inspected=3).decision == "hold"


def test_a_reading_too_near_holds_only_in_the_sample_except_under_aql_0() -> None:
    """Rule 4: under AQL 0 a finding counts wherever it is."""
    rows = [*readings("net", ["200"] * 8), {"item": 9, "term": "net", "value": 199.9999999999}]
    for how, decision in (({"plan": single(8, 0)}, "accept"), ({"aql": 0}, "hold")):
        agreed = contract(cls(**how), [measured("net", unit="g", min="200")])
        assert verdict(agreed, rows, size=30, inspected=9).decision == decision


def test_a_reading_has_at_most_28_digits() -> None:
    assert decided("200." + "0" * 24 + "1").decision == "accept"
    with pytest.raises(aql.LogError, match="must have at most 28 significant digits, got '200"):
        decided("200." + "0" * 25 + "1")


# The same verdict from every format.


near_limit = st.one_of(
    st.tuples(st.integers(20001, 39999), st.integers(1, 2)).map(
        lambda pair: pair[0] / 100 - (pair[0] - 20000) / 100
    ),
    st.floats(199.9, 200.1),
    st.integers(19990, 20010).map(lambda cents: cents / 100),
    st.sampled_from([200.0, 199.99999999999997, 200.00000000000003, 199.9999999999, 200.0000000001]),
)


@given(values=st.lists(near_limit, min_size=1, max_size=4))
def test_a_log_gives_the_same_verdict_from_each_format(
    values: list[float], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Text says what it says: CSV decides where a float of at most 15 digits is held; nothing else differs."""
    folder = tmp_path_factory.mktemp("formats")
    agreed = contract(cls(plan=single(len(values), 0)), [measured("net", unit="g", min="200", max="300")])
    found = {form: read_from(form, values, folder, agreed) for form in FORMATS}
    text = found.pop("csv")
    (first, *others) = found.values()
    for other in others:
        assert (other.decision, other.lines, other.defects) == (first.decision, first.lines, first.defects)
    near = {item for one in line(first).too_near for item in one.items}
    assert {one.item for one in first.defects} <= {one.item for one in text.defects}
    assert {one.item for one in text.defects} <= {one.item for one in first.defects} | near
    if not near:
        assert (text.decision, text.lines, text.defects) == (first.decision, first.lines, first.defects)


@given(values=st.lists(near_limit, min_size=1, max_size=4))
def test_32_bit_floats_give_the_same_verdict_from_each_format(
    values: list[float], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Held, or decided as the numbers that their shortest texts say."""
    folder = tmp_path_factory.mktemp("formats")
    agreed = contract(cls(plan=single(len(values), 0)), [measured("net", unit="g", min="200", max="300")])
    column = np.array(values, dtype="float32")
    frames = {
        form: read_from(form, column, folder, agreed)
        for form in ("pandas", "polars", "parquet", "polars parquet")
    }
    (first, *others) = frames.values()
    for other in others:
        assert (other.decision, other.lines, other.defects) == (first.decision, first.lines, first.defects)
    texts = verdict(agreed, readings("net", list(map(str, column))), inspected=len(values))
    assert first.decision in {texts.decision, "hold"}


@given(value=near_limit | st.floats(1e-9, 1e9))
def test_a_float_and_what_a_program_prints_for_it_are_taken_alike(value: float) -> None:
    exact = taken_number(repr(value), 64)
    assert exact is not None
    assert exact.value == Decimal(f"{value:.15g}") or exact.bits == 32
    for text in (repr(value), f"{value:.17g}", f"{value:.20g}"):
        printed = taken_number(text)
        assert printed is not None
        assert printed.value == exact.value


@given(value=st.floats(width=32, allow_nan=False, allow_infinity=False, min_value=2**-60, max_value=2**60))
def test_the_shortest_text_of_a_32_bit_float_is_that_of_numpy(value: float) -> None:
    text = shortest_32_bit(value)
    assert text is not None
    assert Decimal(text) == Decimal(str(np.float32(value)))


def test_text_that_no_program_prints_is_decimal_text() -> None:
    assert taken_number("2999.999999999999999999999") == TakenNumber(Decimal("2999.999999999999999999999"))
    assert taken_number("1.00000000000000000001e50") == TakenNumber(Decimal("1.00000000000000000001e50"))


def test_a_float_beyond_32_bits_is_not_one() -> None:
    assert taken_number("1.2345678901234567e+50") == TakenNumber(Decimal("1.23456789012346E+50"), 64)
    assert shortest_32_bit(1e50) is None


def test_a_32_bit_float_survives_json() -> None:
    rows = [{"item": 1, "term": "net", "value": np.float32(199.9999)}]
    document = {"contract": "PO-1", "lot": {"id": "L1", "size": 1000}, "inspection": {"inspected": 1}}
    inspection = aql.Inspection.load(document, findings=rows)
    again = aql.Inspection.from_json(inspection.to_json())
    assert again == inspection
    assert inspection.to_dict()["log"] == [{"item": 1, "term": "net", "value": 199.9999, "float_bits": 32}]
    assert aql.score(NET, again).decision == aql.score(NET, inspection).decision == "hold"
