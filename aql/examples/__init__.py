"""Examples that come with the library: contracts, inspections and published lookups.

The tablet order is fictitious. The orange juice is real data: 54 samples of 50 cans.
"""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from aql.contract.contract import Contract
from aql.inspection.inspection import Inspection
from aql.types import AqlColumn, Level

__all__ = ["WorkedLookup", "example_file", "orange_juice", "tablet_order", "worked_lookups"]


@dataclass(frozen=True, slots=True)
class WorkedLookup:
    """A published lookup with its result.

    Attributes
    ----------
    lot_size : int
        Lot size. [items]
    level, aql : str
        Level and AQL column; the AQL is "" if the source gives only a letter.
    letter, plan_letter : str
        Code letter of the lot and letter of the plan, or "" if the source does not state it.
    n, ac, re : int or None
        The published plan; None if the source does not state it.
    practice : bool
        Whether the source applies trade practice ("not allowed"), which is not in any table.
    source : str
        Who published it.
    """

    lot_size: int
    level: Level
    aql: str
    letter: str
    plan_letter: str
    n: int | None
    ac: int | None
    re: int | None
    practice: bool
    source: str


def example_file(name: str) -> Path:
    """Return the path of an example file, such as ``"tablet_order/contract.toml"``.

    Examples
    --------
    >>> example_file("tablet_order/contract.toml").is_file()
    True
    """
    return Path(__file__).parent / name


def tablet_order() -> tuple[Contract, Inspection]:
    """Return the contract for an order of 3000 tablets, and the inspection of 125 of them.

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
    """Return 54 real samples of 50 cans of orange juice, each treated as the sample of a lot of 500 cans.

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
    for row in _rows("orange_juice/samples.csv"):
        header = {
            "contract": contract.order.id,
            "lot": {"id": row["sample"], "size": 500},
            "inspection": {"inspected": int(row["size"]), "remarks": [row["phase"]]},
        }
        found = [{"term": "leak", "count": int(row["nonconforming"])}]
        inspections.append(Inspection.load(header, findings=found))
    return contract, tuple(inspections)


def worked_lookups() -> tuple[WorkedLookup, ...]:
    """Return published lookups with their sources.

    Examples
    --------
    >>> found = worked_lookups()[0]
    >>> found.lot_size, found.aql, found.n, found.source
    (20000, '0.010', 1250, 'ASQ, Ask the Experts, Z1.4')
    """
    return tuple(
        WorkedLookup(
            lot_size=int(row["lot_size"]),
            level=cast(Level, row["level"]),
            aql=row["aql"],
            letter=row["letter"],
            plan_letter=row["plan_letter"],
            n=_number(row["n"]),
            ac=_number(row["ac"]),
            re=_number(row["re"]),
            practice=row["practice"] == "yes",
            source=row["source"],
        )
        for row in _rows("worked_lookups.csv")
    )


def _number(text: str) -> int | None:
    return int(text) if text else None


def _rows(name: str) -> list[dict[str, str]]:
    lines = example_file(name).read_text("utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))
