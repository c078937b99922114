"""Probabilities of acceptance and rejection, each computed directly so that small ones are accurate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aql.distributions import binomial, hypergeometric, poisson
from aql.plans.acceptance.one_sample import at_most, more_than
from aql.plans.arrays import Values

if TYPE_CHECKING:
    from aql.plans.acceptance.ends import Compiled
    from aql.plans.stage import Steps


__all__ = ["accepted", "rejected"]

_ACCEPTED, _REJECTED = 0, 1
# In a small lot, the side chosen for summing can turn out to be the larger one; above this value it certainly is.
_LARGER = 0.75


def accepted(steps: Steps, values: Values, model: str, lot_size: int | None = None) -> Values:
    """Acceptance curve of a plan: the probability that it accepts, computed directly.

    Parameters
    ----------
    steps : Steps
        The plan, applied to the lot if there is one.
    values : float or ndarray
        Checked qualities: fractions nonconforming, nonconformities per item, or numbers nonconforming in the lot.
    model : {"binomial", "hypergeometric", "poisson"}
        The model.
    lot_size : int or None
        Lot size of the hypergeometric model. [items]

    Returns
    -------
    float or ndarray
        In the type of `values`; NaN where they are NaN.

    Examples
    --------
    >>> accepted(((2, 2, 0, 1),), 0.5, "binomial")
    0.25
    >>> accepted(((2, 2, 0, 2), (2, 4, 1, 2)), 1.0, "hypergeometric", 4)
    1.0
    """
    found: Values = _probability(steps, values, model, lot_size, _ACCEPTED)
    return found


def rejected(steps: Steps, values: Values, model: str, lot_size: int | None = None) -> Values:
    """Rejection curve of a plan: the probability that it rejects, computed directly; arguments as in `accepted`.

    Examples
    --------
    >>> rejected(((2, 2, 0, 1),), 0.5, "binomial")
    0.75
    """
    found: Values = _probability(steps, values, model, lot_size, _REJECTED)
    return found


def _probability(steps: Steps, values: Any, model: str, lot_size: int | None, wanted: int) -> Any:
    if len(steps) == 1:
        ((n, _, ac, _),) = steps
        return (at_most, more_than)[wanted](ac, n, values, model, lot_size)
    from aql.plans.acceptance.ends import compiled

    code = compiled(steps, model == "poisson")
    if code.always:
        return 0.0 * values + (1 - wanted)
    if not code.short:
        from aql.plans.acceptance.stages import by_stages

        return by_stages(steps, values, model, lot_size)[wanted]
    if lot_size is None:
        return _of_process(code, values, model, wanted)
    return _of_lot(code, values, lot_size, wanted)


def _of_process(code: Compiled, values: Any, model: str, wanted: int) -> Any:
    from aql.distributions.blocks import one_side

    law = poisson if model == "poisson" else binomial
    return one_side(
        values,
        code.pivot,
        law.weighted(code.accept, code.pivot, falling=True),
        law.weighted(code.reject, code.pivot, falling=False),
        wanted=wanted,
    )


def _of_lot(code: Compiled, values: Any, lot_size: int, wanted: int) -> Any:
    from aql.distributions.blocks import once_each, one_side

    def side(bad: Any) -> Any:
        return one_side(
            bad,
            code.pivot * lot_size,
            hypergeometric.weighted(code.accept, lot_size, falling=True),
            hypergeometric.weighted(code.reject, lot_size, falling=False),
            wanted=wanted,
            larger=_LARGER,
            block=hypergeometric.BLOCK,
        )

    return side(values) if isinstance(values, float) else once_each(side, values, lot_size)
