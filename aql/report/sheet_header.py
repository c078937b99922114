"""The header of an inspection, ready to fill in."""

from __future__ import annotations

import tomli_w

from aql.contract.contract import Contract
from aql.display.plan import plan_in_words
from aql.documents.inline_toml import inline_toml
from aql.languages import say
from aql.scoring.decision_line import Line
from aql.scoring.drawing import Drawing

__all__ = ["sheet_header"]


def sheet_header(
    contract: Contract,
    lines: tuple[Line, ...],
    *,
    lot: str,
    size: int,
    findings: str,
    wide: list[str] | None = None,
    drawing: Drawing | None = None,
) -> str:
    """Return the header of an inspection sheet, ready to fill in.

    Parameters
    ----------
    contract : Contract
        What was agreed.
    lines : tuple of Line
        Its decision lines for this lot.
    lot : str
        Id of the lot.
    size : int
        Lot size. [items]
    findings : str
        Name of the file with the findings.
    wide : list of str, optional
        The lines that say how a wide sheet is read; None for the long form.
    drawing : Drawing, optional
        How the sample was drawn, with the cartons of the lot.

    Returns
    -------
    str
        TOML; comments list the samples, the terms and the optional keys.
    """
    plans = [f"#   {line.name}: {plan_in_words(line.lot_plan)}" for line in lines]
    seen = [
        f"#   {term.id} ({term.class_}): {term.text}" for term in contract.terms if term.tested_as == "visual"
    ]
    read = [
        f"#   {term.id} ({term.class_}): {term.agreed()}"
        for term in contract.terms
        if term.is_read and term.reading_of is None
    ]
    answers = [
        f"#   {term.id}: {term.agreed() if term.measure is not None else say('yes or no: {text}', text=term.text)}"
        for term in contract.terms
        if term.tested_as in {"mark", "reference"}
    ]
    parts = [
        *_comment(
            say(
                "Inspection of order {order}. Fill in the numbers here and the readings in {file},\n"
                "then run: aql score CONTRACT inspection.toml (CONTRACT is the file of the contract).",
                order=contract.order.id,
                file=findings,
            )
        ),
        "#",
        *_comment(say("Samples:")),
        *plans,
        *_comment(say("Items are numbered in the order drawn.")),
    ]
    if read:
        text = say("To read on every item of the sample; {file} has a row for each reading:", file=findings)
        if wide is not None:
            text = say(
                "To read on every item of the sample; {file} has a column for each term:", file=findings
            )
        parts += ["#", *_comment(text), *read]
    if seen:
        text = say(
            "To look for by eye; add a row with item and term to {file} for each defect seen:", file=findings
        )
        if wide is not None:
            text = say(
                "To look for by eye; mark each defect in the column of its term in {file}:", file=findings
            )
        parts += ["#", *_comment(text), *seen]
    if answers:
        text = say("To answer once for the lot, in the last rows of {file}:", file=findings)
        if wide is not None:
            text = say("To answer once for the lot, in the last row of {file}:", file=findings)
        parts += ["#", *_comment(text), *answers]
    parts += [
        "",
        'schema = "aql.inspection/1"',
        _line("contract", contract.order.id),
        "",
        "[lot]",
        *(_lot(lines, lot=lot, size=size) if drawing is None else _lot_drawn(drawing)),
        "",
        "[inspection]",
        "# date = 2026-12-10",
        '# inspector = ""',
        '# company = ""',
        '# place = ""',
        *_inspected(lines),
        *(() if drawing is None else [_stated(drawing)]),
        "",
        "[findings]",
        _line("file", findings),
        *(wide or []),
        *(() if findings.endswith(".xlsx") else _of_csv()),
        "",
    ]
    return "\n".join(parts)


def _lot(lines: tuple[Line, ...], *, lot: str, size: int) -> list[str]:
    """The lot, with the keys to fill in."""
    return [
        _line("id", lot),
        f"size = {size}",
        f"# produced = 0              # {say('items produced')}",
        f"# packed = 0                # {say('items packed for export')}",
        next((f"cartons = {line.cartons}" for line in lines if line.cartons is not None), "# cartons = 0"),
        f"# shipped_on = 2026-12-14   # {say('leave out if not shipped yet')}",
    ]


def _lot_drawn(drawing: Drawing) -> list[str]:
    """The lot of a drawing, with its cartons."""
    return [inline_toml(key, value) for key, value in drawing.lot.to_dict().items()]


def _stated(drawing: Drawing) -> str:
    """How the sample was drawn; only a comment if something was replaced, which the header has to say."""
    by = {"by": drawing.by} if drawing.lot.carton and drawing.by == "items" else {}
    nonce = {} if drawing.nonce is None else {"nonce": drawing.nonce}
    line = inline_toml("drawing", {"seed": drawing.seed, **by, **nonce})
    return f"# {line}   # {say('add what was replaced')}" if drawing.replaced else line


def _of_csv() -> tuple[str, ...]:
    """The keys for a file that a spreadsheet program writes in its own way."""
    return f'# delimiter = ";"           # {say("as your spreadsheet program writes it")}', '# decimal = ","'


def _inspected(lines: tuple[Line, ...]) -> list[str]:
    """The number inspected to fill in, or one per line if the first stages have different sample sizes, or some are of cartons."""
    first = {line.name: line.lot_plan.stages[0].total for line in lines}
    staged = any(len(line.lot_plan.stages) > 1 for line in lines)
    of_items = all(line.cartons is None for line in lines)
    if of_items and (not staged or len(set(first.values())) == 1):
        needed = say("items inspected so far; the first sample needs {number}", number=max(first.values()))
        return [f"inspected = 0               # {needed}"]
    numbers = tomli_w.dumps(dict.fromkeys(first, 0)).splitlines()
    sizes = ", ".join(f"{name} {size}" for name, size in first.items())
    return [
        *_comment(say("Items inspected so far, by line; the first samples need {sizes}.", sizes=sizes)),
        f"inspected = {{ {', '.join(numbers)} }}",
    ]


def _comment(text: str) -> list[str]:
    """The lines of a text as comments."""
    return [f"# {line}" for line in text.split("\n")]


def _line(key: str, text: str) -> str:
    return tomli_w.dumps({key: text}).rstrip("\n")
