"""The page of symbols and terms names what a plan can be asked, and is a whole table."""

import re
from pathlib import Path

from aql.plans.properties import Properties

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "nomenclature.md").read_text("utf-8")
ROWS = [line for line in PAGE.splitlines() if line.startswith("|")]


def test_every_property_of_a_plan_is_named() -> None:
    named = {name for row in ROWS for name in re.findall(r"`(\w+)` \|", row)}
    properties = {name for name in vars(Properties) if not name.startswith("_")}
    assert properties - named == set()


def test_every_row_has_a_term_a_definition_and_a_source() -> None:
    for row in ROWS:
        cells = [cell.strip() for cell in row.strip("|").split("|")]
        assert len(cells) == 5, row
        symbol, term, _, definition, source = cells
        assert symbol or term, row
        assert source, row
        assert definition, row


def test_no_term_stands_twice() -> None:
    terms = [row.split("|")[2].strip() for row in ROWS if "---" not in row]
    terms = [term for term in terms if term not in {"", "term"}]
    assert len(terms) == len(set(terms)) > 80
