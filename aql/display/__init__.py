"""Values in words and as HTML.

`as_html` and `in_words` choose the function for a value by the name of its class and import only the file of that
function, so that showing a lookup does not load what a contract needs.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from anywidget import AnyWidget

    from aql.desk.desk import Desk
    from aql.markup import Html

__all__ = ["as_html", "in_words", "print_code", "widget_of"]

_HTML = {
    "AnyLookup": ("lookup", "lookup_html"),
    "ClaimAssessment": ("claim", "claim_html"),
    "Contract": ("contract", "contract_html"),
    "DeskState": ("desk", "desk_html"),
    "Drawing": ("drawing", "drawing_html"),
    "Findings": ("inspection", "findings_html"),
    "History": ("scheme", "history_html"),
    "Inspection": ("inspection", "inspection_html"),
    "ManyLookups": ("many_lookups", "many_lookups_html"),
    "MultiplePlan": ("plan", "plan_html"),
    "Scheme": ("scheme", "scheme_html"),
    "Settlement": ("settlement", "settlement_html"),
    "SinglePlan": ("plan", "plan_html"),
    "SkipLot": ("scheme", "skip_lot_html"),
    "State": ("scheme", "state_html"),
    "Verdict": ("verdict", "verdict_html"),
    "Worth": ("worth", "worth_html"),
}
"""File and function that write a value as HTML, by the name of its class."""

_WORDS = {
    "AnyLookup": ("lookup", "explain_lookup"),
    "ClaimAssessment": ("claim", "explain_claim"),
    "ClaimDraft": ("claim_draft", "draft_text"),
    "DeskState": ("desk", "explain_desk"),
    "Drawing": ("drawing", "explain_drawing"),
    "FractionalPlan": ("plan", "plan_in_words"),
    "History": ("scheme", "explain_history"),
    "LotBound": ("confidence_bounds", "explain_lot_bound"),
    "LotPosterior": ("confidence_bounds", "explain_posterior"),
    "MultiplePlan": ("plan", "plan_in_words"),
    "ProcessBound": ("confidence_bounds", "explain_process_bound"),
    "Reason": ("reasons", "reason_in_words"),
    "Scheme": ("scheme", "explain_scheme"),
    "Settlement": ("settlement", "explain_settlement"),
    "SinglePlan": ("plan", "plan_in_words"),
    "SkipLot": ("scheme", "explain_skip_lot"),
    "State": ("scheme", "explain_state"),
    "Step": ("scheme", "explain_step"),
    "Verdict": ("verdict", "explain_verdict"),
    "Worth": ("worth", "explain_worth"),
}
"""File and function that write a value in sentences, by the name of its class."""


_CODE = {
    "AnyLookup": ("code", "lookup_code"),
    "Contract": ("code", "contract_code"),
    "Finding": ("code", "value_code"),
    "Inspection": ("code", "inspection_code"),
    "Verdict": ("code", "value_code"),
}
"""File and function that write a value as code, by the name of its class; the ``repr`` of others is code or a line."""


def as_html(value: object) -> Html:
    """Return any value as a block of HTML; see `aql.markup.as_html`."""
    return cast("Html", _writer(value, _HTML)(value))


def in_words(value: object) -> str:
    """Return any value in words; see `aql.markup.in_words`."""
    return cast("str", _writer(value, _WORDS)(value))


def print_code(value: object, printer: Any) -> None:
    """Print any value as code that builds it again, on a printer of Hypothesis."""
    from aql.display import code

    has_code = any(kind.__name__ in _CODE for kind in type(value).__mro__)
    call = cast("code.Call", _writer(value, _CODE)(value)) if has_code else None
    code.print_code(value, call, printer)


def widget_of(desk: Desk, language: str) -> AnyWidget:
    """Return the widget of a desk; see `aql.Desk.widget`."""
    from aql.errors import MissingExtraError

    try:
        from aql.display.desk_widget.widget import DeskWidget
    except ModuleNotFoundError as error:
        if error.name != "anywidget":
            raise
        raise MissingExtraError("the widget of a desk needs anywidget", "desk") from None
    return DeskWidget(desk, language)


def _writer(value: object, homes: Mapping[str, tuple[str, str]]) -> Callable[[object], object]:
    """The function for the class of a value, or for the nearest of its base classes."""
    for kind in type(value).__mro__:
        if kind.__name__ in homes:
            file, function = homes[kind.__name__]
            return cast("Callable[[object], object]", getattr(import_module(f"aql.display.{file}"), function))
    raise TypeError(f"a value of type {type(value).__name__} cannot be shown")
