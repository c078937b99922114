"""Elements of HTML and SVG with a common style; they know nothing of acceptance sampling.

Children and attributes are escaped unless they are `Html`, the type that these functions return. Colours are mixed from
the colour of the surrounding text, so that they follow the reader's light or dark theme, and no information depends on
colour alone. `as_text` converts a block to plain text; `Shown` is the base class of values with a rich display.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from aql.lazy import lazy_names

if TYPE_CHECKING:
    from aql.markup.curves import curve as curve
    from aql.markup.pieces import STYLE as STYLE
    from aql.markup.pieces import Html as Html
    from aql.markup.pieces import badge as badge
    from aql.markup.pieces import badges as badges
    from aql.markup.pieces import block as block
    from aql.markup.pieces import element as element
    from aql.markup.pieces import facts as facts
    from aql.markup.pieces import items as items
    from aql.markup.pieces import part as part
    from aql.markup.pieces import table as table
    from aql.markup.pieces import with_small as with_small
    from aql.markup.plain import as_text as as_text
    from aql.markup.shown import Shown as Shown
    from aql.markup.shown import as_html as as_html
    from aql.markup.shown import in_words as in_words
else:
    __getattr__, __dir__, __all__ = lazy_names(
        __name__,
        {
            "aql.markup.curves": ["curve"],
            "aql.markup.pieces": [
                "STYLE",
                "Html",
                "badge",
                "badges",
                "block",
                "element",
                "facts",
                "items",
                "part",
                "table",
                "with_small",
            ],
            "aql.markup.plain": ["as_text"],
            "aql.markup.shown": ["Shown", "as_html", "in_words"],
        },
    )
