"""Draws the sample of a contract from a lot: which cartons to open, and which items to take."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import zip_longest

from aql.checks import choice
from aql.contract.check import check
from aql.contract.contract import Contract
from aql.errors import AqlError, DocumentError, DomainError
from aql.inspection.commitments import checked_nonce
from aql.inspection.drawing import draw_cartons, draw_items
from aql.inspection.header import InspectionHeader
from aql.inspection.lot import Lot
from aql.inspection.packing import packing_of
from aql.inspection.seeded_stream import Seed, checked_seed
from aql.scoring.decision_line import Line, SeverityOf, decision_lines
from aql.scoring.drawing import Drawing, LineSample
from aql.scoring.sku_protection import sku_protections
from aql.types import DRAWN_BY, DrawnBy
from aql.words import short_repr

__all__ = ["draw", "drawn_as_stated"]


def draw(
    contract: Contract,
    lot: Lot | InspectionHeader | Mapping[str, object],
    *,
    seed: int,
    by: DrawnBy | None = None,
    nonce: str | None = None,
) -> Drawing:
    """Draw the sample of a contract from a lot.

    Parameters
    ----------
    contract : Contract
        What was agreed; ``[inspection] cartons`` says how many cartons are opened.
    lot : Lot, InspectionHeader or mapping
        The lot with its cartons, ``[[lot.carton]]``; the values of its ``[lot]`` table; or the header of the inspection,
        whose severities then apply.
    seed : int
        The seed, 0 to 2**128 - 1. The same seed, order and lot give the same drawing on every machine.
    by : "cartons" or "items", optional
        Open cartons by the rule of the contract and spread the items evenly over them; or draw from all items alike.
        Defaults to ``"cartons"`` if the lot lists its cartons.
    nonce : str, optional
        The nonce of the commitment to the seed, to record it; see `aql.inspection.commitment`.

    Returns
    -------
    Drawing
        The items and cartons of all stages.

    Raises
    ------
    DocumentError
        If the lot is invalid, or the check of the contract finds an error.
    DomainError
        If the seed is not a whole number, the nonce has another form, or the lot does not list what is needed.
    AqlError
        If the header is that of another order.

    Notes
    -----
    The sample is as large as that of the line that needs the most items; a line with a smaller sample takes the items
    with the first numbers, which are a random part of it. The numbers are in random order within each stage. An item of
    a further stage is never one that was drawn before.

    Examples
    --------
    >>> contract = Contract.load({"order": {"id": "PO-1"}, "classes": [{"name": "major", "aql": 2.5}]})
    >>> lot = {"id": "L1", "size": 480, "carton": [{"numbers": "1-40", "units": 12}]}
    >>> draw(contract, lot, seed=20260117).open_cartons()
    (5, 9, 12, 16, 22, 26, 38)
    """
    number = checked_seed(seed)
    digits = None if nonce is None else checked_nonce(nonce)
    found, severity_of = _lot(contract, lot)
    errors = check(contract).errors
    if errors:
        raise DocumentError("the contract", [error.as_problem() for error in errors])
    method = choice(by, "by", DRAWN_BY) if by is not None else ("cartons" if found.carton else "items")
    if method == "cartons" and not found.carton:
        raise DomainError(
            "the lot must list its cartons to draw by cartons",
            todo='Add [[lot.carton]], or pass by="items"',
            code="missing-value",
        )
    lines = decision_lines(contract, found.size, cartons=found.carton_count, severity_of=severity_of)
    own = Seed(number, contract.order.id, found.id)
    rule = contract.inspection.cartons
    items = draw_items(
        found, _totals(line for line in lines if line.cartons is None), own, by=method, rule=rule
    )
    cartons = draw_cartons(found, _totals(line for line in lines if line.cartons is not None), own)
    quantities = [(sku, packing.items) for sku, packing in packing_of(found).items()]
    protection = (
        sku_protections(contract, lines, items, quantities, severity_of=severity_of)
        if len(quantities) > 1
        else ()
    )
    samples = tuple(
        LineSample(line.name, "items" if line.cartons is None else "cartons", _stage_totals(line))
        for line in lines
    )
    return Drawing(
        contract.order.id,
        found,
        number,
        method,
        rule,
        samples,
        items,
        cartons,
        protection,
        nonce=digits,
    )


def drawn_as_stated(contract: Contract, header: InspectionHeader) -> Drawing | None:
    """Return the drawing that a header states, drawn again from its seed; None if it states none.

    Raises
    ------
    AqlError
        If it cannot be drawn from the lot, or what was replaced was not drawn.

    Examples
    --------
    >>> contract = Contract.load({"order": {"id": "PO-1"}, "classes": [{"name": "major", "aql": 2.5}]})
    >>> stated = {
    ...     "contract": "PO-1",
    ...     "lot": {"id": "L1", "size": 480},
    ...     "inspection": {"drawing": {"seed": 7}},
    ... }
    >>> drawn_as_stated(contract, InspectionHeader.from_dict(stated))
    <Drawing PO-1 L1: 50 items, seed 7>
    """
    stated = header.inspection.drawing
    if stated is None:
        return None
    drawing = draw(contract, header, seed=stated.seed, by=stated.by, nonce=stated.nonce)
    for one in stated.replaced:
        if one.item is not None:
            drawing = drawing.replace(one.item, reason=one.reason)
        elif one.carton is not None:
            drawing = drawing.replace_carton(one.carton, reason=one.reason)
    return drawing


def _lot(contract: Contract, given: object) -> tuple[Lot, SeverityOf | None]:
    """The lot, and the severities of the header if one is given."""
    if isinstance(given, InspectionHeader):
        if given.contract != contract.order.id:
            raise AqlError(
                f"the header must be of order {contract.order.id!r}, got {given.contract!r}",
                code="other-order",
            )
        return given.lot, given.inspection.severity_for
    if isinstance(given, Lot):
        return given, None
    if isinstance(given, Mapping):
        return Lot.from_dict(given, source="the lot"), None
    raise DomainError(
        f"lot must be a Lot, an InspectionHeader or the values of [lot], got {short_repr(given)}", value=given
    )


def _stage_totals(line: Line) -> tuple[int, ...]:
    return tuple(stage.total for stage in line.lot_plan.stages)


def _totals(lines: Iterable[Line]) -> list[int]:
    """The items drawn up to each stage: as many as the line that needs the most."""
    found: list[int] = []
    for totals in zip_longest(*map(_stage_totals, lines), fillvalue=0):
        found.append(max((*totals, *found[-1:])))
    return found
