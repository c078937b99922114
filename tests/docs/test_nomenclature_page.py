"""The glossary names every property of a plan, and every row of it is complete."""

import re
from pathlib import Path

from aql import SinglePlan

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "nomenclature.md").read_text("utf-8")
TERMS, SYNONYMS = (
    [line for line in part.splitlines() if line.startswith("|") and "---" not in line]
    for part in PAGE.split("\n## Synonyms\n")
)


def cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.strip("|").split("|")]


def test_every_property_of_a_plan_is_named() -> None:
    named = {name for row in TERMS for name in re.findall(r"`(\w+)` \|", row)}
    properties = {
        name for name in dir(SinglePlan) if not name.startswith("_") and callable(getattr(SinglePlan, name))
    }
    assert properties - named == set()


def test_every_row_has_a_term_a_definition_and_a_source() -> None:
    for row in TERMS:
        assert len(cells(row)) == 5, row
        symbol, term, _, definition, source = cells(row)
        assert symbol or term, row
        assert source, row
        assert definition, row


def test_no_term_is_listed_twice() -> None:
    terms = [term for row in TERMS if (term := cells(row)[1]) not in {"", "term"}]
    assert len(terms) == len(set(terms)) > 80


def test_every_synonym_leads_to_a_term_of_the_glossary() -> None:
    terms = {term.strip() for row in TERMS for term in cells(row)[1].split(", ")}
    wanted = {cells(row)[1] for row in SYNONYMS[1:]}
    assert len(wanted) > 20
    assert wanted - terms == set()


def test_no_word_is_a_synonym_twice() -> None:
    words = [word for row in SYNONYMS[1:] for word in re.split(r"[,;] ", cells(row)[0])]
    assert len(words) == len(set(words))
