"""Small pieces of HTML and inline SVG, escaped; every form of a value is built from them.

Knows no domain. Text that comes in is escaped; only `Html`, which these functions return, is not escaped again.
Colours are mixed from the colour of the text around, so that they follow the reader's theme, light or dark, wherever
the pieces stand; nothing is told by colour alone. `as_text` says in plain text what a block says; `Shown` is the base
of every value that shows itself.
"""

from aql.markup.curve import curve
from aql.markup.pieces import STYLE, Html, badge, block, element, facts, items, part, table
from aql.markup.plain import as_text, pretty
from aql.markup.shown import Shown, as_html, in_words

__all__ = [
    "STYLE",
    "Html",
    "Shown",
    "as_html",
    "as_text",
    "badge",
    "block",
    "curve",
    "element",
    "facts",
    "in_words",
    "items",
    "part",
    "pretty",
    "table",
]
