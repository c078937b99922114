"""Sphinx extension: pages that are not prose get a class for the style sheet, and tables are left out of the search.

A page gives its kind in its front matter, such as ``kind: glossary``; the derived tables have the kind ``figures``.
"""

from __future__ import annotations

from typing import Any

from docutils import nodes


def mark(app: Any, doctree: nodes.document) -> None:
    """Add the kind of the page as a class."""
    name, metadata = app.env.docname, app.env.metadata[app.env.docname]
    if name.startswith("derived/") and name != "derived/index":
        # Otherwise their numbers would fill most of the search index.
        metadata |= {"kind": "figures", "nosearch": "true", "html_theme.sidebar_secondary.remove": "true"}
    if "kind" in metadata:
        next(iter(doctree.findall(nodes.section)))["classes"].append(metadata["kind"])


def setup(app: Any) -> dict[str, bool]:
    """Register the extension; it marks each page when Sphinx has read it."""
    app.connect("doctree-read", mark)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
