"""The frames of one contract, with the plans of the lots and what the rows of the log mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import narwhals.stable.v2 as nw

from aql.checks import nearest
from aql.contract.check import check
from aql.contract.contract import Contract
from aql.errors import DocumentError, DomainError, LogError, Problem
from aql.scoring.bulk.engines import Frame, distinct_rows
from aql.scoring.bulk.given import GivenFindings, GivenLots
from aql.scoring.bulk.lot_sums import Sums, lot_sums, row_sums
from aql.scoring.bulk.lots_with_plans import LotsWithPlans, lots_with_plans
from aql.scoring.bulk.observed_rows import ObservedRows, observed_rows
from aql.scoring.bulk.suspect_lots import check_sums
from aql.words import listed, short_repr

__all__ = ["Judged", "by_contract", "judged"]


@dataclass(frozen=True, slots=True)
class Judged:
    """The lots of one contract and their log, as given, with their plans, what the rows mean, and their sums by lot."""

    given: GivenLots
    log: GivenFindings
    lots: LotsWithPlans
    rows: ObservedRows
    sums: Sums
    summed: Frame


def judged(contract: Contract, given: GivenLots, log: GivenFindings, *, validate: bool) -> Judged:
    """Return the frames of many lots as judged: with the plans of the lots and what the rows of the log mean.

    With `validate`, the sums by lot are computed here, with those that tell which lots are suspect.

    Raises
    ------
    DocumentError
        If the check of the contract finds an error.
    """
    errors = check(contract).errors
    if errors:
        raise DocumentError("the contract", [error.as_problem() for error in errors])
    lots = lots_with_plans(contract, given)
    rows = observed_rows(log, lots)
    sums = row_sums(lots, rows)
    checks = check_sums(log, lots, rows) if validate else {}
    summed = lot_sums(lots, rows, {**sums, **checks}, every_row=validate)
    summed = given.engine.kept(summed) if validate else summed
    return Judged(given, log, lots, rows, sums, summed)


def by_contract(
    contract: Contract | Mapping[str, Contract], given: GivenLots, log: GivenFindings
) -> Iterator[tuple[Contract, GivenLots, GivenFindings]]:
    """Yield each contract with its lots and their log, to be judged.

    Raises
    ------
    DomainError
        If `contract` is neither a contract nor a mapping of contracts.
    LogError
        If the column ``contract`` is missing, or has a key that the mapping does not have.
    """
    if isinstance(contract, Contract):
        yield contract, given, log
        return
    given_as: object = contract
    if not isinstance(given_as, Mapping) or not all(isinstance(one, Contract) for one in given_as.values()):
        raise DomainError(
            f"contract must be an aql.Contract, or a mapping of keys to them, got {short_repr(contract)}",
            value=contract,
        )
    _check_keys(contract, given)
    texts = tuple(name for name in given.texts if name != "contract")
    for key, one in contract.items():
        frame = given.frame.filter(nw.col("contract") == key).drop("contract")
        raw = given.raw.filter(nw.col("contract") == key).drop("contract")
        chosen = distinct_rows(frame, "lot")
        mine = replace(
            log,
            frame=log.frame.join(chosen, on="lot", how="semi"),
            raw=log.raw.join(chosen, on="lot", how="semi"),
        )
        yield one, replace(given, frame=frame, raw=raw, texts=texts), mine


def _check_keys(contracts: Mapping[str, Contract], given: GivenLots) -> None:
    """Raise if lots name other contracts than those of the mapping."""
    if "contract" not in given.texts:
        problem = Problem("lots", "there is no column contract", code="no-column", column="contract")
        raise LogError("the frame of lots", [problem])
    keys = distinct_rows(given.frame, "contract").collect().get_column("contract").to_list()
    problems = []
    for key in sorted(set(keys) - set(contracts)):
        close = nearest(key, contracts)
        hint = f". Did you mean {close!r}?" if close else ""
        message = (
            f"must be a key of the contracts, {listed(map(repr, contracts), last='or')}, got {key!r}{hint}"
        )
        place = "lots, column contract"
        problems.append(Problem(place, message, code="unknown-name", column="contract", nearest=close))
    if problems:
        raise LogError("the frame of lots", problems)
