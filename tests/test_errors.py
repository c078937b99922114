"""Errors say what came, what is allowed and what to do, in one string, and survive a pickle."""

import pickle

import pytest

from aql.errors import AqlError, DocumentError, DomainError, LogError, MissingExtraError, Problem, TableError

ERRORS = [
    AqlError("lot size 1 is too small", "a lot has 2 items or more", "Inspect the item", lot_size=1),
    DomainError("level 'V' is not known"),
    TableError("tables/x.csv, line 3: bad", "allowed is good", "Restore it", file="x.csv", line=3),
    MissingExtraError("a workbook needs openpyxl", "excel"),
    DocumentError("contract.toml", [Problem("order.id", "missing"), Problem("", "no table")]),
    LogError("the log", [Problem("a.csv, row 2", "bad")]),
]


def test_three_parts_become_one_string() -> None:
    error = ERRORS[0]
    assert str(error) == "lot size 1 is too small; a lot has 2 items or more. Inspect the item."
    assert (error.came, error.allowed, error.todo) == (
        "lot size 1 is too small",
        "a lot has 2 items or more",
        "Inspect the item",
    )
    assert error.facts == {"lot_size": 1}
    assert error.lot_size == 1  # type: ignore[attr-defined]
    assert len(error.args) == 1


def test_parts_may_be_left_out() -> None:
    assert str(AqlError("no")) == "no."
    assert str(AqlError("no", todo="Go")) == "no. Go."


def test_a_missing_extra_names_the_extra() -> None:
    error = MissingExtraError("a workbook needs openpyxl", "excel")
    expected = (
        "a workbook needs openpyxl; it is not installed. "
        "Install it with: python -m pip install 'aql-sampling[excel]'."
    )
    assert str(error) == expected
    assert isinstance(error, ImportError)


def test_all_problems_of_a_document_stand_in_one_message() -> None:
    assert str(ERRORS[4]) == "contract.toml has 2 problems:\n  order.id: missing\n  no table"
    assert str(ERRORS[5]) == "the log has 1 problem:\n  a.csv, row 2: bad"


UNKNOWN = "'volum' is no term of the contract. Did you mean 'volume'?"


def rows_told(*rows: int) -> str:
    """What stands before the message where these rows have one problem."""
    error = LogError("the log", [Problem(f"a.csv, row {row}, column term", UNKNOWN) for row in rows])
    assert len(error.problems) == len(rows)
    told = str(error)
    assert told.startswith("the log has 1 problem:\n  a.csv, ")
    assert told.endswith(f", column term: {UNKNOWN}")
    return told.removeprefix("the log has 1 problem:\n  a.csv, ").removesuffix(f", column term: {UNKNOWN}")


def test_rows_with_the_same_problem_stand_together() -> None:
    assert rows_told(2) == "row 2"
    assert rows_told(*range(2, 22)) == "rows 2 to 21"
    assert rows_told(2, 3) == "rows 2 and 3"
    assert rows_told(9, 2, 4, 5, 6) == "rows 2, 4 to 6 and 9"
    assert rows_told(2, 4, 6, 8, 10, 12, 13, 20, 30) == "rows 2, 4, 6, 8, 10, 12, 13 and 2 more"
    assert rows_told(2, 2) == "row 2"


def test_only_the_same_problem_of_the_same_column_and_file_is_grouped() -> None:
    places = [
        "a.csv, row 2, column term",
        "b.csv, row 3, column term",
        "a.csv, row 4",
        "a.csv, row 5",
        "major",
    ]
    error = LogError("the log", [Problem(place, "bad") for place in [*places, "a.csv, row 9, column term"]])
    assert str(error) == (
        "the log has 4 problems:\n  a.csv, rows 2 and 9, column term: bad\n  b.csv, row 3, column term: bad\n"
        "  a.csv, rows 4 and 5: bad\n  major: bad"
    )


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_errors_are_value_errors_and_pickle(error: AqlError) -> None:
    assert isinstance(error, ValueError)
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is type(error)
    assert str(again) == str(error)
    assert again.__dict__ == error.__dict__
