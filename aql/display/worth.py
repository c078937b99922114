"""What to expect of a dispute, in words and as HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aql import markup

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aql.assurance.worth import Worth

__all__ = ["explain_worth", "worth_html"]


def explain_worth(worth: Worth) -> str:
    """Return in words what opening a dispute is worth."""
    return "\n".join(_sentences(worth))


def worth_html(worth: Worth) -> markup.Html:
    """Return what opening a dispute is worth as a block of HTML."""
    rows = [
        (one.line, f"{one.d} of {one.n}", f"{one.rejected:.4f}", f"{one.low:.4f} to {one.high:.4f}")
        for one in worth.lines
    ]
    low, high = worth.expected
    return markup.block(
        f"Expected value of opening a dispute: {_span(str(low), str(high))}",
        markup.table(("line", "found", "rejected again", f"by {100 * worth.confidence:.4g} % bound"), rows),
        markup.items(_sentences(worth)),
    )


def _sentences(worth: Worth) -> Iterator[str]:
    yield (
        f"A second inspection rejects the lot with a probability of {worth.rejected:.4f} if the lines are independent "
        f"(prior beta({worth.prior[0]:g}, {worth.prior[1]:g})), "
        f"and of {worth.rejected_low:.4f} to {worth.rejected_high:.4f} in any case."
    )
    yield (
        f"At the ends of the {100 * worth.confidence:.4g} % bounds for the lot, it is {worth.bound_low:.4f} to "
        f"{worth.bound_high:.4f}."
    )
    given = worth.upheld_if_rejected
    chance = f"{given[0]:g}" if given[0] == given[1] else "unknown, 0 to 1"
    yield f"Chance that the claim is upheld if the lot is rejected: {chance}."
    if worth.partly_if_rejected:
        yield f"Chance that it is upheld in part, for {worth.partial}: {worth.partly_if_rejected:g}."
    if worth.fee_back[0] != worth.fee_back[1]:
        yield "Whether the inspection fee comes back is unknown."
    low, high = worth.expected
    yield f"Inspection {worth.fee}, refund {worth.refund}: expected value {_span(str(low), str(high))}."
    low, high = worth.expected_independent
    yield f"With independent lines: {_span(str(low), str(high))}."
    low, high = worth.expected_by_bound
    yield f"By the bounds: {_span(str(low), str(high))}."


def _span(low: str, high: str) -> str:
    return low if low == high else f"{low} to {high}"
