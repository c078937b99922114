"""Orders with their contract and inspections: tablets, which are fictitious, and orange juice, which is real data."""

from __future__ import annotations

import json

from aql.contract.contract import Contract
from aql.examples.example_files import example_file, example_rows
from aql.inspection.inspection import Inspection
from aql.types import AqlColumn

__all__ = ["orange_juice", "tablet_order"]


def tablet_order() -> tuple[Contract, Inspection]:
    """Return an inspected order of 3000 tablets: its contract, and the inspection of 125 of them.

    Returns
    -------
    Contract, Inspection
        A contract with critical, major and minor terms, and a log in which the battery fails.

    Examples
    --------
    >>> contract, inspection = tablet_order()
    >>> contract.order.quantity, inspection.header.inspection.inspected
    (3000, 125)
    """
    contract = Contract.load(example_file("tablet_order/contract.toml"))
    return contract, Inspection.load(example_file("tablet_order/inspection.toml"))


def orange_juice(aql: AqlColumn = 6.5) -> tuple[Contract, tuple[Inspection, ...]]:
    """Return an inspected order of orange juice: 54 lots of 500 cans, each with a real sample of 50 cans.

    Parameters
    ----------
    aql : str, float or Decimal
        AQL of the contract; code letter H has plans at 6.5 and 10.

    Returns
    -------
    Contract, tuple of Inspection
        The contract, and one inspection per lot in time order; the machine was adjusted after lot 30.

    References
    ----------
    D. C. Montgomery, Introduction to Statistical Quality Control, 2nd ed., 1991, pp. 152-155.

    Examples
    --------
    >>> contract, inspections = orange_juice()
    >>> len(inspections)
    54
    """
    document = json.loads(Contract.load(example_file("orange_juice/contract.toml")).to_json())
    document["classes"][0]["aql"] = aql
    contract = Contract.load(document)
    inspections = []
    for row in example_rows("orange_juice/samples.csv"):
        header = {
            "contract": contract.order.id,
            "lot": {"id": row["sample"], "size": 500},
            "inspection": {"inspected": int(row["size"]), "remarks": [row["phase"]]},
        }
        found = [{"term": "leak", "count": int(row["nonconforming"])}]
        inspections.append(Inspection.load(header, findings=found))
    return contract, tuple(inspections)
