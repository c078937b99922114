"""Flaws in limits and minimums, and the note on terms with their own plans."""

from __future__ import annotations

from hypothesis import strategies as st

from aql.strategies._internal.flaw import Flaws, new_term
from aql.strategies._internal.toml_table import TomlTable

__all__ = ["LIMIT_FLAWS"]

LIMIT_FLAWS = Flaws()
_PLAN = {"n": 10, "ac": 1}


def _new_limit(draw: st.DrawFn, contract: TomlTable, **parts: object) -> str:
    """Add a limit on a class, and return its path."""
    of = [draw(st.sampled_from([one["name"] for one in contract["classes"]]))]
    contract["limits"] = [{"name": "spare total", "of": of, "plan": _PLAN} | parts]
    return "limits[0]"


@LIMIT_FLAWS.add("error", "unknown-member")
def _unknown_member(draw: st.DrawFn, contract: TomlTable) -> str:
    return _new_limit(draw, contract, of=["no such class"]) + ".of"


@LIMIT_FLAWS.add("error", "bad-weight")
def _negative_weight(draw: st.DrawFn, contract: TomlTable) -> str:
    path = _new_limit(draw, contract)
    contract["limits"][0]["weights"] = {contract["limits"][0]["of"][0]: "-0.5"}
    return f"{path}.weights"


@LIMIT_FLAWS.add("error", "weights-with-stages")
def _weights_with_a_gap(draw: st.DrawFn, contract: TomlTable) -> str:
    path = _new_limit(draw, contract, plan=_PLAN | {"re": 3})
    contract["limits"][0]["weights"] = {contract["limits"][0]["of"][0]: "0.5"}
    return path


@LIMIT_FLAWS.add("error", "bad-minimum")
def _minimum_without_aql(draw: st.DrawFn, contract: TomlTable) -> str:
    contract["classes"].append({"name": "spare", "plan": _PLAN, "minimum": {"n": draw(st.integers(1, 50))}})
    return f"classes[{len(contract['classes']) - 1}].minimum"


@LIMIT_FLAWS.add("note", "own-line")
def _own_line(draw: st.DrawFn, contract: TomlTable) -> str:
    class_ = draw(st.sampled_from([one["name"] for one in contract["classes"]]))
    new_term(draw, contract, class_=class_, kind="visual", sample=draw(st.integers(1, 20)))
    return "terms"
