"""The words of the widget's page that do not depend on what was recorded."""

from __future__ import annotations

from aql.languages import say

__all__ = ["page_words"]


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
