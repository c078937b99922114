"""Plans as stated in the document of a contract."""

from __future__ import annotations

from functools import cache

from hypothesis import strategies as st

from aql.plans.plan import Plan, SinglePlan
from aql.strategies._internal.plans import plans
from aql.strategies._internal.toml_table import TomlTable

__all__ = ["stated", "stated_double_plans", "stated_plans"]


@cache
def stated_plans() -> st.SearchStrategy[TomlTable]:
    """Strategy for plans as stated in a contract, small enough for a readable log."""
    return plans(max_stages=4, max_n=30, max_step=2).map(stated)


def stated(plan: Plan) -> TomlTable:
    """Return a drawn plan as stated in a contract.

    Examples
    --------
    >>> stated(SinglePlan(50, 2))
    {'n': 50, 'ac': 2}
    """
    if isinstance(plan, SinglePlan):
        return {"n": plan.n, "ac": plan.ac} | ({} if plan.re == plan.ac + 1 else {"re": plan.re})
    return {
        "n": list(plan.n),
        "ac": ["#" if number is None else number for number in plan.ac],
        "re": list(plan.re),
    }


@st.composite
def stated_double_plans(draw: st.DrawFn, max_first: int) -> TomlTable:
    """Strategy for stated double plans that can continue, and whose first sample has at most this many items."""
    ac = draw(st.integers(0, min(2, max_first - 1)))
    n = [draw(st.integers(ac + 1, min(ac + 20, max_first))), draw(st.integers(1, 20))]
    re = ac + 2 + draw(st.integers(0, 2))
    last = ac + draw(st.integers(0, 2))
    return {"n": n, "ac": [ac, last], "re": [re, max(re, last + 1)]}
