"""The words of the widget's page that do not depend on what was recorded."""

from __future__ import annotations

from aql.errors import AqlError, DocumentError
from aql.languages import language, say

__all__ = ["page_words", "refusal_words"]


def page_words() -> dict[str, str]:
    """Return the words of the page in the current language, by the names that the page uses."""
    return {
        "tally": say("Tally"),
        "found": say("found"),
        "before": say("Item before"),
        "after": say("Item after"),
        "readings": say("Readings"),
        "record": say("Record"),
        "other": say("Other"),
        "not_applicable": say("Not applicable"),
        "defects": say("Defects"),
        "note": say("Note for the next defect or photograph"),
        "recorded_here": say("Recorded on it"),
        "missing": say("Still missing"),
        "camera": say("Camera"),
        "file": say("Picture"),
        "undo": say("Undo"),
        "sending": say("Recording"),
        "recorded": say("Recorded"),
        "not_recorded": say("Not recorded"),
        "again": say("Record it again"),
        "drop": say("Discard it"),
        "no_answer": say(
            "Python does not answer. If it stays silent, restart the kernel and run the notebook again: what was recorded is in the file, and this entry is offered again."
        ),
        "left_over": say(
            "It was not confirmed before the page was closed. Recording it again never counts it twice."
        ),
        "photo_lost": say("The picture is no longer here. Take it again."),
        "keys": say("Keys: 1 to 9 for a defect, 0 for the large button."),
    }


def refusal_words(error: AqlError, *, doing: str) -> str:
    """Return why an entry was not recorded; the page itself says of which item and term.

    In English, this is the message of the error. Messages of errors are not translated, so in other languages the text
    says what the page can show: what does not fit, and what to do.

    Parameters
    ----------
    error : AqlError
        The error.
    doing : str
        What was to be done: ``"record"``, ``"undo"``, ``"photo"`` or anything else.
    """
    if language() == "en":
        if isinstance(error, DocumentError):
            return "; ".join(one.message for one in error.problems)
        return str(error)
    if error.code == "not-written":
        return say("The file cannot be written; the disk may be full. Make room and record the entry again.")
    if doing == "record":
        return say(
            "The entry does not fit the term or the item: a wrong value, or a second reading of an item."
        )
    if doing == "undo":
        return say("Another entry was recorded or taken back meanwhile. Look at the last entry again.")
    if doing == "photo":
        return say(
            "The photograph must be a complete PNG, JPEG, WebP or GIF of at most 50 MB. Take it again."
        )
    return say("Python did not understand the page. Show the widget again.")
