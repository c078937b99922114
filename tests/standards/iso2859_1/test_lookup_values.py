"""Lookups as values: equal, hashable, written to JSON and read back, and one line in a log."""

import json
import pickle
from collections.abc import Iterator
from typing import Any

import pytest

import aql
from aql.standards import Cell, FractionalLookup, edition
from aql.tables import master_table
from tests.oracles import naive_tables as naive

LONGEST = 120


def every_cell() -> Iterator[aql.Lookup | FractionalLookup]:
    for standard in ("ISO 2859-1:1999", "MIL-STD-105E"):
        table = master_table(edition(standard).folder, "single_normal")
        for sampling in naive.SAMPLINGS:
            for severity in naive.SEVERITIES:
                for letter in table.letters:
                    for column in table.aqls:
                        yield aql.lookup(
                            letter=letter,
                            aql=column,
                            severity=severity,
                            sampling=sampling,
                            standard=standard,
                        )
    for severity in naive.SEVERITIES:
        yield aql.lookup(letter="C", aql="4.0", severity=severity, fractional=True)


LOOKUPS: list[aql.Lookup | FractionalLookup] = [
    aql.lookup(30, aql=4.0),
    aql.lookup(30, aql=0),
    aql.lookup(1200, aql=15, level="S-4", severity="reduced", standard="MIL-STD-105E"),
    aql.lookup(1200, aql=2.5, sampling="double"),
    aql.lookup(letter="J", aql=2.5, sampling="multiple"),
    aql.lookup(letter="C", aql="4.0", fractional=True),
]

REPRS = [
    "<Lookup ISO 2859-1:1999 2-A, D → E: n 13, Ac 1>",
    "<Lookup ISO 2859-1:1999 2-A, D: n 8, Ac 0>",
    "<Lookup MIL-STD-105E II-C, F: n 8, Ac 3, Re 6>",
    "<Lookup ISO 2859-1:1999 3-A, J: n 2 × 50, Ac 2 6, Re 5 7>",
    "<Lookup ISO 2859-1:1999 4-A, J: n 5 × 20, Ac # 1 2 4 6, Re 4 5 6 7 7>",
    "<FractionalLookup ISO 2859-1:1999 11-A, C: n 5, Ac 1/3>",
]


@pytest.mark.parametrize(("found", "expected"), list(zip(LOOKUPS, REPRS, strict=True)), ids=REPRS)
def test_a_lookup_is_one_line_of_a_log(found: aql.Lookup, expected: str) -> None:
    assert repr(found) == expected


def test_the_line_holds_every_plan_of_the_tables_whole() -> None:
    for found in every_cell():
        line = repr(found)
        assert len(line) <= LONGEST
        assert line.endswith(">")
        assert "..." not in line


@pytest.mark.parametrize("found", LOOKUPS, ids=REPRS)
def test_a_lookup_goes_to_json_and_back(found: aql.Lookup | FractionalLookup) -> None:
    kind = type(found)
    plain = found.to_dict()
    assert json.loads(json.dumps(plain, allow_nan=False)) == plain
    for again in (kind.from_dict(plain), kind.from_json(found.to_json()), pickle.loads(pickle.dumps(found))):
        assert again == found
        assert hash(again) == hash(found)
        assert again.plan == found.plan
        assert type(again.plan) is type(found.plan)
    assert list(plain)[:4] == ["standard", "lot_size", "level", "letter"]


def test_every_cell_goes_to_json_and_back() -> None:
    for place, found in enumerate(every_cell()):
        if place % 17 == 0:
            assert type(found).from_dict(json.loads(found.to_json())) == found


def test_a_cell_of_the_trace_goes_to_json_and_back() -> None:
    for cell in LOOKUPS[0].trace:
        assert Cell.from_dict(cell.to_dict()) == cell
    assert LOOKUPS[0].trace[0].to_dict() == {
        "table": "2-A",
        "letter": "D",
        "aql": "4.0",
        "mark": "down",
        "plan": None,
        "second_reading": None,
    }


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"severity": "strict"}, 'severity: must be "normal", "tightened" or "reduced", got \'strict\''),
        ({"lot_size": "many"}, "lot_size: Input should be a valid integer, unable to parse string as an integer, got 'many'"),
        ({"colour": 1}, "colour: unknown key; the known keys are aql, letter, level, lot_size, note, plan, plan_letter, practice, provenance, sampling, severity, standard, table and trace"),
        ({"sevirity": 1}, 'sevirity: unknown key. Did you mean "severity"?'),
    ],
)  # fmt: skip
def test_values_that_are_no_lookup_are_refused(change: dict[str, Any], expected: str) -> None:
    with pytest.raises(aql.DocumentError) as caught:
        aql.Lookup.from_dict(LOOKUPS[0].to_dict() | change)
    assert str(caught.value).startswith("the Lookup has ")
    assert [str(one) for one in caught.value.problems] == [expected]


@pytest.mark.parametrize(
    ("plan", "says"),
    [
        ({"n": 0, "ac": 1, "re": 2}, "n must be a whole number, 1 or more, got 0"),
        ({"n": 8, "ac": 1, "re": 1}, "re must be above ac, got re 1 with ac 1"),
        ({"n": [5, 5], "ac": [1, 0], "re": [2, 2]}, "ac must be cumulative and never decrease, got (1, 0)"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(plan: dict[str, object], says: str) -> None:
    with pytest.raises(aql.DocumentError) as caught:
        aql.Lookup.from_dict(LOOKUPS[0].to_dict() | {"plan": plan})
    assert says in [one.message for one in caught.value.problems]


def test_a_key_that_is_missing_is_named() -> None:
    plain = LOOKUPS[0].to_dict()
    del plain["plan_letter"]
    with pytest.raises(aql.DocumentError, match="plan_letter: required key is missing"):
        aql.Lookup.from_dict(plain)


def test_a_lookup_without_note_is_of_a_cell_of_the_table() -> None:
    found = aql.lookup(1200, aql=2.5)
    plain = found.to_dict()
    del plain["practice"], plain["note"]
    assert aql.Lookup.from_dict(plain) == found


@pytest.mark.parametrize("text", ["{", "[]"])
def test_text_that_is_no_lookup_is_refused(text: str) -> None:
    with pytest.raises(aql.DocumentError, match="the Lookup has 1 problem"):
        aql.Lookup.from_json(text)


def test_the_values_beside_a_lookup_are_one_line_too() -> None:
    found = LOOKUPS[0]
    many = aql.lookup_many([30, 1200], aql=2.5)
    assert repr(many) == "<ManyLookups ISO 2859-1:1999, 2 lots, level II, AQL 2.5, normal>"
    table = master_table("iso_2859_1_1999", "single_normal")
    assert repr(table) == (
        "<MasterTable ISO 2859-1, table 2-A, single sampling plans, normal inspection: 16 letters × 26 AQLs>"
    )
    for value in (found.provenance, edition("ISO 2859-1:2026"), *found.trace):
        assert len(repr(value)) <= LONGEST
    assert repr(found.provenance).startswith(
        "<Provenance ISO 2859-1, table 2-A, single sampling plans, normal"
    )


def test_a_cell_says_what_is_printed_in_it() -> None:
    found = aql.lookup(30, aql=4.0)
    assert [repr(cell) for cell in found.trace] == [
        "<Cell table 2-A, D, AQL 4.0: down>",
        "<Cell table 2-A, E, AQL 4.0: SinglePlan(n=13, ac=1)>",
    ]
    assert str(found) == found.explain()


def test_a_level_is_that_of_an_entry_by_lot_size() -> None:
    assert aql.lookup(1200, aql=2.5).level == "II"
    assert aql.lookup(1200, aql=2.5, level="S-2").level == "S-2"
    assert aql.lookup(1200, aql=2.5, letter="J").level is None
    assert aql.lookup(aql=2.5, letter="J", level="S-2").level is None
