"""aql claim: the answer, the settlement, the draft, and the exit codes."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from aql import examples
from aql.cli.commands import app

FOLDER = examples.example_file("tablet_order")
ORDER = [str(FOLDER / "contract.toml"), str(FOLDER / "inspection.toml")]
FACTS = ["--facts", str(FOLDER / "claim.toml"), "--as-of", "2026-12-23"]


def run(*args: str, code: int = 0) -> Result:
    result = CliRunner().invoke(app, ["claim", *args])
    assert result.exit_code == code, result.output
    return result


def test_a_claim_is_assessed_settled_and_drafted() -> None:
    out = run(*ORDER, *FACTS, "--settle", "upheld", "--fee", "600", "--draft").output
    words = " ".join(out.split())
    assert "sharp-edge and battery-capacity: yes, a measurable term was missed, at most 37350.00 USD" in words
    assert (
        "starts, colour, dead-pixel, width, scratch and dust: no, the agreed sampling plan accepts" in words
    )
    assert "Covered: 37350.00 USD." in out
    assert "Does not count: chat on another messenger" in words
    assert "refund of the inspection 600.00 total -35.00" in words
    assert "admits.term-missed" not in out
    assert "Claim on order PO-2026-0117, 10.1 inch tablet" in out
    assert max(map(len, out.splitlines())) <= 80


def test_the_sources_are_cited_on_request() -> None:
    words = " ".join(run(*ORDER, *FACTS, "--sources").output.split())
    assert "admits.term-missed: alifaq (B) and article (C)" in words
    assert "faq-13887553: Help page 13887553: how to fill in the order form, with the cover types" in words


def test_json_has_claim_settlement_and_draft() -> None:
    values = json.loads(
        run(*ORDER, *FACTS, "--rules", "current", "--settle", "upheld", "--draft", "--json").output
    )
    assert values["claim"]["schema"] == "aql.claim-assessment/1"
    assert values["settlement"]["refund"] == {"amount": "37350.00", "currency": "USD"}
    assert "Dear Example Electronics Co." in values["draft"]


def test_the_exit_code_is_the_answer(tmp_path: Path) -> None:
    contract = tmp_path / "contract.toml"
    contract.write_text('[order]\nid = "PO-1"\ncurrency = "USD"\n', "utf-8")
    facts = tmp_path / "claim.toml"
    for kind, rest, code in (
        ("fee", "", 1),
        ("quality", 'about = "logo"\nstandard = "unknown"', 3),
        ("workmanship", "", 0),
    ):
        facts.write_text(f'[[complaints]]\nkind = "{kind}"\n{rest}\n', "utf-8")
        run(str(contract), "--facts", str(facts), "--rules", "current", "--as-of", "2026-06-20", code=code)


@pytest.mark.parametrize(
    ("args", "says"),
    [
        ([*ORDER], "--as-of is missing. State the day of the assessment"),
        ([*ORDER, "--as-of", "20 June"], "must be a day such as"),
        ([*ORDER, "--as-of", "2026-06-20", "--rules", "2018"], "rules must be"),
    ],
)
def test_wrong_input_is_a_message(args: list[str], says: str) -> None:
    assert says in " ".join(run(*args, code=2).output.split())


def test_check_with_a_rule_set_says_what_could_not_be_claimed() -> None:
    result = CliRunner().invoke(app, ["check", ORDER[0], "--rules", "2017"])
    assert result.exit_code == 0
    assert "Pre-shipment cover ends at shipment" in result.output
