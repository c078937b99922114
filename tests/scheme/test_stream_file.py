"""Files of lots: every problem says its row and its column."""

from pathlib import Path

import pytest

from aql import DocumentError
from aql.scheme.stream_file import read_streams


def test_a_problem_of_a_cell_has_its_row_and_column_and_one_of_a_row_has_no_column(tmp_path: Path) -> None:
    file = tmp_path / "lots.csv"
    file.write_text("lot,found,lot_size,steady\nA,x,100,yes\nB,1,few,maybe\nC,1\nD,1 2,100,no\n", "utf-8")
    with pytest.raises(DocumentError) as raised:
        read_streams(file)
    places = [(one.code, one.row, one.column) for one in raised.value.problems]
    assert places == [
        ("bad-value", 2, "found"),
        ("bad-value", 3, "lot_size"),
        ("bad-value", 3, "steady"),
        ("bad-value", 4, None),
    ]
    assert [one.file for one in raised.value.problems] == ["lots.csv"] * 4


def test_a_number_has_up_to_16_digits(tmp_path: Path) -> None:
    file = tmp_path / "lots.csv"
    file.write_text(f"lot,found\nA,{10**15}\nB,{10**16}\n", "utf-8")
    with pytest.raises(DocumentError) as raised:
        read_streams(file)
    assert [(one.code, one.row, one.column) for one in raised.value.problems] == [("bad-value", 3, "found")]
