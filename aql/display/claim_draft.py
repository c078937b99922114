"""The text of a claim, for people to edit; what is left open is in square brackets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aql.assurance.money import stated
from aql.display.claim import weekday_words
from aql.display.claim_reasons import EVIDENCE
from aql.words import listed

if TYPE_CHECKING:
    from aql.assurance.draft import ClaimDraft
    from aql.assurance.grounds import Ground

__all__ = ["draft_text"]


def draft_text(draft: ClaimDraft) -> str:
    """Return the draft of a claim in words: what was agreed and found, the evidence, what is asked, and by when."""
    several = len({one.lot for one in draft.grounds if one.lot}) > 1
    about = f", {draft.product}" if draft.product else ""
    lines = [
        f"Claim on order {draft.order}{about}",  # prose: quoted
        "",
        f"Dear {draft.supplier or '[supplier]'},",
        "",
        f"the goods of order {draft.order} do not conform to what we agreed:",
        "",
        *(f"- {_ground(one, several=several)}" for one in draft.grounds),
        "",
        f"Evidence attached: {listed(EVIDENCE[one] for one in draft.evidence)}."
        if draft.evidence
        else "Evidence attached: [list it].",
        f"We ask for {stated(draft.asked, '[amount]')}.",
        f"Please answer by {weekday_words(draft.answer_by) if draft.answer_by else '[day]'}.",
        "Without an agreement by then we will ask the platform to decide.",
    ]
    return "\n".join(lines)


def _ground(ground: Ground, *, several: bool) -> str:
    """What was agreed and found, with the lot where there are several."""
    lot = f" (lot {ground.lot})" if several and ground.lot else ""
    agreed = f"agreed: {ground.agreed}" if ground.agreed else "agreed: [quote the order]"
    found = f"found: {ground.found}" if ground.found else "found: [what was found, with figures]"
    share = "" if ground.share is None else f" ({float(100 * ground.share):.4g} % of what was inspected)"
    return f"{ground.subject}{lot}: {agreed}; {found}{share}"
