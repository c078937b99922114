"""Pages that are not prose: their kind, which the style sheet knows, and what the search reads of them.

A page says its kind in its front matter, ``kind: glossary``; the derived tables are of the kind ``figures``.
"""

from __future__ import annotations

from typing import Any

from docutils import nodes


def mark(app: Any, doctree: nodes.document) -> None:
    """Give the page its kind as a class."""
    name, metadata = app.env.docname, app.env.metadata[app.env.docname]
    if name.startswith("derived/") and name != "derived/index":
        # Their numbers would be most of the index of the search.
        metadata |= {"kind": "figures", "nosearch": "true", "html_theme.sidebar_secondary.remove": "true"}
    if "kind" in metadata:
        next(iter(doctree.findall(nodes.section)))["classes"].append(metadata["kind"])


def setup(app: Any) -> dict[str, bool]:
    """Mark each page when it has been read."""
    app.connect("doctree-read", mark)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
