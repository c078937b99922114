"""States of switching rules in words: how far the next switch is, with nouns and verbs that agree with their numbers."""

from dataclasses import replace

import pytest

from aql import Scheme, SinglePlan
from aql.scheme import SkipLot, SkipStage
from aql.scheme.state import State

ISO = Scheme.lookup(1200, aql=2.5)
MIL = Scheme.lookup(1200, aql=2.5, standard="MIL-STD-105E")


def after(scheme: Scheme, *found: int) -> State:
    """The state after lots with these counts; 9 is not accepted."""
    state = scheme.start()
    for number in found:
        state = scheme.step(state, found=number, steady=True, authority=False).state
    return state


@pytest.mark.parametrize(
    ("score", "words"),
    [
        (0, "The switching score is 0; at 30, with steady production"),
        (29, "The switching score is 29; at 30, with steady production"),
        (30, "The score is reached; with steady production"),
        (33, "The score is reached; with steady production"),
    ],
)
def test_the_score_is_said_until_it_is_reached(score: int, words: str) -> None:
    said = replace(ISO.start(), switching_score=score).explain()
    assert f"{words} and the authority's consent, reduced inspection follows." in said


@pytest.mark.parametrize(
    ("accepted", "words"),
    [
        (8, "2 more accepted lots and reduced inspection follows"),
        (9, "1 more accepted lot and reduced inspection follows"),
        (10, "The accepted lots are enough: reduced inspection follows"),
    ],
)
def test_accepted_lots_are_counted_down(accepted: int, words: str) -> None:
    assert words in after(MIL, *[0] * accepted).explain()


@pytest.mark.parametrize(
    ("found", "words"),
    [
        ((0,), "Tightened inspection follows once 2 of 5 or fewer consecutive lots were not accepted."),
        ((9,), "If one of the next 4 lots is not accepted, tightened inspection follows."),
        ((9, 0, 0), "If one of the next 2 lots is not accepted, tightened inspection follows."),
        ((9, 0, 0, 0), "If the next lot is not accepted, tightened inspection follows."),
        ((9, 0, 0, 0, 0), "Tightened inspection follows once 2 of 5"),
    ],
)
def test_the_lots_that_still_count_are_said(found: tuple[int, ...], words: str) -> None:
    for scheme in (ISO, MIL):
        assert words in after(scheme, *found).explain()


@pytest.mark.parametrize(
    ("accepted", "words"),
    [(0, "Five more accepted lots"), (3, "Two more accepted lots"), (4, "One more accepted lot")],
)
def test_normal_inspection_resumes_after_accepted_lots(accepted: int, words: str) -> None:
    for scheme in (ISO, MIL):
        state = after(scheme, 9, 9, *[0] * accepted)
        assert f" {words} and normal inspection resumes." in state.explain()


@pytest.mark.parametrize(
    ("scheme", "lots", "words"),
    [
        (ISO, 0, "5 more lots are not accepted before that"),
        (ISO, 3, "2 more lots are not accepted before that"),
        (ISO, 4, "1 more lot is not accepted before that"),
        (MIL, 0, "10 more lots remain on it"),
        (MIL, 8, "2 more lots remain on it"),
        (MIL, 9, "1 more lot remains on it"),
    ],
)
def test_inspection_is_discontinued_after_lots_on_tightened(scheme: Scheme, lots: int, words: str) -> None:
    state = after(scheme, 9, 9, *[9] * lots)
    assert f"Inspection under the standard is discontinued if {words}." in state.explain()


def test_reduced_inspection_says_what_ends_it() -> None:
    for scheme, gap in ((ISO, False), (MIL, True)):
        state = replace(scheme.start(), severity="reduced")
        said = state.explain()
        assert ("a count lies between Ac and Re" in said) == gap
        assert "or the authority no longer allows reduced inspection." in said


def test_every_stage_of_skip_lot_inspection_is_said() -> None:
    stages = (
        SkipStage(name="every", accepted=5),
        SkipStage(name="half", frequency=0.5, accepted=10, back="every"),
        SkipStage(name="tenth", frequency=0.1, back="half"),
    )
    assert SkipLot(SinglePlan(20, 1), stages).explain() == (
        'Every: every lot is inspected; after 5 consecutive accepted lots, "half" follows; after 1 lot not accepted, "every" '
        "follows. "
        'Half: a lot is inspected with probability 0.5; after 10 consecutive accepted lots, "tenth" follows; after 1 lot not '
        'accepted, "every" follows. '
        'Tenth: a lot is inspected with probability 0.1; after 1 lot not accepted, "half" follows.'
    )
