"""Flaws in terms: those that cannot be measured, contradict themselves, or have no effect."""

from __future__ import annotations

from hypothesis import strategies as st

from aql.strategies._internal.flaw import Flaws, flawed_term, new_term
from aql.strategies._internal.toml_table import TomlTable
from aql.types import EFFECTS, TEXT_CASES

__all__ = [
    "TERM_FLAWS",
]

TERM_FLAWS = Flaws()
_MEASURE = {"unit": "mm", "min": "1"}
_VAGUE = st.sampled_from(
    ["Good quality", "Beautiful colours", "Long lasting battery", "Strong handle", "Nice finish"]
)
_NO_SHARES = st.sampled_from(
    [{"unit": "%", "min": "80"}, {"min": "80"}, {"min": "0"}, {"min": "0.1", "max": "1"}]
)
_REQUIREMENTS = st.sampled_from(["No crack over 2 mm", "Free of burrs over 1 mm", "Must close within 3 s"])
_REFERENCE = {"file": "artwork.pdf", "sha256": "0" * 64}


@TERM_FLAWS.add("warning", "no-terms")
def _no_terms(draw: st.DrawFn, contract: TomlTable) -> str:  # noqa: ARG001
    contract["terms"] = []
    return "terms"


@TERM_FLAWS.add("error", "repeated-name")
def _repeated_term(draw: st.DrawFn, contract: TomlTable) -> str:
    place = draw(st.integers(0, len(contract["terms"]) - 1))
    contract["terms"].append(dict(contract["terms"][place]))
    return f"terms[{len(contract['terms']) - 1}].id"


@TERM_FLAWS.add("error", "repeated-name")
def _named_as_a_class(draw: st.DrawFn, contract: TomlTable) -> str:
    name = draw(st.sampled_from([one["name"] for one in contract["classes"]]))
    return new_term(draw, contract, id=name, kind="visual") + ".id"


@TERM_FLAWS.add("error", "unmeasurable")
def _no_packed_share(draw: st.DrawFn, contract: TomlTable) -> str:
    contract.get("inspection", {}).pop("packed_share", None)
    contract["terms"] = [term for term in contract["terms"] if term.get("kind") != "packed-share"]
    return new_term(draw, contract, class_=None, kind="packed-share")


TERM_FLAWS += [
    flawed_term("error", "no-class", class_=None, kind="visual"),
    flawed_term(
        "error", "unknown-class", "class", class_=st.sampled_from(["Major", "grave", "2"]), kind="visual"
    ),
    # Nothing to measure
    flawed_term("error", "unmeasurable"),
    flawed_term("error", "unmeasurable", text=_VAGUE, kind=st.sampled_from([None, "visual"])),
    flawed_term(
        "error", "unmeasurable", kind=st.sampled_from(["measured", "colour", "allowed", "text", "yes-no"])
    ),
    flawed_term("error", "unmeasurable", class_=None, kind="reference"),
    # Contradictions and vague words
    flawed_term("warning", "vague-words", "text", text=_VAGUE, measure=_MEASURE),
    flawed_term(
        "error",
        "kind-contradicts-measure",
        "kind",
        kind=st.sampled_from(["visual", "colour", "allowed", "text", "yes-no"]),
        measure=_MEASURE,
    ),
    flawed_term(
        "error", "text-case-alone", "text_case", kind="visual", text_case=st.sampled_from(TEXT_CASES)
    ),
    flawed_term(
        "error", "not-applicable-alone", "not_applicable", class_=None, kind="mark", not_applicable=True
    ),
    flawed_term("error", "cartons-in-class", "of", kind="visual", of="cartons"),
    flawed_term("error", "bad-reading-of", "reading_of", measure=_MEASURE, reading_of=st.just("none such")),
    # Judged item by item, or once for the lot
    flawed_term("error", "effect-on-items", "effect", kind="visual", effect=st.sampled_from(EFFECTS)),
    flawed_term("error", "line-for-the-lot", class_=None, kind="mark", sample=st.integers(1, 20)),
    flawed_term("error", "bad-share", "measure", class_=None, kind="packed-share", measure=_NO_SHARES),
    flawed_term(
        "note", "class-for-the-lot", "class", kind=st.sampled_from(["quantity", "shipment-date", "mark"])
    ),
    flawed_term("note", "class-for-the-lot", "class", kind="reference", reference={"seal": "S-1"}),
    flawed_term("note", "not-compared", "reference", kind="visual", reference=_REFERENCE),
    flawed_term("warning", "requirement-as-defect", "text", kind="visual", text=_REQUIREMENTS),
]
