"""Sphinx extension: formulas become MathML when the site is built, so that pages need no script or font for them."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from latex2mathml.converter import convert


def _inline(self: Any, node: nodes.math) -> None:
    self.body.append(convert(node.astext()))
    raise nodes.SkipNode


def _block(self: Any, node: nodes.math_block) -> None:
    # References to an equation lead to its label, if it has one.
    ids: list[str] = node.get("ids", [])
    names = "".join(f'<span id="{name}"></span>' for name in ids)
    self.body.append(f'<div class="math-block">{names}{convert(node.astext(), display="block")}</div>\n')
    raise nodes.SkipNode


def setup(app: Any) -> dict[str, bool]:
    """Register the renderer and select it."""
    app.add_html_math_renderer("mathml", (_inline, None), (_block, None))
    app.config.html_math_renderer = "mathml"
    return {"parallel_read_safe": True, "parallel_write_safe": True}
