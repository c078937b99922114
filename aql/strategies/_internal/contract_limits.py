"""Limits on several classes and terms, as in the document of a contract."""

from __future__ import annotations

from hypothesis import strategies as st

from aql.strategies._internal.aqls import aqls
from aql.strategies._internal.stated_plans import stated_plans
from aql.strategies._internal.toml_table import TomlTable
from aql.types import Counting, Standard

__all__ = ["contract_limits"]


@st.composite
def contract_limits(
    draw: st.DrawFn,
    *,
    classes: list[TomlTable],
    terms: list[TomlTable],
    standard: Standard,
    counting: Counting,
    by_tables: bool,
) -> list[TomlTable]:
    """One or two limits, with a stated plan, an AQL, or a single plan and weights."""
    members = [
        *(one["name"] for one in classes),
        *(term["id"] for term in terms if "class" in term and term.get("of") != "cartons"),
    ]
    used = {*(one["name"] for one in classes), *(term["id"] for term in terms)}
    names = [name for name in ("total", "total 2", "total 3", "total 4") if name not in used]
    found: list[TomlTable] = []
    for name in names[: draw(st.integers(1, 2))]:
        of = draw(st.lists(st.sampled_from(members), min_size=1, max_size=3, unique=True))
        limit: TomlTable = {"name": name, "of": of}
        if by_tables and draw(st.booleans()):
            limit["aql"] = draw(aqls(standard, counting=counting))
        else:
            limit["plan"] = draw(stated_plans())
            if set(limit["plan"]) == {"n", "ac"} and isinstance(limit["plan"]["n"], int):
                limit |= draw(_weights(tuple(of)))
        found.append(limit)
    return found


def _weights(of: tuple[str, ...]) -> st.SearchStrategy[TomlTable]:
    weights = st.dictionaries(st.sampled_from(of), st.sampled_from(["0.5", "0.25", "2", "0"]), min_size=1)
    return st.fixed_dictionaries({}, optional={"weights": weights})
