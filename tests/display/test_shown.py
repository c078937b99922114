"""What people see of every kind of value is in one file, so that a change of words is read before it is made."""

from tests.display.shown_values import SHOWN, written


def test_what_people_see_is_as_it_was() -> None:
    """If the change is meant, write the file again with ``python -m tests.display.shown_values``."""
    assert written().splitlines() == SHOWN.read_text("utf-8").splitlines()
