"""Attacks on what is written: contracts and verdicts with odd texts, and places that cannot be written."""

from pathlib import Path
from random import Random
from typing import Any

import aql
from aql.languages import LANGUAGES
from tests.attack.documents import assessed, assessment, contracts, drawing, small_verdict, stored, verdict
from tests.attack.mutation import mutated
from tests.attack.odd_values import odd_value

__all__ = ["ATTACKS"]


def contract_saved(random: Random, folder: Path) -> None:
    agreed = aql.Contract.from_dict(mutated(random.choice(contracts()), random))
    file = agreed.save(folder / random.choice(("a.toml", "a.json")))
    assert aql.Contract.load(file) == agreed, "a saved contract does not read back"


def sheet(random: Random, folder: Path) -> None:
    agreed = aql.Contract.from_dict(mutated(contracts()[0], random))
    how: dict[str, Any] = {"lot": "L1", "lot_size": 3000, "cartons": 150, "workbook": False, "stage": 1}
    how |= {"form": random.choice(("long", "wide")), "language": random.choice(LANGUAGES)}
    key = random.choice(list(how))
    aql.write_sheet(agreed, folder, **how | {key: odd_value(random) if random.randrange(2) else how[key]})


def report(random: Random, folder: Path) -> None:
    """Write the report of an odd verdict, with an odd claim or drawing, in any language."""
    odd = random.randrange(5)
    stored = small_verdict()
    found = aql.Verdict.from_dict(stored if odd > 2 else mutated(stored, random))
    how: dict[str, Any] = {"language": random.choice(LANGUAGES), "claim": None, "drawing": None}
    if random.randrange(2):
        how |= {"claim": assessed(), "drawing": drawing()}
    if odd == 3:
        how[random.choice(list(how))] = odd_value(random)
    elif odd == 4:
        how["claim"] = aql.ClaimAssessment.from_dict(mutated(assessment(), random))
    aql.write_report(found, folder / "report.html", **how)


def pick_list(random: Random, folder: Path) -> None:
    """Write the pick list of an odd drawing, or of another stage."""
    found: Any = aql.Drawing.from_dict(mutated(stored(0), random))
    stage = odd_value(random) if random.randrange(4) == 0 else 1
    aql.write_pick_list(found, folder / random.choice(("picks.html", "picks.xlsx")), stage=stage)
    found.replace(random.choice((1, 3, 80)), reason="wet")


def workbook(random: Random, folder: Path) -> None:
    found = aql.Verdict.from_dict(mutated(small_verdict(), random))
    aql.write_workbook(found, folder / "report.xlsx")


def places(random: Random, folder: Path) -> None:
    place = odd_value(random)
    if isinstance(place, str) and (".." in place or place.startswith("/")):
        place = "/dev/full"
    elif isinstance(place, str):
        place = str(folder / place)
    write = random.choice(
        (
            lambda: aql.write_workbook(verdict(), place),
            lambda: aql.Contract.from_dict(contracts()[0]).save(place),
            lambda: aql.write_sheet(aql.Contract.from_dict(contracts()[0]), place, lot_size=3000),
        )
    )
    write()


ATTACKS = {
    "contract, saved": contract_saved,
    "sheet, written": sheet,
    "report, written": report,
    "pick list, written": pick_list,
    "workbook, written": workbook,
    "places to write to": places,
}
