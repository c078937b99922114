"""Every regular expression of the library is linear in the length of its text, and every file goes through the doors."""

import re

import pytest

from tests.attack.patterns import Pattern, every_pattern, repeats_that_overlap

PATTERNS = every_pattern()
ALWAYS_MATCHES = {"documents/text_size.py"}
"""Searches that never fail, as any sign, number or end of the text ends them, and so never begin again."""


def test_patterns_are_found() -> None:
    assert len(PATTERNS) > 50
    assert {method for one in PATTERNS for method in one.methods} >= {"sub", "search", "fullmatch", "match"}


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda one: one.place)
def test_no_part_of_a_pattern_takes_what_another_part_takes(pattern: Pattern) -> None:
    if pattern.place.partition(":")[0] not in ALWAYS_MATCHES:
        assert repeats_that_overlap(pattern) == []


@pytest.mark.parametrize(
    ("written", "method"),
    [
        (r"[ \t]+(?=\n)", "sub"),
        (r"-*([.+])-*", "sub"),
        ("\u201c[^\u201d]*\u201d", "sub"),
        (r"\s*x", "search"),
        (r"\d{1,3}(?:[ ,]\d{3})+mm", "search"),
        (r"(a+)+b", "match"),
        (r"\d+\d+x", "match"),
        (r"\s*\d*\s*x", "match"),
    ],
)
def test_slow_patterns_are_recognized(written: str, method: str) -> None:
    assert repeats_that_overlap(Pattern("", re.compile(written), (method,)))


@pytest.mark.parametrize("written", [r"(?<![ \t])[ \t]++(?=\n)", '"[^"]*"', "a+b", r"x*y*z", r"(?:a++|b)*+c"])
def test_linear_patterns_are_recognized(written: str) -> None:
    assert repeats_that_overlap(Pattern("", re.compile(written), ("match",))) == []
