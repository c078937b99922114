"""Values of every kind that is shown, for the file of what people see; run as a module, it writes that file again.

python -m tests.display.shown_values
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import aql
from aql import Contract, MultiplePlan, Scheme, SinglePlan, markup
from aql.assurance import claim_draft, worth_opening
from aql.display import _HTML, _WORDS
from aql.plans import posterior
from aql.scheme import SkipLot, SkipStage
from tests.assurance.test_cases import CASES, assessed
from tests.report.cases import CASES as REPORTED
from tests.scoring.builders import (
    ORDER,
    cls,
    contract,
    counted,
    measured,
    readings,
    seen,
    single,
    staged,
    term,
    verdict,
)

LIMITED: dict[str, Any] = {
    "order": {"id": ORDER, "quantity": 1000},
    "classes": [cls("major", plan=single(8, 1))],
    "terms": [term("dent")],
}
GOLDEN = Path(__file__).parents[1] / "golden"
SHOWN = GOLDEN / "shown.txt"


def lookups() -> Iterator[object]:
    for how in (
        {"lot_size": 1200, "aql": 2.5},
        {"lot_size": 1, "aql": 2.5},
        {"lot_size": 1200, "aql": 0},
        {"lot_size": 5, "aql": 1.0},
        {"lot_size": 60, "aql": 6.5, "sampling": "multiple", "level": "III"},
        {"letter": "G", "aql": 15},
        {"letter": "G", "aql": 10, "severity": "reduced"},
        {"letter": "J", "aql": 1.5, "severity": "reduced", "standard": "MIL-STD-105E"},
        {"letter": "H", "aql": 0.4, "fractional": True},
        {"letter": "B", "aql": 6.5, "sampling": "double"},
        {"letter": "Q", "aql": 0.01, "sampling": "multiple"},
        {"lot_size": 1200, "aql": 2.5, "standard": "GB/T 2828.1-2012"},
    ):
        yield aql.lookup(**how)
    yield aql.lookup_many([1, 5, 30, 1200, 1200], aql=[2.5, 1.0, 4.0, 0, 15])
    yield aql.lookup_many([30, 1200], aql=2.5)
    yield aql.lookup_many([], aql=2.5)
    yield aql.lookup_many(range(2, 30), aql=2.5)


def plans() -> Iterator[object]:
    plan = MultiplePlan(n=(50, 50), ac=(2, 6), re=(5, 7))
    yield from (
        SinglePlan(80, 5),
        SinglePlan(2, 3),
        SinglePlan(8, 1, 4),
        plan,
        aql.lookup(letter="H", aql=0.4, fractional=True).plan,
    )
    yield from (
        MultiplePlan(n=(5, 5, 5), ac=(None, 1, 2), re=(2, 3, 3)),
        posterior(5, 80, 1200),
        posterior(0, 125, 3000),
    )
    yield aql.lot_quality_bound(2, 80, 1200)


def schemes() -> Iterator[object]:
    kinds: list[dict[str, Any]] = [{}, {"standard": "MIL-STD-105E"}, {"sampling": "double"}]
    for how in kinds:
        scheme = Scheme.lookup(1200, aql=2.5, **how)
        state = scheme.start()
        yield from (scheme, state)
        for found in (0, 9, 9, *[0] * 16):
            step = scheme.step(state, found=found, steady=True, authority=True)
            yield from (step, step.state)
            state = step.state
    yield aql.skip_lot(SinglePlan(20, 1), f=0.25, i=4)
    stages = (
        SkipStage(name="tightened", accepted=5),
        SkipStage(name="normal", frequency=0.5, accepted=10, back="tightened"),
        SkipStage(name="skip", frequency=0.1, back="normal"),
    )
    yield SkipLot(SinglePlan(20, 1), stages)
    stopped = Scheme.lookup(1200, aql=2.5)
    yield stopped.run([9] * 7)


def verdicts() -> Iterator[object]:
    yield aql.score(*aql.examples.tablet_order())
    yield aql.Verdict.from_json((GOLDEN / "verdict_2_hold.json").read_text("utf-8"))
    agreed, inspections = aql.examples.orange_juice()
    yield agreed
    for one in inspections[:2]:
        yield one
        yield aql.score(agreed, one)
    double = Contract.load(
        {
            "order": {"id": ORDER, "quantity": 1000},
            "classes": [cls("major", plan=staged((5, 5), (0, 3), (3, 4))), cls("minor", plan=single(8, 1))],
            "terms": [term("dent"), measured("mass", unit="g", min="200", sample=2, ac=0)],
            "limits": [{"name": "all", "of": ["major", "minor"], "plan": single(6, 1)}],
        }
    )
    for rows, inspected in (
        ([*seen("dent", 2), *readings("mass", ["200", "199.9"])], 5),
        ([*seen("dent", 2, 3, 4, 5), *readings("mass", ["200"])], 10),
        (readings("mass", ["200.0", "201"]), 10),
    ):
        yield verdict(double, rows, size=500, inspected=inspected)

    yield Contract.load(LIMITED | {"classes": [cls("major", plan=staged((5, 5), ("#", 1), (2, 2)))]})
    for case in REPORTED.values():
        yield aql.score(*case())
    weighted = LIMITED | {
        "limits": [{"name": "all", "of": ["major"], "plan": single(6, 1), "weights": {"major": "0.5"}}]
    }
    cartons = LIMITED | {"terms": [term("drop", text="Carton drop", of="cartons", sample=3, ac=0)]}
    cases: list[tuple[dict[str, Any], Any, Any, dict[str, Any]]] = [
        (weighted, seen("dent", 1, 2), 8, {}),
        (LIMITED, counted(3, class_="major"), 20, {}),
        (LIMITED, counted(1, class_="major"), 20, {}),
        (LIMITED, counted(1, class_="major"), 5, {}),
        (LIMITED, counted(1, term="dent"), 9, {}),
        (LIMITED, seen("dent", 1, 2, 3, 4), None, {}),
        (LIMITED | {"classes": [cls("major", aql=0)]}, seen("dent", 200), 300, {}),
        (LIMITED | {"inspection": {"counting": "nonconformities"}}, counted(1, class_="major"), 20, {}),
        (cartons, seen("drop", 2), {"major": 8, "drop": 3}, {"cartons": 20}),
        (cartons, [], {"major": 8, "drop": 2}, {"cartons": 20}),
    ]
    for given, found, inspected_to, lot in cases:
        yield verdict(Contract.load(given), found, 500, inspected_to, **lot)


def claims() -> Iterator[object]:
    for case in CASES:
        yield assessed(case, case["expect"][0])
    agreed, inspection = aql.examples.tablet_order()
    claim = aql.assess_claim(agreed, aql.score(agreed, inspection), as_of=date(2026, 12, 11))
    yield claim
    yield claim.settlement("upheld", inspection_fee="300")
    yield claim.settlement("partly", method="share", share="0.1")
    yield claim_draft(claim)
    scored = aql.score(agreed, inspection)
    yield worth_opening(claim, scored, fee="600", refund="37350", upheld_if_rejected=0.5)
    yield worth_opening(claim, scored, fee="600", refund="37350")


def drawings() -> Iterator[object]:
    agreed, inspection = aql.examples.tablet_order()
    yield aql.draw(agreed, {"id": "L1", "size": 3000, "carton": [{"numbers": "1-150", "units": 20}]}, seed=7)
    yield aql.draw(agreed, {"id": "L1", "size": 3000}, seed=7)
    yield aql.check(agreed)
    yield aql.check(
        contract(
            [cls("major", aql=2.5)],
            [term("finish", text="Beautiful finish"), term("size", text="Size 20 cm")],
        )
    )
    yield inspection


def written() -> str:
    """Return the ``repr``, the words and the HTML of every value, a line for each element, each line once."""
    lines: list[str] = []
    for values in (lookups, plans, schemes, verdicts, claims, drawings):
        for value in values():
            homes = {base.__name__ for base in type(value).__mro__}
            lines.append(repr(value))
            if homes & set(_WORDS):
                lines += markup.in_words(value).splitlines()
            if homes & set(_HTML):
                lines += str(markup.as_html(value)).replace("><", ">\n<").splitlines()
    return "\n".join(dict.fromkeys(lines)) + "\n"


if __name__ == "__main__":
    SHOWN.write_text(written(), "utf-8")
