"""The values of a contract print as one line of a log."""

import pytest

import aql
from aql.contract import Colour, InspectionClause, Order, Term
from tests.contract.test_trades import FLAWED, GOOD

LONGEST = 120


def test_a_contract_is_named_by_its_order() -> None:
    contract, _ = aql.examples.tablet_order()
    assert repr(contract) == "<Contract PO-2026-0117 of 3000 10.1 inch tablet: 3 classes, 14 terms>"
    assert repr(aql.Contract.load({"order": {"id": "PO"}})) == "<Contract PO: 0 classes, 0 terms>"


def test_a_part_is_what_was_set() -> None:
    assert repr(Order(id="PO-1", quantity=3000)) == "<Order id='PO-1', quantity=3000>"
    assert repr(InspectionClause()) == "<InspectionClause>"
    assert repr(Colour(reference="Lab(20.5, 0.1, -0.4)")) == "<Colour reference='Lab(20.5, 0.1, -0.4)'>"


@pytest.mark.parametrize("path", [*GOOD, *FLAWED], ids=lambda path: path.stem)
def test_every_part_of_every_contract_is_one_line(path: object) -> None:
    contract = aql.Contract.load(path)  # type: ignore[arg-type]
    parts = [
        contract,
        contract.order,
        contract.cover,
        contract.inspection,
        *contract.classes,
        *contract.terms,
    ]
    for part in [*parts, *(term.measure for term in contract.terms), aql.check(contract)]:
        assert len(repr(part)) <= LONGEST
        assert "\n" not in repr(part)


def test_a_term_shows_its_measure_in_the_same_form() -> None:
    term = Term.from_dict({"id": "width", "text": "Width", "measure": {"unit": "mm", "min": "1"}})
    assert repr(term) == "<Term id='width', text='Width', measure=<Measured unit='mm', min=Decimal('1')>>"
