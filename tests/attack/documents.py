"""Attacks on documents: contracts, inspections, verdicts, claims and their rules, as values, text and files."""

import json
import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import aql
import aql.scheme
from aql.assurance import (
    ClaimDraft,
    ClaimFacts,
    Money,
    RuleSet,
    Settlement,
    Worth,
    claim_draft,
    load_rules,
    paying_costs,
    settle,
    worth_opening,
)
from aql.examples import example_file, tablet_claim, tablet_order
from aql.plans import LotBound, LotPosterior, ProcessBound, posterior, process_bound
from tests.attack.mutation import mutated, mutated_bytes, mutated_text

__all__ = ["ATTACKS"]

DAYS = (date(2026, 12, 20), date(1, 1, 1), date(9999, 12, 31))
RULES = Path(aql.__file__).parent / "assurance/rules"
TRADES = Path(__file__).parents[1] / "contract/trades/good"


@cache
def contracts() -> list[Any]:
    """Contracts of many trades, and the example."""
    files = [example_file("tablet_order/contract.toml"), *sorted(TRADES.glob("*.toml"))]
    return [json.loads(aql.Contract.load(file).to_json()) for file in files]


@cache
def header() -> Any:
    return json.loads(tablet_order()[1].header.to_json())


@cache
def verdict() -> aql.Verdict:
    return aql.score(*tablet_order())


@cache
def small_verdict() -> Any:
    """A verdict with a few of its defects and readings, so that a mutation hits every part."""
    agreed = aql.Contract.from_dict(contracts()[0])
    rows = [{"item": 2, "term": "battery-capacity", "value": "2900", "unit": "mAh"}]
    short = {key: value for key, value in header().items() if key != "findings"}
    short["inspection"] = {key: value for key, value in short["inspection"].items() if key != "photos"}
    return json.loads(aql.score(agreed, aql.Inspection.load(short, findings=rows)).to_json())


@cache
def agreed() -> aql.Contract:
    return tablet_order()[0]


@cache
def facts() -> ClaimFacts:
    return tablet_claim()


@cache
def claim() -> Any:
    return json.loads(tablet_claim().to_json())


@cache
def assessment() -> Any:
    agreed, _ = tablet_order()
    return json.loads(aql.assess_claim(agreed, verdict(), facts=tablet_claim(), as_of=DAYS[0]).to_json())


def used(agreed: aql.Contract) -> None:
    """What is done with a contract that loads."""
    aql.check(agreed)
    agreed.to_toml()
    agreed._repr_html_()
    try:
        found = aql.score(agreed, tablet_order()[1])
    except aql.AqlError:
        return
    found.explain()
    found._repr_html_()


def contract_values(random: Random, _: Path) -> None:
    used(aql.Contract.from_dict(mutated(random.choice(contracts()), random)))


def contract_toml(random: Random, _: Path) -> None:
    text = aql.Contract.from_dict(random.choice(contracts())).to_toml()
    used(aql.Contract.from_toml(mutated_text(text, random)))


def contract_json(random: Random, _: Path) -> None:
    used(aql.Contract.from_json(mutated_text(json.dumps(random.choice(contracts())), random)))


def contract_file(random: Random, folder: Path) -> None:
    kind = random.choice(("toml", "json"))
    agreed = aql.Contract.from_dict(random.choice(contracts()))
    text = agreed.to_toml() if kind == "toml" else agreed.to_json()
    file = folder / f"contract.{kind}"
    file.write_bytes(mutated_bytes(text.encode(), random))
    used(aql.Contract.load(file))


def header_values(random: Random, _: Path) -> None:
    found = aql.Inspection.load(mutated(header(), random), findings=[])
    found._repr_html_()
    aql.score(tablet_order()[0], found).explain()


def header_file(random: Random, folder: Path) -> None:
    data = example_file("tablet_order/inspection.toml").read_bytes()
    (folder / "inspection.toml").write_bytes(mutated_bytes(data, random))
    (folder / "findings.csv").write_text("item,term\n3,scratch\n", encoding="utf-8")
    aql.Inspection.load(folder / "inspection.toml")


def verdict_values(random: Random, _: Path) -> None:
    found = aql.Verdict.from_dict(mutated(small_verdict(), random))
    found.explain()
    found._repr_html_()


def verdict_json(random: Random, _: Path) -> None:
    aql.Verdict.from_json(mutated_text(json.dumps(small_verdict()), random)).explain()


def claim_values(random: Random, _: Path) -> None:
    facts = ClaimFacts.load(mutated(claim(), random))
    found = aql.assess_claim(tablet_order()[0], verdict(), facts=facts, as_of=random.choice(DAYS))
    found.explain()


def assessment_values(random: Random, _: Path) -> None:
    aql.ClaimAssessment.from_dict(mutated(assessment(), random)).explain()


@cache
def rules() -> Any:
    return tomllib.loads((RULES / "2017.toml").read_text("utf-8"))


def rules_file(random: Random, folder: Path) -> None:
    name = random.choice(("2017.toml", "paying.toml", "us-2019.toml"))
    (folder / name).write_bytes(mutated_bytes((RULES / name).read_bytes(), random))
    _claimed(load_rules(folder / name))


def rules_values(random: Random, _: Path) -> None:
    _claimed(RuleSet.load(mutated(rules(), random)))


def _claimed(rule_set: RuleSet) -> None:
    """Assess and settle a claim under a rule set, and ask what paying costs."""
    found = aql.assess_claim(agreed(), verdict(), facts=facts(), rules=rule_set, as_of=DAYS[0])
    found.explain()
    found._repr_html_()
    settle(found, "upheld", inspection_fee="300").explain()
    paying_costs([Money.of("1000", "USD")], on=DAYS[0], rules=rule_set)
    aql.check(agreed(), rules=rule_set)


@cache
def drawing() -> aql.Drawing:
    return aql.draw(agreed(), tablet_order()[1].header, seed=7)


@cache
def assessed() -> aql.ClaimAssessment:
    return aql.ClaimAssessment.from_dict(assessment())


VALUES: tuple[tuple[type[Any], Any], ...] = (
    (aql.Drawing, lambda: drawing().replace(3, reason="carton 12 is wet")),
    (aql.scheme.SkipLot, lambda: aql.skip_lot(aql.SinglePlan(80, 5), f=0.5, i=10)),
    (Settlement, lambda: settle(assessed(), "upheld", share="0.5", amount="200")),
    (Worth, lambda: worth_opening(assessed(), verdict(), fee="300", refund="5000")),
    (ClaimDraft, lambda: claim_draft(assessed())),
    (aql.Lookup, lambda: aql.lookup(1200, aql=2.5)),
    (aql.Lookup, lambda: aql.lookup(1200, aql=2.5, sampling="double")),
    (aql.Scheme, lambda: aql.Scheme.lookup(1200, aql=2.5)),
    (LotBound, lambda: aql.lot_quality_bound(3, 80, 1200)),
    (ProcessBound, lambda: process_bound(3, 80)),
    (LotPosterior, lambda: posterior(3, 80, 1200)),
)


@cache
def stored(place: int) -> Any:
    return json.loads(VALUES[place][1]().to_json())


def stored_values(random: Random, _: Path) -> None:
    """Read back a stored value, and show it as a notebook does."""
    place = random.randrange(len(VALUES))
    kind = VALUES[place][0]
    if random.randrange(3):
        found = kind.from_dict(mutated(stored(place), random))
    else:
        found = kind.from_json(mutated_text(json.dumps(stored(place)), random))
    repr(found)
    str(found)
    for name in ("explain", "_repr_html_", "to_frame"):
        if callable(method := getattr(found, name, None)):
            method()


ATTACKS = {
    "contract, values": contract_values,
    "contract, TOML": contract_toml,
    "contract, JSON": contract_json,
    "contract, file": contract_file,
    "inspection, values": header_values,
    "inspection, file": header_file,
    "verdict, values": verdict_values,
    "verdict, JSON": verdict_json,
    "claim, values": claim_values,
    "claim assessment, values": assessment_values,
    "claim rules, file": rules_file,
    "claim rules, values": rules_values,
    "stored lookups, schemes and bounds": stored_values,
}
