"""What every written file holds is in one file, so that a change is read before it is made.

That formulas count as scoring does is tested in `test_wide_sheet.py`, with a spreadsheet program.
"""

from tests.report.written_files import WRITTEN, written


def test_what_files_hold_is_as_it_was() -> None:
    """If the change is meant, write the file again with ``python -m tests.report.written_files``."""
    assert written().splitlines() == WRITTEN.read_text("utf-8").splitlines()
