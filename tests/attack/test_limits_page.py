"""The page about what the library withstands lists the limits as they are."""

import re
from dataclasses import asdict
from pathlib import Path

from aql.documents import InputLimits

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "what_it_withstands.md"


def test_the_page_lists_every_limit_with_its_default() -> None:
    rows = re.findall(r"^\| `(\w+)` \| ([\d ]+) \|", PAGE.read_text("utf-8"), re.MULTILINE)
    assert {name: int(number.replace(" ", "")) for name, number in rows} == asdict(InputLimits())
