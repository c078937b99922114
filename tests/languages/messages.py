"""Every text that a catalogue must have: what the code and the templates say, and words that are chosen at run time."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import jinja2

import aql
from aql.assurance.reason_words import REASON_WORDS
from aql.display.claim_reasons import DEADLINES, EVIDENCE, NOTES, OTHER_DAYS, PROOFS, STATES, UNCOVERED
from aql.standards.editions import edition
from aql.types import SAMPLINGS, SEVERITIES

PACKAGE = Path(aql.__file__).parent

Message = str | tuple[str, str]

_CHOSEN = ("yes", "no", "unclear", "there", "missing", "does not count")
"""Answers about a claim and what is known of its evidence."""


def messages(*, of_errors: bool = False) -> set[Message]:
    """All messages: a text, or the two texts of a plural; on request also the nouns of errors, which stay English."""
    claims = (REASON_WORDS, DEADLINES, EVIDENCE, NOTES, OTHER_DAYS, PROOFS, STATES, UNCOVERED)
    found: set[Message] = {
        *(text for words in claims for text in words.values()),
        *_CHOSEN,
        *SEVERITIES,
        *SAMPLINGS,
        *(edition(name).status for name in aql.STANDARDS),
    }
    for path in sorted(PACKAGE.rglob("*.py")):
        code = path.read_text("utf-8")
        if path.parent.name != "languages" and re.search(r"\b(say|marked|say_plural|plural)\(", code):
            shown = path.relative_to(PACKAGE).parts[0] in {"display", "report"}
            found |= set(_in_code(ast.parse(code), nouns=shown or of_errors))
    environment = jinja2.Environment()
    for path in sorted((PACKAGE / "report" / "templates").glob("*.html")):
        for call in environment.parse(path.read_text("utf-8")).find_all(jinja2.nodes.Call):
            texts = [one.value for one in call.args if isinstance(one, jinja2.nodes.Const)]
            if isinstance(call.node, jinja2.nodes.Name) and call.node.name in {"_", "_n"} and texts:
                found.add(texts[0] if call.node.name == "_" else (texts[0], texts[1]))
    return {one for one in found if one}


def _in_code(tree: ast.AST, *, nouns: bool) -> Iterator[Message]:
    """The messages of a file; the nouns that it counts only where it is shown, since errors are in English."""
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name):
            continue
        texts = [one.value for one in _constants(call.args) if isinstance(one.value, str)]
        if call.func.id in {"say", "marked"}:
            yield from texts
        elif call.func.id == "say_plural" and len(texts) == 2:
            yield texts[0], texts[1]
        elif call.func.id == "plural" and texts and nouns:
            yield from ((f"{{number}} {one}", f"{{number}} {many}") for one, many in _nouns(call))


def _constants(arguments: list[ast.expr]) -> Iterator[ast.Constant]:
    """The constants among arguments, also those of either side of an `if`."""
    for one in arguments:
        if isinstance(one, ast.Constant):
            yield one
        elif isinstance(one, ast.IfExp):
            yield from _constants([one.body, one.orelse])


def _nouns(call: ast.Call) -> Iterator[tuple[str, str]]:
    """The noun of a call of `plural`, and its plural; one of each side of an `if`."""
    first = [str(one.value) for one in _constants(call.args[1:2])]
    others = [str(one.value) for one in _constants(call.args[2:])]
    for noun in first:
        yield noun, others[0] if others else f"{noun}s"
