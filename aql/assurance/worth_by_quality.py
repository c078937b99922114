"""What a dispute is worth by the unknown quality of the lot."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from aql.assurance.worth import Worth, any_of
from aql.checks import choice, instance
from aql.plans.lot_posterior import posterior
from aql.plans.operating_characteristic import pr

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["worth_curve"]


def worth_curve(worth: Worth, *, line: str | None = None) -> pd.DataFrame:
    """Return what a dispute is worth by the unknown quality of the lot, for one decision line, as a pandas frame.

    Parameters
    ----------
    worth : Worth
        What to expect of a dispute.
    line : str, optional
        Name of the line; defaults to the one that is most probably rejected.

    Returns
    -------
    DataFrame
        One row per number nonconforming in the lot that the posterior supports: ``nonconforming`` [items],
        ``fraction_nonconforming`` [1], ``probability`` of that number, chance that this line is ``rejected`` [1], chance
        that any line is, ``lot_rejected`` [1], with the other lines averaged over their posteriors and independent, and
        the smallest and largest expected value then, ``expected_low`` and ``expected_high`` [currency]; the same if no
        other line could reject, ``alone_low`` and ``alone_high``. Its ``attrs`` have the name of the line and the lot
        size.

    Raises
    ------
    DomainError
        If there is no such line.

    Notes
    -----
    Averaged over ``probability``, ``lot_rejected`` gives `Worth.rejected`, and the expected values give
    `Worth.expected_independent`.
    """
    import pandas as pd

    instance(worth, Worth, "worth", "an aql.assurance.Worth", todo="Make one with worth_opening")
    names = [one.line for one in worth.lines]
    if line is not None:
        choice(line, "line", names)
    chosen = (
        max(worth.lines, key=lambda one: one.rejected) if line is None else worth.lines[names.index(line)]
    )
    known = posterior(chosen.d, chosen.n, chosen.lot_size, worth.prior)
    first, last = known.interval(0.9999)
    counts = np.arange(first, last + 1)
    rejected = np.asarray(
        pr(chosen.plan, nonconforming=counts, lot_size=chosen.lot_size, model="hypergeometric"), dtype=float
    )
    others = any_of(one.rejected for one in worth.lines if one is not chosen)
    lot_rejected = 1.0 - (1.0 - rejected) * (1.0 - others)
    values = [worth.value_at(float(chance)) for chance in lot_rejected]
    alone = [worth.value_at(float(chance)) for chance in rejected]
    frame = pd.DataFrame(
        {
            "nonconforming": counts,
            "fraction_nonconforming": counts / chosen.lot_size,
            "probability": np.asarray(known.pmf(counts)),
            "rejected": rejected,
            "lot_rejected": lot_rejected,
            "expected_low": [low for low, _ in values],
            "expected_high": [high for _, high in values],
            "alone_low": [low for low, _ in alone],
            "alone_high": [high for _, high in alone],
        }
    )
    frame.attrs.update(line=chosen.line, lot_size=chosen.lot_size)
    return frame
