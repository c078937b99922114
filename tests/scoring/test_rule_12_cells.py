"""Rule 12, for contracts and verdicts: which cells a contract may use, and what the verdict says about them."""

import pytest

import aql
from tests.scoring.builders import basis, cls, contract, line, notes, problems, seen, single, term, verdict


@pytest.mark.parametrize("aql_value", [15, 25, 1000])
def test_an_aql_above_10_with_items_is_an_error(aql_value: int) -> None:
    """Rule 12: for a class and for a term with its own line."""
    agreed = contract(
        [cls(aql=aql_value), cls("minor", plan=single(5, 0))], [term("dent", "minor", aql=aql_value)]
    )
    with pytest.raises(aql.DocumentError) as raised:
        verdict(agreed)
    assert [problem.path for problem in raised.value.problems] == ["classes[0].aql", "terms[0].aql"]
    assert all(
        f"AQL {aql_value} requires counting nonconformities" in message for message in problems(raised.value)
    )


def test_an_aql_above_10_with_nonconformities_is_marked_as_per_100_items() -> None:
    """Rule 12: returned marked."""
    agreed = contract(cls(aql=15), counting="nonconformities")
    found = verdict(agreed, size=30)
    lookup = line(found).lookup
    assert lookup is not None
    assert lookup.per_hundred_items
    assert notes(found) == ("major: AQL 15 means nonconformities per 100 items.",)
    assert notes(verdict(contract(cls(aql=10)), size=30)) == ()


def test_a_disputed_cell_is_said_in_the_verdict() -> None:
    """Rule 12: letter H, AQL 6.5, reduced, single is 20, 5/6 here and 4/5 in another source."""
    agreed = contract([cls("major", aql=6.5), cls("minor", aql=10)], severity="reduced")
    found = verdict(agreed, size=400)
    lookups = [one.lookup for one in found.lines]
    assert [lookup.disputed for lookup in lookups if lookup is not None] == [True, False]
    assert notes(found) == ("major: the table cell has a second reading: 4/5 (EGToolsPP).",)


def test_a_star_takes_the_single_plan_of_the_same_cell() -> None:
    """Rule 12: letter H, AQL 0.25, double: `*`, so 50, Ac 0 of the single table."""
    found = verdict(contract(cls(aql=0.25), [term("dent")], sampling="double"), size=400, inspected=50)
    assert line(found).plan == aql.SinglePlan(50, 0)
    assert found.decision == "accept"


def test_the_edition_of_2026_is_entered_by_letter_only_so_that_no_contract_is_scored_by_it() -> None:
    """Rule 12: until its other tables are sourced; a stated plan needs no table."""
    with pytest.raises(aql.DocumentError) as raised:
        verdict(contract(cls(aql=2.5), standard="ISO 2859-1:2026"))
    assert [problem.path for problem in raised.value.problems] == ["inspection.standard"]
    assert (
        verdict(contract(cls(plan=single(5, 0)), standard="ISO 2859-1:2026"), inspected=5).decision
        == "accept"
    )


def test_a_contract_that_names_no_edition_means_1999() -> None:
    """Rule 12: the default stays ISO 2859-1:1999."""
    found = line(verdict(contract(cls(aql=2.5))))
    assert found.lookup is not None
    assert found.lookup.standard == "ISO 2859-1:1999"
    assert basis(found) == "ISO 2859-1:1999, table 2-A, AQL 2.5, letter J"


@pytest.mark.parametrize("standard", ["ISO 2859-1:1999", "ANSI/ASQ Z1.4", "MIL-STD-105E"])
def test_the_tightened_row_s_is_reached_by_its_arrow(standard: str) -> None:
    """Rule 12: lot 600 000, letter Q, tightened, AQL 0.025: the arrow leads to S, 3150, Ac 1."""
    agreed = contract(cls(aql=0.025), [term("dent")], standard=standard, severity="tightened")
    found = verdict(agreed, seen("dent", 1), size=600_000, inspected=3150)
    assert line(found).plan == aql.SinglePlan(3150, 1)
    assert found.decision == "accept"
