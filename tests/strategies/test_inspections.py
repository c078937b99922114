"""Inspections and their verdicts: the log leads to the requested decision under every contract."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import aql
from aql.display.note_sentences import verdict_notes
from aql.plans.plan import MultiplePlan, SinglePlan
from aql.strategies import contracts, flawed_contracts, inspections, plans, verdicts
from aql.strategies._internal.inspections import inspected_contracts
from aql.strategies._internal.lot_term_answers import lot_term_answers
from aql.strategies._internal.stated_plans import stated
from aql.types import DECISIONS, Decision
from tests.oracles.naive_scoring import Line, Plan, Row, naive_score
from tests.profiles import examples
from tests.scoring.builders import cls, lot_term, measured, term
from tests.scoring.builders import contract as agreed
from tests.strategies.reaching import reached, simplest

AnyPlan = SinglePlan | MultiplePlan


@given(data=st.data())
@pytest.mark.parametrize("decision", DECISIONS)
def test_the_log_leads_to_the_decision(decision: Decision, data: st.DataObject) -> None:
    found = data.draw(verdicts(decision=decision))
    assert found.decision == decision


@examples(150)
@given(contract=contracts(), data=st.data())
def test_any_contract_gets_an_inspection_that_can_be_scored(
    contract: aql.Contract, data: st.DataObject
) -> None:
    decision: Decision | None = data.draw(st.sampled_from([None, "accept", "reject", "hold"]))
    inspection = data.draw(inspections(contract, decision=decision))
    assert decision in {None, aql.score(contract, inspection).decision}


@pytest.mark.parametrize("example", ["tablet_order", "orange_juice"])
@pytest.mark.parametrize("decision", ["accept", "reject", "hold"])
def test_the_shipped_contracts_can_end_either_way(example: str, decision: Decision) -> None:
    contract: Any = getattr(aql.examples, example)()[0]
    strategy = inspections(contract, decision=decision, lot_size=600)
    (seen,) = reached(strategy, lambda one: aql.score(contract, one).decision, draws=10)
    assert set(seen) == {decision}


@st.composite
def seen_by_eye(draw: st.DrawFn) -> tuple[aql.Contract, list[AnyPlan]]:
    """Classes with any stated plans, and a defect found by eye in each; nothing else is agreed."""
    mine = draw(st.lists(plans(max_stages=4, max_n=12, max_step=2), min_size=1, max_size=3))
    classes = [cls(f"c{place}", plan=stated(plan)) for place, plan in enumerate(mine)]
    terms = [term(f"t{place}", f"c{place}") for place in range(len(mine))]
    counting = draw(st.sampled_from(["items", "nonconformities"]))
    return agreed(classes, terms, counting=counting), mine


@examples(300)
@given(case=seen_by_eye(), data=st.data())
def test_a_second_way_to_score_comes_to_the_decision_too(
    case: tuple[aql.Contract, list[AnyPlan]], data: st.DataObject
) -> None:
    """`naive_score` shares no code with the library; it takes one number inspected and no counts without items."""
    contract, mine = case
    inspection = data.draw(inspections(contract, lot_size=data.draw(st.integers(2, 60))))
    said = inspection.header.inspection.inspected
    if not isinstance(said, int) or any(row.item is None for row in inspection.rows):
        return
    lines = [
        Line(f"c{place}", Plan(*zip(*((one.n, one.ac, one.re) for one in plan.stages), strict=True)), True)
        for place, plan in enumerate(mine)
    ]
    rows = [Row(row.item or 0, row.class_ or f"c{row.term[1:]}", row.count or 1) for row in inspection.rows]
    by_items = contract.inspection.counting == "items"
    expected, _ = naive_score(
        lines, rows, lot_size=inspection.header.lot.size, inspected=said, by_items=by_items
    )
    assert aql.score(contract, inspection).decision == expected


@pytest.mark.parametrize("lot_size", [2, 3, 700])
@pytest.mark.parametrize("decision", DECISIONS)
def test_a_lot_size_is_kept(decision: Decision, lot_size: int) -> None:
    strategy = inspections(decision=decision, lot_size=lot_size)
    (seen,) = reached(strategy, lambda one: one.header.lot.size, draws=20)
    assert set(seen) == {lot_size}


@pytest.mark.exhaustive
def test_every_decision_table_and_form_is_reached_in_30_tests_of_10_draws() -> None:
    def table(verdict: aql.Verdict) -> Any:
        return next(((one.lookup.standard, one.lookup.severity) for one in verdict.lines if one.lookup), None)

    def forms(case: tuple[aql.Contract, aql.Inspection]) -> tuple[Any, ...]:
        inspection, verdict = case[1], aql.score(*case)
        return (
            verdict.decision,
            verdict.counting,
            table(verdict),
            max(len(one.lot_plan.stages) for one in verdict.lines),
            inspection.header.findings.decimal,
            any(row.item is None and row.count is not None for row in inspection.rows),
            bool(verdict.outside),
            any(one.missing for one in verdict.lines),
            any(one.reinstates_normal for one in verdict.lines),
            verdict.unlisted > 0,
        )

    (seen,) = reached(inspected_contracts(), forms, draws=10, tests=30)
    decisions, countings, tables, stages, commas, *others = map(set, zip(*seen, strict=True))
    assert decisions == set(DECISIONS)
    assert countings == {"items", "nonconformities"}
    standards = [one for one in aql.STANDARDS if one != "ISO 2859-1:2026"]
    assert {(one, severity) for one in standards for severity in ("normal", "tightened", "reduced")} <= tables
    assert {1, 2, 7} <= stages
    assert commas == {".", ","}
    assert others == [{True, False}] * 5


@given(found=verdicts())
def test_a_verdict_survives_json(found: aql.Verdict) -> None:
    assert aql.Verdict.from_json(found.to_json()) == found


@given(inspection=inspections())
def test_the_header_survives_its_document(inspection: aql.Inspection) -> None:
    assert aql.Inspection.from_dict(inspection.to_dict()) == inspection


def test_every_form_of_a_log_is_reached_and_leads_to_the_decision() -> None:
    contract = agreed(
        cls(aql=2.5), [term("dent"), measured("width", min="1.5"), term("switch", measure={"answer": "yes"})]
    )

    def forms(inspection: aql.Inspection) -> frozenset[str]:
        assert aql.score(contract, inspection).decision == "reject"
        how, lot = inspection.header.findings, inspection.header.lot
        said = {
            "wide": how.wide,
            "columns": bool(how.columns),
            "lots": len(how.lots) == 2,
            "answers": how.answers is not None and any(row.value == "Fit" for row in inspection.rows),
            "commas": how.decimal == ",",
            "names": bool(inspection.header.inspection.items),
            "stage": any(row.stage for row in inspection.rows),
            "sku": bool(lot.skus) and any(row.sku and row.carton and row.photo for row in inspection.rows),
        }
        return frozenset(name for name, is_so in said.items() if is_so)

    (seen,) = reached(inspections(contract, decision="reject"), forms, draws=15, tests=8)
    assert set().union(*seen) == {"wide", "columns", "lots", "answers", "commas", "names", "stage", "sku"}


RICH = aql.Contract.from_dict(
    agreed(
        [cls("major", plan={"n": 5, "ac": 1}), cls("minor", plan={"n": 8, "ac": 2})],
        [
            term("dent"),
            term("scratch", "minor", not_applicable=True),
            measured("net", "minor", unit="g", min="200", not_applicable=True),
            measured("least", unit="g", min="190", reading_of="net"),
            term("drop", measure={"answer": "yes"}, of="cartons", sample=2, ac=1),
        ],
    ).to_dict()
    | {"limits": [{"name": "total", "of": ["major", "minor"], "plan": {"n": 10, "ac": 1}}]}
)
"""A limit, cartons, a reading that two terms judge, and what may not apply."""


@pytest.mark.parametrize("decision", [None, "accept", "reject", "hold"])
def test_limits_cartons_and_shared_readings_lead_to_every_decision(decision: Decision | None) -> None:
    def forms(inspection: aql.Inspection) -> set[str]:
        found = aql.score(RICH, inspection)
        assert decision in {None, found.decision}
        alone = {one.name for one in found.lines if one.decision == "reject"}
        return {
            *(f"only {name} rejects" for name in alone if len(alone) == 1),
            *(f"not met: {one.term}" for one in found.breaches),
            *(["N/A"] if any(row.value == "N/A" for row in inspection.rows) else []),
            *(["many cartons"] if (inspection.header.lot.cartons or 0) > 2 else []),
        }

    tests, draws = (6, 20) if decision is None else (1, 15)
    (seen,) = reached(
        inspections(RICH, decision=decision), lambda one: frozenset(forms(one)), draws=draws, tests=tests
    )
    if decision is None:
        assert {
            *("only total rejects", "only drop rejects", "not met: dent", "not met: net", "not met: least"),
            *("not met: drop", "N/A", "many cartons"),
        } <= set().union(*seen)
    assert simplest(inspections(RICH, decision=decision)).header.lot.size == 2


def test_a_further_sample_is_not_drawn_beside_limits() -> None:
    with pytest.raises(aql.DomainError, match="only the other decisions are drawn"):
        simplest(inspections(RICH, decision="continue"))


def test_it_shrinks_to_a_lot_of_two_with_nothing_found() -> None:
    contract = agreed(cls(aql=2.5), [term("dent")])
    quiet = simplest(inspections(contract))
    assert (quiet.header.lot.size, quiet.rows) == (2, ())
    rejected = simplest(inspections(contract, decision="reject"))
    assert rejected.header.lot.size == 2
    assert [(row.item, row.term) for row in rejected.rows] == [(1, "dent")]
    held = simplest(inspections(contract, decision="hold"))
    assert (held.header.inspection.inspected, held.rows) == (0, ())


@pytest.mark.parametrize("decision", [None, "accept", "reject", "hold"])
def test_a_contract_of_many_terms_shrinks_to_a_lot_of_two(decision: Any) -> None:
    contract = aql.examples.tablet_order()[0]
    assert simplest(inspections(contract, decision=decision)).header.lot.size == 2


@pytest.mark.parametrize(
    "term", ["battery-capacity", pytest.param("carton-drop", marks=pytest.mark.exhaustive)]
)
def test_the_breach_of_one_term_of_many_shrinks_to_a_small_lot(term: str) -> None:
    contract = aql.examples.tablet_order()[0]

    def breaches(inspection: aql.Inspection) -> bool:
        return any(one.term == term for one in aql.score(contract, inspection).breaches)

    assert simplest(inspections(contract, decision="reject"), breaches).header.lot.size <= 20


def test_the_smallest_verdict_has_nothing_to_note() -> None:
    found = simplest(verdicts())
    assert list(verdict_notes(found)) == []
    assert [one.status for one in found.lot_terms] == ["met"]


@pytest.mark.parametrize(
    ("contract", "asked", "message"),
    [
        (
            agreed(cls(aql=2.5)),
            {"decision": "continue", "lot_size": 100},
            (
                'no log of this contract on a lot of 100 leads to "continue": this requires a plan of several stages '
                "whose first sample is smaller than the lot, and lot terms that can be met."
            ),
        ),
        (
            agreed(cls(aql=2.5)),
            {"decision": "continue"},
            (
                'no log of this contract on a lot of any size leads to "continue": this requires a plan of several '
                "stages whose first sample is smaller than the lot, and lot terms that can be met."
            ),
        ),
        (
            agreed(cls(plan={"n": 2, "ac": 2})),
            {"decision": "reject"},
            (
                'no log of this contract on a lot of any size leads to "reject": '
                "no count can reach a rejection number."
            ),
        ),
        (
            agreed(
                cls(aql=2.5),
                [lot_term("made", "quantity", measure={"unit": "items", "min": "0.2", "max": "0.8"})],
            ),
            {"decision": "accept"},
            ('no log of this contract on a lot of any size leads to "accept": a lot term can never be met.'),
        ),
    ],
    ids=["lot without stages", "no stages", "accepts everything", "never met"],
)
def test_a_decision_that_nothing_leads_to_is_refused(
    contract: aql.Contract, asked: Any, message: str
) -> None:
    with pytest.raises(aql.DomainError) as raised:
        simplest(inspections(contract, **asked))
    assert str(raised.value) == message


def test_a_contract_with_an_error_is_refused() -> None:
    flawed = simplest(flawed_contracts("no-classes"))
    with pytest.raises(
        aql.DomainError, match=r"contract must have no errors, got one at classes: The contract has no class"
    ):
        inspections(flawed.contract)


@pytest.mark.parametrize("strategy", [inspections, verdicts])
def test_a_decision_that_is_not_known_is_refused(strategy: Any) -> None:
    with pytest.raises(
        aql.DomainError, match=r"decision must be .*, got 'rejected'\. Did you mean \"reject\"\?"
    ):
        strategy(decision="rejected")


def test_quantities_are_drawn_at_each_limit_and_next_to_it_but_not_below_0() -> None:
    """One item is ordered, of which all must be produced and packed."""
    order = {"id": "PO-1", "quantity": 1, "shipment_date": "2026-12-15"}
    contract = aql.Contract.load(
        agreed(cls(plan={"n": 1, "ac": 0}), [lot_term("made", "quantity")], packed_share=1.0).to_dict()
        | {"order": order}
    )
    quantities = lot_term_answers(contract)[0]
    assert {
        decision: {(one.lot.get("produced"), one.lot.get("packed")) for one in answers}
        for decision, answers in quantities.items()
    } == {
        "accept": {(1, 1), (2, 1)},
        "hold": {(None, None), (None, 1), (1, None), (2, None)},
        "reject": {(0, None), (0, 0), (1, 0), (2, 0), (None, 0)},
    }


def test_a_lot_of_one_item_can_be_asked_for() -> None:
    assert simplest(inspections(lot_size=1)).header.lot.size == 1
    with pytest.raises(aql.DomainError, match=r"lot_size must be a whole number, 1 or more, got 0\."):
        inspections(lot_size=0)
