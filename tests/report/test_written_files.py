"""What every written file holds is in one file, so that a change is read before it is made.

That formulas count as scoring does is tested in `test_wide_sheet.py`, with a spreadsheet program.
"""

from pathlib import Path

import pytest

from tests.report.written_files import PARTS, kept, written


@pytest.mark.parametrize("part", PARTS)
def test_what_a_file_holds_is_as_it_was(tmp_path: Path, part: str) -> None:
    """If the change is meant, write the file again with ``python -m tests.report.written_files``."""
    assert written(part, tmp_path) == kept()[part]
