"""The strategy of every value of the library, by its class: what ``st.from_type`` gives."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from operator import attrgetter
from typing import Any, Literal

import numpy as np
from hypothesis import strategies as st

from aql import tables
from aql.contract.check import check
from aql.contract.contract import Contract, Cover, InspectionClause, Order
from aql.contract.findings import Finding, Findings
from aql.contract.measures import Allowed, Answer, Colour, Equals, Judgement, Measured
from aql.contract.terms import Class, PlanSpec, Reference, Term
from aql.inspection.header import FindingsSource, InspectionHeader, Lot, Photo, Sku, Visit
from aql.inspection.inspection import Inspection
from aql.inspection.log import LogRow
from aql.plans.confidence_bounds import LotBound, lot_quality_bound
from aql.plans.plan import FractionalPlan, MultiplePlan, SinglePlan, Stage
from aql.scoring.breaches import Breach
from aql.scoring.defects import Count, Defect
from aql.scoring.line_result import LineResult, MissingReadings
from aql.scoring.lot_terms import LotTermResult
from aql.scoring.readings import LogNote, Reading, TermReadings
from aql.scoring.verdict import Evidence, Verdict
from aql.standards.arguments import SEVERITIES
from aql.standards.editions import DEFAULT_STANDARD, edition
from aql.standards.iso2859_1.arrows import Cell
from aql.standards.iso2859_1.lookup import FractionalLookup, Lookup, lookup
from aql.standards.iso2859_1.lookup_many import ManyLookups, lookup_many
from aql.strategies.agreements import contracts, covers, orders
from aql.strategies.flaws import Flawed, flawed_contracts
from aql.strategies.readings import conforming, nonconforming
from aql.strategies.sampling_plans import multiple_plans, plans, single_plans
from aql.strategies.simulation import SimulatedLot, lots
from aql.strategies.tables import aqls, columns_of, lookups, lot_sizes
from aql.strategies.terms import KINDS_OF_MEASURE, measures, names, stated_plans
from aql.strategies.visits import inspections, verdicts
from aql.tables import Provenance

__all__ = ["strategy_of"]

Strategy = st.SearchStrategy[Any]


@cache
def strategy_of(value: type) -> Strategy:
    """Return the strategy of a class of the library.

    Parameters
    ----------
    value : type
        One of those in `aql.strategies.hook.VALUES`.

    Returns
    -------
    SearchStrategy
        Values of that class as the library makes them; parts come from whole contracts, logs and verdicts.

    Examples
    --------
    >>> from hypothesis import find
    >>> find(strategy_of(SinglePlan), lambda plan: True)
    SinglePlan(n=1, ac=0)
    """
    return _WHOLE[value]() if value in _WHOLE else _PARTS[value]()


_WHOLE: dict[type, Callable[[], Strategy]] = {
    SinglePlan: single_plans,
    MultiplePlan: multiple_plans,
    Lookup: lookups,
    Contract: contracts,
    Inspection: inspections,
    Verdict: verdicts,
    Flawed: flawed_contracts,
    SimulatedLot: lambda: st.floats(0, 1).flatmap(lots),
    # A check finds nothing, one thing, or much.
    Findings: lambda: (
        st.just(Findings())
        | st.lists(_flaws(), max_size=3).map(lambda many: Findings(f for one in many for f in one))
    ),
}


def _flaws() -> Strategy:
    return flawed_contracts().map(lambda flawed: check(flawed.contract))


def _part(whole: Callable[[], Strategy], parts: Callable[[Any], Iterable[Any]]) -> Callable[[], Strategy]:
    """One of the parts of a whole that has some."""
    return lambda: whole().map(lambda value: tuple(parts(value))).filter(bool).flatmap(st.sampled_from)


def _measures(kind: type[Any]) -> Callable[[], Strategy]:
    """Measures of one kind."""
    return lambda: measures(KINDS_OF_MEASURE[kind.__name__]).map(kind.from_dict)


def _rejected() -> Strategy:
    return verdicts(decision="reject")


def _judgements() -> Strategy:
    def judged(term: Term) -> Iterable[Judgement]:
        return map(term.judged, (*conforming(term), *nonconforming(term)))

    return _part(
        contracts, lambda contract: (one for term in contract.terms if term.is_read for one in judged(term))
    )()


_SIDES: st.SearchStrategy[Literal["upper", "lower", "two-sided"]] = st.sampled_from(
    ("upper", "lower", "two-sided")
)


@st.composite
def _bounds(draw: st.DrawFn) -> LotBound:
    size = draw(lot_sizes(max_size=500))
    n = draw(st.integers(1, size))
    return lot_quality_bound(draw(st.integers(0, n)), n, size, confidence=0.95, side=draw(_SIDES))


@st.composite
def _many_lookups(draw: st.DrawFn) -> ManyLookups:
    sizes = np.array(draw(st.lists(lot_sizes(), min_size=1, max_size=5)))
    return lookup_many(sizes, aql=draw(aqls()), severity=draw(st.sampled_from(SEVERITIES)))


@cache
def _fractional() -> Strategy:
    """Lookups that end in a plan with a fractional acceptance number, by letter."""
    cells = (
        lookup(letter=letter, aql=column, severity=severity, fractional=True)
        for severity in SEVERITIES
        for letter in tables.master_table(edition(DEFAULT_STANDARD).folder, "single_normal").letters
        for column in columns_of(DEFAULT_STANDARD)
    )
    return st.sampled_from([found for found in cells if isinstance(found, FractionalLookup)])


_items = st.sets(st.integers(1, 500), min_size=1, max_size=5).map(lambda items: tuple(sorted(items)))


@st.composite
def _lots_with_skus(draw: st.DrawFn) -> Lot:
    skus = draw(st.lists(strategy_of(Sku), max_size=3, unique_by=attrgetter("sku")))
    size = sum(sku.quantity for sku in skus) if skus else draw(lot_sizes())
    produced = draw(st.none() | st.integers(0, size))
    packed = draw(st.none() | st.integers(0, size if produced is None else produced))
    cartons = draw(st.none() | st.integers(0, size))
    return Lot(id=draw(names), size=size, produced=produced, packed=packed, cartons=cartons, skus=tuple(skus))


_PARTS: dict[type, Callable[[], Strategy]] = {
    Stage: _part(plans, attrgetter("stages")),
    FractionalLookup: _fractional,
    FractionalPlan: lambda: _fractional().map(attrgetter("plan")),
    Cell: _part(lookups, attrgetter("trace")),
    Provenance: lambda: lookups().map(attrgetter("provenance")),
    ManyLookups: _many_lookups,
    LotBound: _bounds,
    Order: lambda: contracts().map(attrgetter("order")),
    Cover: lambda: orders().flatmap(covers).map(Cover.from_dict),
    InspectionClause: lambda: contracts().map(attrgetter("inspection")),
    Class: _part(contracts, attrgetter("classes")),
    Term: _part(contracts, attrgetter("terms")),
    PlanSpec: lambda: stated_plans().map(PlanSpec.from_dict),
    Reference: lambda: st.builds(
        Reference, file=st.just("reference.png"), sha256=st.text("0123456789abcdef", min_size=64, max_size=64)
    ),
    Measured: _measures(Measured),
    Colour: _measures(Colour),
    Allowed: _measures(Allowed),
    Equals: _measures(Equals),
    Answer: _measures(Answer),
    Judgement: _judgements,
    Finding: _part(_flaws, tuple),
    InspectionHeader: lambda: inspections().map(attrgetter("header")),
    Lot: _lots_with_skus,
    Sku: lambda: st.builds(Sku, sku=names, quantity=st.integers(1, 10_000)),
    Visit: lambda: inspections().map(attrgetter("header.inspection")),
    Photo: lambda: st.builds(Photo, file=st.just("p1.jpg"), item=st.none() | st.integers(1, 500)),
    FindingsSource: lambda: st.builds(
        FindingsSource,
        file=st.just(("findings.csv",)),
        delimiter=st.sampled_from(",;\t"),
        decimal=st.sampled_from([".", ","]),
    ),
    LogRow: _part(lambda: inspections(decision="reject"), attrgetter("rows")),
    LineResult: _part(verdicts, attrgetter("lines")),
    LotTermResult: _part(verdicts, attrgetter("lot_terms")),
    Breach: _part(_rejected, attrgetter("breaches")),
    Defect: _part(_rejected, attrgetter("defects")),
    Count: lambda: st.builds(Count, names, st.just("") | names, st.integers(0, 500)),
    TermReadings: _part(verdicts, attrgetter("readings")),
    Reading: _part(verdicts, lambda verdict: (one for term in verdict.readings for one in term.readings)),
    LogNote: lambda: st.builds(LogNote, names, st.none() | st.integers(1, 500), names),
    MissingReadings: lambda: st.builds(MissingReadings, names, _items),
    Evidence: lambda: verdicts().map(attrgetter("evidence")),
}
