"""Schemes of the standards: the plans of the three severities under their switching rules."""

from __future__ import annotations

from hypothesis import strategies as st

from aql.scheme.scheme import Scheme
from aql.standards.editions import edition
from aql.strategies._internal.aqls import aqls
from aql.strategies._internal.code_letters import code_letters
from aql.types import SAMPLINGS, STANDARDS

__all__ = ["schemes"]


def schemes() -> st.SearchStrategy[Scheme]:
    """Strategy for schemes of every standard and type of sampling whose rules are offered, by code letter.

    Returns
    -------
    SearchStrategy of Scheme
        They shrink to letter A, AQL 2.5, single sampling.

    Examples
    --------
    >>> from hypothesis import find
    >>> find(schemes(), lambda scheme: scheme.plans["tightened"].plan.total > 5).normal.letter
    'A'
    """
    return _schemes()


_STANDARDS = st.sampled_from([name for name in STANDARDS if not edition(name).letter_only])
_SAMPLINGS = st.sampled_from(SAMPLINGS)


@st.composite
def _schemes(draw: st.DrawFn) -> Scheme:
    standard = draw(_STANDARDS)
    return Scheme.lookup(
        letter=draw(code_letters(standard)),
        aql=draw(aqls(standard)),
        sampling=draw(_SAMPLINGS),
        standard=standard,
    )
