"""Sphinx extension: fixes for docstrings and code blocks that Sphinx or docutils would misread."""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from sphinx.transforms import SphinxTransform

# "E. G. Schilling" is an author, not the fifth item of a list.
INITIAL = re.compile(r"^(\s*\.\. \[[^\]]+\] )(?=[A-Z]\. )")
# numpydoc makes the labels of references unique; the reader should see the number in the docstring.
LABEL = re.compile(r"\[R[0-9a-f]+-(\w+)\]")


class Trimmed(SphinxTransform):
    """Removes the blank line at the end of an example."""

    default_priority = 6

    def apply(self, **_: Any) -> None:
        """Trim every block of code."""
        for block in self.document.findall(nodes.literal_block):
            text = block.astext().rstrip("\n")
            if len(block.children) == 1 and text != block.astext():
                block.rawsource = text
                block[0] = nodes.Text(text)


def keep_initials(_app: Any, _what: str, _name: str, _obj: Any, _options: Any, lines: list[str]) -> None:
    """Escape an author's initial at the beginning of a reference."""
    lines[:] = [INITIAL.sub(r"\1\\", line) for line in lines]


def plain_labels(_app: Any, doctree: nodes.document, _name: str) -> None:
    """Write the numbers of references as the docstring does."""
    for reference in doctree.findall(nodes.reference):
        if LABEL.fullmatch(reference.astext()):
            reference.children = [nodes.Text(LABEL.sub(r"[\1]", reference.astext()))]


def setup(app: Any) -> dict[str, bool]:
    """Register the extension; docstrings are fixed after numpydoc has processed them."""
    app.add_transform(Trimmed)
    app.connect("autodoc-process-docstring", keep_initials, priority=900)
    app.connect("doctree-resolved", plain_labels)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
