"""Errors say what is wrong and what to do in one string, keep the facts, and survive pickle and JSON."""

import json
import math
import pickle
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import aql
from aql.codes import ERROR_CODES
from aql.errors import AqlError, DocumentError, DomainError, LogError, MissingExtraError, Problem, TableError

ERRORS = [
    AqlError("lot_size must be 2 or more, got 1", todo="Inspect the item", code="bad-lot-size", value=1),
    DomainError("level must be I or II, got 'V'", nearest=None),
    TableError("tables/x.csv, line 3: bad", todo="Restore it", file="x.csv", row=3),
    MissingExtraError("a workbook needs openpyxl", "excel"),
    DocumentError(
        "contract.toml",
        [Problem("order.id", "missing", "missing-key"), Problem("", "no table", "bad-syntax")],
    ),
    LogError("the log", [Problem("a.csv, row 2", "bad", "bad-row", file="a.csv", row=2)]),
]


def test_a_message_is_a_sentence_and_what_to_do() -> None:
    error = ERRORS[0]
    assert str(error) == "lot_size must be 2 or more, got 1. Inspect the item."
    assert (error.problem, error.todo) == ("lot_size must be 2 or more, got 1", "Inspect the item")
    assert error.facts == {"value": 1}
    assert error.value == 1  # type: ignore[attr-defined]
    assert len(error.args) == 1


def test_what_to_do_may_be_left_out() -> None:
    assert str(AqlError("no")) == "no."
    assert str(AqlError("no", todo="Go")) == "no. Go."
    assert str(AqlError("no", todo="Yes?")) == "no. Yes?"
    assert str(AqlError("got 1, 2...", todo="Go")) == "got 1, 2... Go."


def test_every_class_has_a_code_and_a_raise_may_have_its_own() -> None:
    assert [error.code for error in ERRORS] == [
        "bad-lot-size",
        "bad-value",
        "bad-table",
        "missing-extra",
        "bad-document",
        "bad-log",
    ]


def test_facts_that_are_not_known_are_none() -> None:
    error = AqlError("no")
    facts = (error.path, error.file, error.row, error.column, error.nearest, error.suggestion)
    assert facts == (None,) * 6


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_an_error_goes_through_json(error: AqlError) -> None:
    told = error.to_dict()
    assert json.loads(json.dumps(told, allow_nan=False)) == told
    assert told["message"] == str(error)
    assert told["error"] == type(error).__name__


def test_facts_of_any_kind_go_through_json() -> None:
    facts: dict[str, Any] = {
        "value": np.int64(5),
        "share": np.float64(0.5),
        "nan": math.nan,
        "day": date(2026, 12, 15),
        "number": Decimal("0.10"),
        "nearest": ("1.0", "1.5"),
        "names": {"a": {1}},
        "plan": aql.SinglePlan(80, 5),
        "array": np.arange(1000),
        "unknown": None,
    }
    told = AqlError("no", **facts).to_dict()
    assert str(told.pop("array")).startswith("array([  0,   1,")
    assert told == {
        "error": "AqlError",
        "code": "error",
        "message": "no.",
        "value": 5,
        "share": 0.5,
        "nan": "nan",
        "day": "2026-12-15",
        "number": "0.10",
        "nearest": ["1.0", "1.5"],
        "names": {"a": [1]},
        "plan": "SinglePlan(n=80, ac=5)",
    }
    json.dumps(told)


ENDLESS: list[Any] = [1]
ENDLESS.append(ENDLESS)
CONTRACT, INSPECTION = aql.examples.tablet_order()
VERDICT = aql.score(CONTRACT, INSPECTION)
HEADER = {"contract": "PO-1", "lot": {"id": "L1", "size": 5}, "inspection": {"inspected": 5}}
ODD: list[Any] = [
    None,
    True,
    -1,
    math.nan,
    10**5000,
    "x",
    "\ud800",
    b"x",
    ENDLESS,
    {"a": object()},
    {1, 2},
    np.array([[1.5]]),
    Decimal("NaN"),
    Fraction(1, 3),
    Path("x"),
    date(2026, 12, 15),
    CONTRACT,
    INSPECTION,
    VERDICT,
    aql.SinglePlan(80, 5),
    aql.check(CONTRACT),
    int,
]
PLAN = aql.SinglePlan(80, 5)
CALLS: dict[str, Callable[[Any], object]] = {
    "lookup": lambda odd: aql.lookup(odd, aql=2.5),
    "level": lambda odd: aql.lookup(1200, aql=2.5, level=odd),
    "plan": lambda odd: aql.SinglePlan(odd, 1),
    "stages": lambda odd: aql.MultiplePlan(odd, (1, 2), (2, 3)),
    "quality": PLAN.pa,
    "inspector": lambda odd: PLAN.pa(0.1, inspector=odd),
    "risk": PLAN.crq,
    "lot size": lambda odd: PLAN.pa(0.1, model="hypergeometric", lot_size=odd),
    "design": lambda odd: aql.design(prq=odd, crq=(0.1, 0.1)),
    "compare": aql.compare,
    "load": aql.Contract.load,
    "contract from_dict": aql.Contract.from_dict,
    "contract from_toml": aql.Contract.from_toml,
    "quantity": lambda odd: aql.Contract.load({"order": {"id": "x", "quantity": odd}}),
    "classes": lambda odd: aql.Contract.load({"order": {"id": "x"}, "classes": odd}),
    "check": aql.check,
    "inspection": aql.Inspection.load,
    "inspection from_dict": aql.Inspection.from_dict,
    "inspection from_json": aql.Inspection.from_json,
    "log": lambda odd: aql.Inspection.from_dict({**HEADER, "log": odd}),
    "contract to score": lambda odd: aql.score(odd, INSPECTION),
    "inspection to score": lambda odd: aql.score(CONTRACT, odd),
    "verdict": aql.Verdict.from_dict,
    "verdict from_json": aql.Verdict.from_json,
    "lookup from_dict": aql.Lookup.from_dict,
}


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_an_error_about_any_value_is_short_and_goes_through_json(call: Callable[[Any], object]) -> None:
    errors = []
    for odd in ODD:
        try:
            call(odd)
        except AqlError as error:
            errors.append(error)
    assert len(errors) > len(ODD) / 2
    for one in errors:
        told = json.dumps(one.to_dict(), allow_nan=False)
        assert json.loads(told)["message"] == str(one)
        assert len(str(one)) < 1000
        assert len(told) < 3000
        assert one.code in ERROR_CODES


def test_a_problem_tells_what_is_known_of_it() -> None:
    assert ERRORS[5].to_dict()["problems"] == [
        {"where": "a.csv, row 2", "message": "bad", "code": "bad-row", "file": "a.csv", "row": 2}
    ]
    assert json.loads(json.dumps(ERRORS[5].facts))["problems"] == ERRORS[5].to_dict()["problems"]


def test_a_missing_extra_names_the_extra() -> None:
    assert str(MissingExtraError("a workbook needs openpyxl", "excel")) == (
        "a workbook needs openpyxl, which is not installed. "
        "Install it with: python -m pip install 'aql-sampling[excel]'."
    )
    assert str(MissingExtraError("the command line needs typer and rich", "cli", several=True)) == (
        "the command line needs typer and rich, which are not installed. "
        "Install them with: python -m pip install 'aql-sampling[cli]'."
    )
    assert isinstance(ERRORS[3], ImportError)


def test_all_problems_of_a_document_stand_in_one_message() -> None:
    assert str(ERRORS[4]) == "contract.toml has 2 problems:\n  order.id: missing\n  no table"
    assert str(ERRORS[5]) == "the log has 1 problem:\n  a.csv, row 2: bad"


UNKNOWN = "must be a term of the contract, got 'volum'. Did you mean 'volume'?"


def at(file: str, row: int, column: str = "", message: str = "bad") -> Problem:
    """A problem in a row of a log."""
    where = f"{file}, row {row}" + (f", column {column}" if column else "")
    return Problem(where, message, "bad-value", file=file, row=row, column=column or None)


def rows_told(*rows: int) -> str:
    """What precedes the message if these rows share one problem."""
    error = LogError("the log", [at("a.csv", row, "term", UNKNOWN) for row in rows])
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
    error = LogError(
        "the log",
        [
            at("a.csv", 2, "term"),
            at("b.csv", 3, "term"),
            at("a.csv", 4),
            at("a.csv", 5),
            Problem("major", "bad", "bad-value"),
            at("a.csv", 9, "term"),
            Problem("a.xlsx, cell B7", "bad", "no-value", file="a.xlsx", row=7),
            Problem("a.xlsx, cell B8", "bad", "no-value", file="a.xlsx", row=8),
        ],
    )
    assert str(error) == (
        "the log has 5 problems:\n  a.csv, rows 2 and 9, column term: bad\n  b.csv, row 3, column term: bad\n"
        "  a.csv, rows 4 and 5: bad\n  major: bad\n  a.xlsx, cells B7 and B8: bad"
    )


COMMA = 'must have a decimal point unless the header declares decimal = ",", got {!r}. Correct it'


def test_rows_whose_values_differ_have_one_problem() -> None:
    """Two hundred decimal commas are one line, and a program still gets every row."""
    many = [at("a.csv", row, "value", COMMA.format(f"246,{row}")) for row in range(2, 202)]
    error = LogError("the log", many)
    assert str(error) == (
        "the log has 1 problem:\n  a.csv, rows 2 to 201, column value: must have a decimal point unless the header "
        "declares decimal = \",\", got '246,2', '246,3', '246,4' and 197 more. Correct it"
    )
    assert error.problems == tuple(many)
    numbers = [at("a.csv", row, "item", f"must be at most 20, got {row + 90}") for row in (2, 3)]
    assert str(LogError("the log", numbers)).endswith(
        "rows 2 and 3, column item: must be at most 20, got 92 and 93"
    )


def test_two_values_in_one_row_are_two_problems() -> None:
    both = [at("a.csv", 2, message=f"must be 1, got {value!r}") for value in ("it's", 'a "b"', "it's")]
    assert str(LogError("the log", both)) == (
        'the log has 2 problems:\n  a.csv, row 2: must be 1, got "it\'s"\n  a.csv, row 2: must be 1, got \'a "b"\''
    )


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_errors_are_value_errors_and_pickle(error: AqlError) -> None:
    assert isinstance(error, ValueError)
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is type(error)
    assert str(again) == str(error)
    assert again.__dict__ == error.__dict__


def load_nothing(source: dict[str, object]) -> aql.Contract:
    return aql.Contract.load(source)


def rendered(code: str) -> list[str]:
    """What Jupyter prints for an error in a cell; the kernel's own frame precedes the cell's."""
    cell = compile(code, "<cell>", "exec")
    names = {"__name__": "__main__", "aql": aql, "load_nothing": load_nothing}
    kernel = {"__name__": "IPython.core.interactiveshell", "cell": cell, "names": names}
    with pytest.raises(AqlError) as raised:
        exec(compile("exec(cell, names)", "<kernel>", "exec"), kernel)  # noqa: S102 - as a kernel does
    tb = raised.value.__traceback__
    assert tb is not None
    return raised.value.with_traceback(tb.tb_next)._render_traceback_()


def test_in_a_notebook_the_problems_come_first_and_no_line_of_the_library() -> None:
    lines = rendered("source = {'order': {'id': 5}}\nload_nothing(source)")
    number = load_nothing.__code__.co_firstlineno + 1
    problem = "order.id: must be a name on one line, without leading or trailing blanks, got 5"
    assert lines == [
        f"DocumentError: the contract has 1 problem:\n  {problem}",
        "",
        "line 2 of the cell",
        f"{__file__}, line {number}, in load_nothing: return aql.Contract.load(source)",
    ]
    assert AqlError("never raised")._render_traceback_() == ["AqlError: never raised.", ""]


def test_swapped_arguments_of_score_are_said() -> None:
    with pytest.raises(
        aql.DomainError, match=r"got <Contract PO-2026-0117.*\.\.\. Swap the two arguments\.$"
    ):
        aql.score(INSPECTION, CONTRACT)  # type: ignore[arg-type]


def test_entries_of_a_list_with_the_same_problem_stand_together() -> None:
    wrong = [
        Problem(f"events[{place}].kind", f"must be 1, got {value!r}", "unknown-word")
        for place, value in enumerate("aab")
    ]
    assert str(
        DocumentError("claim.toml", [*wrong, Problem("order.kind", "must be 1, got 'a'", "bad-value")])
    ) == (
        "claim.toml has 2 problems:\n  events[0].kind, events[1].kind and events[2].kind: must be 1, got 'a' and 'b'\n"
        "  order.kind: must be 1, got 'a'"
    )
