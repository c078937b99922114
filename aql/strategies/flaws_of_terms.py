"""Flaws of the terms: what cannot be measured, what contradicts itself, what says nothing."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import strategies as st

from aql.strategies.wrongs import Values, Wrong, flaw, new_term

__all__ = ["TERM_FLAWS"]

TERM_FLAWS: list[Wrong] = []
_LEAST = {"unit": "mm", "min": "1"}
_COLOUR = {
    "unit": "dE2000",
    "reference": "Lab(20.5, 0.1, -0.4)",
    "illuminant": "D50",
    "observer": "2",
    "max": "2.0",
}
_REFERENCE = {"file": "artwork.pdf", "sha256": "0" * 64}
# Words that the list of vague words of the check has had from the start.
_vague = st.sampled_from(
    ["Good quality", "Beautiful colours", "Long lasting battery", "Strong handle", "Nice finish"]
)
_small = st.integers(1, 99)


def _limits(draw: st.DrawFn, data: Values, limits: Values, end: str = ".measure", **parts: object) -> str:
    return new_term(draw, data, measure=limits, **parts) + end


# A term and its class ----------------------------------------------------------------------------------------------


@flaw(TERM_FLAWS, "warning", "no-terms")
def _no_terms(draw: st.DrawFn, data: Values) -> str:  # noqa: ARG001
    data["terms"] = []
    return "terms"


@flaw(TERM_FLAWS, "error", "repeated-name")
def _term_twice(draw: st.DrawFn, data: Values) -> str:
    place = draw(st.integers(0, len(data["terms"]) - 1))
    data["terms"].append(dict(data["terms"][place]))
    return f"terms[{len(data['terms']) - 1}].id"


@flaw(TERM_FLAWS, "error", "repeated-name")
def _named_as_a_class(draw: st.DrawFn, data: Values) -> str:
    name = draw(st.sampled_from([one["name"] for one in data["classes"]]))
    return new_term(draw, data, id=name, kind="visual") + ".id"


@flaw(TERM_FLAWS, "error", "no-class")
def _no_class(draw: st.DrawFn, data: Values) -> str:
    return new_term(draw, data, kind="visual", **{"class": None})


@flaw(TERM_FLAWS, "error", "unknown-class")
def _unknown_class(draw: st.DrawFn, data: Values) -> str:
    return (
        new_term(draw, data, kind="visual", **{"class": draw(st.sampled_from(["Major", "grave", "2"]))})
        + ".class"
    )


# What cannot be measured ---------------------------------------------------------------------------------------------


@flaw(TERM_FLAWS, "error", "unmeasurable")
def _nothing_to_measure(draw: st.DrawFn, data: Values) -> str:
    return new_term(draw, data)


@flaw(TERM_FLAWS, "error", "unmeasurable")
def _vague_alone(draw: st.DrawFn, data: Values) -> str:
    return new_term(draw, data, text=draw(_vague), kind=draw(st.sampled_from([None, "visual"])))


@flaw(TERM_FLAWS, "error", "unmeasurable")
def _no_measure(draw: st.DrawFn, data: Values) -> str:
    return new_term(
        draw, data, kind=draw(st.sampled_from(["measured", "colour", "allowed", "text", "yes-no"]))
    )


@flaw(TERM_FLAWS, "error", "unmeasurable")
def _no_limit(draw: st.DrawFn, data: Values) -> str:
    return _limits(draw, data, {"unit": draw(st.sampled_from(["mm", "g"]))})


@flaw(TERM_FLAWS, "error", "unmeasurable")
def _no_largest_difference(draw: st.DrawFn, data: Values) -> str:
    return _limits(draw, data, _COLOUR | {"max": f"-{draw(_small)}"}, ".measure.max")


@flaw(TERM_FLAWS, "error", "unmeasurable")
def _no_reference(draw: st.DrawFn, data: Values) -> str:
    return new_term(draw, data, kind="reference", **{"class": None})


@flaw(TERM_FLAWS, "error", "unmeasurable")
def _no_share(draw: st.DrawFn, data: Values) -> str:
    data.setdefault("inspection", {}).pop("packed_share", None)
    data["terms"] = [one for one in data["terms"] if one.get("kind") != "packed-share"]
    return new_term(draw, data, kind="packed-share", **{"class": None})


# Words -----------------------------------------------------------------------------------------------------------------


@flaw(TERM_FLAWS, "warning", "vague-words")
def _vague_beside_a_measure(draw: st.DrawFn, data: Values) -> str:
    return new_term(draw, data, text=draw(_vague), measure=_LEAST) + ".text"


@flaw(TERM_FLAWS, "warning", "text-contradicts-measure")
def _other_number(draw: st.DrawFn, data: Values) -> str:
    agreed, said = draw(st.lists(_small, min_size=2, max_size=2, unique=True))
    text = f"Length of at least {said} mm"
    return _limits(draw, data, {"unit": "mm", "min": str(agreed)}, text=text)


@flaw(TERM_FLAWS, "error", "kind-contradicts-measure")
def _other_kind(draw: st.DrawFn, data: Values) -> str:
    kind = draw(st.sampled_from(["visual", "colour", "allowed", "text", "yes-no"]))
    return new_term(draw, data, kind=kind, measure=_LEAST) + ".kind"


# Limits ----------------------------------------------------------------------------------------------------------------


@flaw(TERM_FLAWS, "error", "no-unit")
def _no_unit(draw: st.DrawFn, data: Values) -> str:
    return _limits(draw, data, {"min": str(draw(_small))}, ".measure.unit")


@flaw(TERM_FLAWS, "error", "two-kinds-of-limit")
def _two_kinds(draw: st.DrawFn, data: Values) -> str:
    side = draw(st.sampled_from(["min", "max"]))
    return _limits(draw, data, {"unit": "mm", "nominal": "2", side: str(draw(_small))})


@flaw(TERM_FLAWS, "error", "no-nominal")
def _no_nominal(draw: st.DrawFn, data: Values) -> str:
    return _limits(draw, data, {"unit": "mm", draw(st.sampled_from(["plus", "minus"])): str(draw(_small))})


@flaw(TERM_FLAWS, "error", "no-tolerance")
def _no_tolerance(draw: st.DrawFn, data: Values) -> str:
    side = draw(st.sampled_from([{}, {"plus": "1"}, {"minus": "1"}]))
    return _limits(draw, data, {"unit": "mm", "nominal": str(draw(_small))} | side)


@flaw(TERM_FLAWS, "error", "bad-tolerance")
def _bad_tolerance(draw: st.DrawFn, data: Values) -> str:
    wrong = f"-{draw(_small)}"
    sides = draw(st.sampled_from([{"plus": "1", "minus": wrong}, {"plus": wrong, "minus": "1"}]))
    return _limits(draw, data, {"unit": "mm", "nominal": "248"} | sides)


@flaw(TERM_FLAWS, "error", "empty-range")
def _min_above_max(draw: st.DrawFn, data: Values) -> str:
    low, gap = draw(_small), draw(_small)
    return _limits(draw, data, {"unit": "mm", "min": str(low + gap), "max": str(low)})


@flaw(TERM_FLAWS, "error", "empty-range")
def _guard_too_large(draw: st.DrawFn, data: Values) -> str:
    width = draw(_small)
    guard = f"{Decimal(width) / 2 + Decimal(draw(_small)).scaleb(-2):f}"
    return _limits(draw, data, {"unit": "mm", "min": "1", "max": str(1 + width)}, guard=guard)


@flaw(TERM_FLAWS, "error", "empty-range")
def _rounding_too_coarse(draw: st.DrawFn, data: Values) -> str:
    step = draw(st.integers(3, 50))
    low = step * draw(_small) + 1
    return _limits(
        draw, data, {"unit": "mm", "min": str(low), "max": str(low + step - 2)}, rounding=str(step)
    )


@flaw(TERM_FLAWS, "error", "empty-range")
def _guard_of_a_colour(draw: st.DrawFn, data: Values) -> str:
    guard = str(2 + draw(_small))
    return _limits(draw, data, _COLOUR, ".measure.max", guard=guard)


@flaw(TERM_FLAWS, "error", "no-colour")
def _no_colour(draw: st.DrawFn, data: Values) -> str:
    other = draw(st.sampled_from([None, "RAL 9005", "black", "Lab(20.5, 0.1)"]))
    measure = {key: value for key, value in (_COLOUR | {"reference": other}).items() if value is not None}
    return _limits(draw, data, measure, ".measure.reference")


@flaw(TERM_FLAWS, "warning", "no-illuminant")
def _no_illuminant(draw: st.DrawFn, data: Values) -> str:
    gone = draw(st.sampled_from([{"illuminant"}, {"observer"}, {"illuminant", "observer"}]))
    return _limits(draw, data, {key: value for key, value in _COLOUR.items() if key not in gone})


# What is judged once for the lot -------------------------------------------------------------------------------------------


@flaw(TERM_FLAWS, "error", "effect-on-items")
def _effect(draw: st.DrawFn, data: Values) -> str:
    effect = draw(st.sampled_from(["reject", "hold", "note"]))
    return new_term(draw, data, kind="visual", effect=effect) + ".effect"


@flaw(TERM_FLAWS, "error", "line-for-the-lot")
def _sample_for_the_lot(draw: st.DrawFn, data: Values) -> str:
    return new_term(draw, data, kind="mark", sample=draw(st.integers(1, 20)), **{"class": None})


@flaw(TERM_FLAWS, "error", "bad-share")
def _share_with_a_unit(draw: st.DrawFn, data: Values) -> str:
    share = draw(
        st.sampled_from([{"unit": "%", "min": "80"}, {"min": "80"}, {"min": "0"}, {"min": "0.1", "max": "1"}])
    )
    return new_term(draw, data, kind="packed-share", measure=share, **{"class": None}) + ".measure"


@flaw(TERM_FLAWS, "note", "class-for-the-lot")
def _class_for_the_lot(draw: st.DrawFn, data: Values) -> str:
    kind = draw(st.sampled_from(["quantity", "shipment-date", "mark", "reference"]))
    return new_term(draw, data, kind=kind, reference=_REFERENCE if kind == "reference" else None) + ".class"


# Rounding and guard --------------------------------------------------------------------------------------------------------


@flaw(TERM_FLAWS, "error", "bad-rounding")
def _no_step(draw: st.DrawFn, data: Values) -> str:
    return new_term(draw, data, measure=_LEAST, rounding=str(-draw(st.integers(0, 9)))) + ".rounding"


@flaw(TERM_FLAWS, "error", "bad-rounding")
def _rounded_words(draw: st.DrawFn, data: Values) -> str:
    part = draw(st.sampled_from(["rounding", "guard"]))
    return new_term(draw, data, measure={"answer": "yes"}, **{part: "0.1"})


@flaw(TERM_FLAWS, "error", "bad-guard")
def _bad_guard(draw: st.DrawFn, data: Values) -> str:
    return new_term(draw, data, measure=_LEAST, guard=f"-{draw(_small)}") + ".guard"
