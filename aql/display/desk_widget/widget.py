"""The widget of a desk for Jupyter and other notebooks that take anywidgets."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import anywidget
import traitlets

from aql.checks import choice
from aql.display.desk_widget.taps import Taps
from aql.display.desk_widget.view import desk_view
from aql.display.desk_widget.words import page_words
from aql.languages import LANGUAGES, spoken

if TYPE_CHECKING:
    from aql.desk.desk import Desk

__all__ = ["DeskWidget"]

_FOLDER = Path(__file__).parent


class DeskWidget(anywidget.AnyWidget):
    """A page that records in a desk.

    The page shows `view` and sends a message for every tap; see `Taps` for the messages. Python changes `view` after an
    entry is on the disk, and then answers.
    """

    _esm = _FOLDER / "desk.js"
    _css = _FOLDER / "desk.css"

    words = traitlets.Dict(read_only=True).tag(sync=True)
    view = traitlets.Dict(read_only=True).tag(sync=True)

    def __init__(self, desk: Desk, language: str = "en") -> None:
        self._language = choice(language, "language", LANGUAGES)
        self._taps = Taps(desk)
        super().__init__()
        with spoken(self._language):
            self.set_trait("words", page_words())
        self._show()
        desk.watch(self._show)
        self.on_msg(self._take)

    def _take(self, _widget: object, message: object, buffers: list[bytes]) -> None:
        with spoken(self._language):
            answer = self._taps.take(message, buffers)
        if answer is not None:
            self._show()
            self.send(answer)

    def _show(self) -> None:
        with spoken(self._language):
            self.set_trait("view", desk_view(self._taps.desk, self._taps.place))
