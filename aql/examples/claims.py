"""An example claim: the facts of a dispute about the order of tablets."""

from __future__ import annotations

from aql.assurance.claim_facts import ClaimFacts
from aql.examples.example_files import example_file

__all__ = ["tablet_claim"]


def tablet_claim() -> ClaimFacts:
    """Return the example of a claim about the order of tablets, from the first payment to the ruling; it is fictitious.

    Examples
    --------
    >>> from datetime import date
    >>> import aql
    >>> contract, inspection = aql.examples.tablet_order()
    >>> verdict = aql.score(contract, inspection)
    >>> claim = aql.assess_claim(contract, verdict, facts=tablet_claim(), as_of=date(2026, 12, 23))
    >>> claim.settlement("upheld", inspection_fee="600").total(
    ...     "buyer", "goods-refunded", "inspection-refunded"
    ... )
    <Money 37950.00 USD>
    """
    return ClaimFacts.load(example_file("tablet_order/claim.toml"))
