"""Classes of nonconformity, as in the document of a contract."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

from hypothesis import strategies as st

from aql.strategies._internal.aqls import aqls
from aql.strategies._internal.stated_plans import stated_plans
from aql.strategies._internal.toml_table import TomlTable
from aql.types import Counting, Standard

__all__ = ["MOST_CLASSES", "classes"]

_NAMES = ("major", "minor", "slight")
MOST_CLASSES = len(_NAMES) + 1
"""The three names and ``"critical"``."""


@st.composite
def classes(
    draw: st.DrawFn, *, standard: Standard, counting: Counting, by_tables: bool, most: int
) -> list[TomlTable]:
    """Strategy for classes with an AQL, a stated plan or 100 % inspection; AQLs increase from one to the next.

    Without `by_tables`, no class has an AQL, because the standard cannot be entered by lot size.
    """
    names = _NAMES[: draw(st.integers(1, min(most, len(_NAMES))))]
    judged = _judged_by(standard, counting, by_tables=by_tables)
    drawn: list[TomlTable] = [{"name": name} | draw(judged) for name in names]
    rising = iter(sorted((one["aql"] for one in drawn if "aql" in one), key=Decimal))
    drawn = [one | {"aql": next(rising)} if "aql" in one else one for one in drawn]
    if by_tables and len(drawn) < most and draw(st.booleans()):
        drawn.insert(0, {"name": "critical", "aql": "0"})
    for one in drawn:
        if "aql" in one and draw(st.integers(0, 3)) == _MINIMUM:
            one["minimum"] = draw(_minimums(small=Decimal(one["aql"]) > _TEN))
    return drawn


_MINIMUM = 3  # one of four classes that can have one
_TEN = Decimal(10)


@cache
def _minimums(*, small: bool) -> st.SearchStrategy[TomlTable]:
    """A letter, a number of items that every AQL up to 10 can have, or both; above AQL 10, samples are `small`."""
    letters = st.fixed_dictionaries({"letter": st.sampled_from("BCDEFG")})
    numbers = st.fixed_dictionaries({"n": st.integers(2, 20)})
    return letters if small else st.one_of(letters, numbers, st.tuples(letters, numbers).map(_both))


def _both(parts: tuple[TomlTable, TomlTable]) -> TomlTable:
    return parts[0] | parts[1]


@cache
def _judged_by(standard: Standard, counting: Counting, *, by_tables: bool) -> st.SearchStrategy[TomlTable]:
    by_plan: st.SearchStrategy[TomlTable] = st.fixed_dictionaries({"plan": stated_plans()})
    by_all: st.SearchStrategy[TomlTable] = st.fixed_dictionaries(
        {"inspect": st.just("all")}, optional={"ac": st.integers(0, 3)}
    )
    if not by_tables:
        return by_plan | by_all
    by_aql: st.SearchStrategy[TomlTable] = st.fixed_dictionaries({"aql": aqls(standard, counting=counting)})
    return st.one_of(by_aql, by_aql, by_plan, by_all)
