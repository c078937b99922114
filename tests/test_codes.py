"""Codes are stable words in kebab case; the reference lists each of them, and the code uses each of them.

That no code is missing from the list is checked by mypy: every place that takes a code has its type.
"""

import ast
import re
from pathlib import Path

import pytest

import aql
from aql.codes import ERROR_CODES, FINDING_CODES, REASON_CODES
from aql.display.reasons import _SENTENCES
from tests.contract.test_trades import codes_of_the_source

PACKAGE = Path(aql.__file__).parent
PAGE = (PACKAGE.parent / "docs/reference/codes.md").read_text("utf-8")
ERRORS, FINDINGS, REASONS = re.split("## Findings of the check|## Reasons and notes of a verdict", PAGE)


@pytest.mark.parametrize(
    "codes", [ERROR_CODES, FINDING_CODES, REASON_CODES], ids=["errors", "findings", "reasons"]
)
def test_codes_are_words_in_kebab_case_and_in_order(codes: tuple[str, ...]) -> None:
    assert list(codes) == sorted(set(codes))
    assert [code for code in codes if not re.fullmatch(r"[a-z]+(-[a-z]+)*", code)] == []


@pytest.mark.parametrize(
    ("part", "codes"), [(ERRORS, ERROR_CODES), (REASONS, REASON_CODES)], ids=["errors", "reasons"]
)
def test_the_reference_lists_every_code_of_an_error_and_a_reason(part: str, codes: tuple[str, ...]) -> None:
    assert re.findall(r"^\| `([^`]+)` \| \S.+ \|$", part, re.MULTILINE) == list(codes)


def test_the_reference_lists_every_code_of_a_finding_with_its_severities() -> None:
    listed = re.findall(r"^\| `([^`]+)` \| ([a-z, ]+) \| \S.+ \|$", FINDINGS, re.MULTILINE)
    assert [code for code, _ in listed] == list(FINDING_CODES)
    assert {(each, code) for code, severities in listed for each in severities.split(", ")} == (
        codes_of_the_source(PACKAGE / "assurance" / "before_order.py")
    )


def test_no_code_is_dead() -> None:
    sources = (path for path in PACKAGE.rglob("*.py") if path.name != "codes.py")
    trees = (ast.parse(path.read_text("utf-8")) for path in sources)
    written = {
        node.value
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert {*ERROR_CODES, *FINDING_CODES, *REASON_CODES} - written == set()


def test_every_reason_has_a_sentence() -> None:
    assert sorted(_SENTENCES) == list(REASON_CODES)
