"""The command claim: what can be claimed, until when, and how much comes back."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from aql.cli.documents import read_contract, read_documents
from aql.cli.exit_codes import DECISIONS, DONE
from aql.cli.output import Output, print_json
from aql.errors import DomainError

if TYPE_CHECKING:
    from aql.assurance.assessment import ClaimAssessment
    from aql.assurance.settlement import Outcome
    from aql.contract.contract import Contract
    from aql.scoring.verdict import Verdict

__all__ = ["claim_command"]


def claim_command(
    contract: Annotated[
        Path,
        typer.Argument(
            help="The contract: a .toml or .json file, or - for standard input.",
            show_default=False,
            metavar="CONTRACT",
        ),
    ],
    inspection: Annotated[
        Path | None,
        typer.Argument(
            help="The header of the inspection, if there was one.", show_default=False, metavar="INSPECTION"
        ),
    ] = None,
    facts: Annotated[
        Path | None,
        typer.Option(
            "--facts",
            "--events",
            help="The order, payments, events, complaints and evidence: a .toml or .json file aql.claim/1.",
            metavar="FILE",
        ),
    ] = None,
    as_of: Annotated[
        str,
        typer.Option(help="Day of the assessment, such as 2026-12-20.", metavar="DAY", show_default=False),
    ] = "",
    rules: Annotated[
        str | None,
        typer.Option(
            help="Rule set, by name or as a file; defaults to that of the contract or the day of the order.",
            metavar="RULES",
        ),
    ] = None,
    timezone: Annotated[
        str | None, typer.Option(help="Time zone of days and times, such as Europe/Berlin.", metavar="ZONE")
    ] = None,
    calendar: Annotated[
        str | None,
        typer.Option(
            help="Country whose public holidays are not working days, such as CN.", metavar="COUNTRY"
        ),
    ] = None,
    settle: Annotated[
        str | None,
        typer.Option(help="Also settle the claim with this outcome, such as upheld.", metavar="OUTCOME"),
    ] = None,
    fee: Annotated[
        str | None, typer.Option(help="What the inspection cost, for the settlement.", metavar="AMOUNT")
    ] = None,
    sources: Annotated[
        bool, typer.Option("--sources", help="Cite the rule and the sources of every answer.")
    ] = False,
    draft: Annotated[bool, typer.Option("--draft", help="Print a draft of the text of the claim.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """Assess a claim: grounds, cover, deadlines and evidence under a rule set.

    The exit code is 0 if a ground would be admitted, 1 if every ground is refused, 3 if it is unclear.
    """
    from aql.assurance.assessing import assess_claim
    from aql.assurance.draft import claim_draft

    agreed, verdict = _documents(contract, inspection)
    found = assess_claim(
        agreed,
        verdict,
        facts=facts,
        rules=rules,
        as_of=_day(as_of),
        timezone=timezone,
        calendar=calendar,
    )
    settled = None if settle is None else found.settlement(cast("Outcome", settle), inspection_fee=fee)
    text = str(claim_draft(found)) if draft else ""
    if as_json:
        values: dict[str, object] = {"claim": found.to_dict()}
        values |= {} if settled is None else {"settlement": settled.to_dict()}
        print_json(values | ({"draft": text} if draft else {}))
    else:
        from aql.cli.claim_printing import print_claim, print_settlement

        out = Output()
        print_claim(out, found, sources=sources)
        if settled is not None:
            print_settlement(out, settled)
        if draft:
            out.line("")
            for line in text.splitlines():
                out.line(line)
    raise typer.Exit(_exit_code(found))


def _documents(contract: Path, inspection: Path | None) -> tuple[Contract, Verdict | None]:
    if inspection is None:
        return read_contract(contract), None
    from aql.scoring.score import score

    agreed, inspected = read_documents(contract, inspection)
    return agreed, score(agreed, inspected)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise DomainError(
            f"--as-of must be a day such as 2026-12-20, got {text!r}" if text else "--as-of is missing",
            todo="State the day of the assessment, such as --as-of 2026-12-20",
            code="bad-value" if text else "missing-value",
            value=text,
        ) from None


def _exit_code(found: ClaimAssessment) -> int:
    answers = {one.answer for one in found.grounds if one.kind != "default-inspection"}
    if "yes" in answers:
        return DONE
    return DECISIONS["hold" if "unclear" in answers else "reject"]
