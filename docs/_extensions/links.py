"""Sphinx extension: plain links and names in Markdown and docstrings lead to the right page or entry."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms import SphinxTransform

# Self-contained HTML pages, copied unchanged and linked like any other page.
STANDALONE = ("derived/plan_browser.html",)
# Files outside the documentation, and the page of the site that shows each.
ELSEWHERE = {
    "CHANGELOG.md": "changelog",
    "CONTRIBUTING.md": "contributing",
    "README.md": "index",
    "tables/README.md": "reference/provenance",
}
NAME = re.compile(r"aql(\.\w+)+(?=\([^()]*\)$|$)")


class Links(SphinxTransform):
    """Links standalone pages, files outside the documentation (to the page that shows them), and names of objects."""

    default_priority = 5

    def apply(self, **_: Any) -> None:
        """Fix the links of one page."""
        for download in list(self.document.findall(addnodes.download_reference)):
            file, path = self.env.relfn2path(download["reftarget"], self.env.docname)
            if file in STANDALONE:
                address = "../" * self.env.docname.count("/") + file
                download.replace_self(
                    nodes.reference("", "", *download.children, refuri=address, internal=True)
                )
            else:
                self.bring_home(download, Path(path))
        for link in list(self.document.findall(addnodes.pending_xref)):
            if link.get("refdomain") == "doc" and link["reftarget"] not in self.env.found_docs:
                self.bring_home(link, Path(self.env.doc2path(link["reftarget"])))
        for code in list(self.document.findall(nodes.literal)):
            found = NAME.match(code.astext())
            if found and isinstance(code.parent, (nodes.paragraph, nodes.entry, nodes.term)):
                name = mention(self.env, found.group())
                code.replace_self(name)
                name += code

    def bring_home(self, node: nodes.Element, path: Path) -> None:
        """Let a link to a file outside the documentation lead to the page that shows it."""
        root = Path(self.env.srcdir).parent
        try:
            outside = path.resolve().relative_to(root.resolve()).as_posix()
        except ValueError:
            return
        if outside.startswith("notebooks/"):
            page = outside.removesuffix(".ipynb")
        elif outside in ELSEWHERE:
            page = ELSEWHERE[outside]
        else:
            return
        target = {"reftarget": f"/{page}", "refdoc": self.env.docname, "refdomain": "std", "reftype": "doc"}
        node.replace_self(addnodes.pending_xref("", *node.children, refexplicit=True, refwarn=True, **target))


def mention(env: Any, name: str) -> addnodes.pending_xref:
    """Return a link to the entry of a name; `without_entry` turns it back into code if there is no entry."""
    context = {key: env.ref_context.get(key) for key in ("py:module", "py:class")}
    target = {"reftarget": name, "refdoc": env.docname, "refdomain": "py", "reftype": "obj"}
    return addnodes.pending_xref("", refexplicit=False, mention=True, **target, **context)


def mention_role(
    _name: str, rawtext: str, text: str, _line: int, inliner: Any, **_: Any
) -> tuple[list[nodes.Node], list[nodes.system_message]]:
    """Text between single backticks in a docstring: a name of the library is linked, anything else is code."""
    env = inliner.document.settings.env
    code = nodes.literal(rawtext, text)
    if not re.fullmatch(r"[\w.]+", text):
        return [code], []
    found = mention(env, text)
    found += code
    return [found], []


def without_entry(
    _app: Any, _env: Any, node: addnodes.pending_xref, content: nodes.Element
) -> nodes.Element | None:
    """Show a name that has no entry as plain code."""
    return content if node.get("mention") else None


def copy_standalone(app: Any, exception: Exception | None) -> None:
    """Copy the standalone pages into the finished site, with its icon, which browsers request anyway."""
    if exception is None and app.builder.format == "html":
        for name in STANDALONE:
            icon = "../" * name.count("/") + "_static/favicon.svg"
            page = (Path(app.srcdir) / name).read_text("utf-8")
            page = page.replace("<title>", f'<link rel="icon" href="{icon}">\n<title>', 1)
            (Path(app.outdir) / name).write_text(page, encoding="utf-8", newline="\n")


def setup(app: Any) -> dict[str, bool]:
    """Register the extension."""
    app.add_role("mention", mention_role)
    app.add_transform(Links)
    app.connect("missing-reference", without_entry)
    app.connect("build-finished", copy_standalone)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
