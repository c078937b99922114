"""The report of an inspection as one self-contained HTML page, for screen and paper, or as PDF."""

from __future__ import annotations

import os
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from aql import markup
from aql.assurance.assessment import ClaimAssessment
from aql.checks import choice
from aql.contract.contract import Contract
from aql.display.decision_lines import line_name
from aql.display.reasons import named_items
from aql.documents.files import checked_path, in_quotes
from aql.documents.input_limits import DEFAULT_LIMITS, InputLimits, check_limits
from aql.documents.writing import write_file
from aql.errors import AqlError, MissingExtraError
from aql.inspection.inspection import Inspection
from aql.languages import LANGUAGES, day, html_language, number, say, say_plural, spoken
from aql.report.claims import claim_section
from aql.report.given import check_given, check_same
from aql.report.pdf import load_weasyprint, pdf
from aql.report.sections import contents
from aql.report.units import with_units_kept
from aql.scoring.drawing import Drawing
from aql.scoring.verdict import Verdict
from aql.words import listed, visible

if TYPE_CHECKING:
    from jinja2 import Environment

__all__ = ["PAGES", "PDF", "report_html", "report_target", "write_report"]

PAGES, PDF = (".html", ".htm"), (".pdf",)
"""Endings of a report as a page and as PDF."""


def write_report(
    verdict: Verdict,
    path: str | Path,
    *,
    contract: Contract | None = None,
    inspection: Inspection | None = None,
    claim: ClaimAssessment | None = None,
    drawing: Drawing | None = None,
    language: str = "en",
    limits: InputLimits = DEFAULT_LIMITS,
) -> Path:
    """Write the report of an inspection as one HTML page or as PDF, from the verdict alone.

    Parameters
    ----------
    verdict : Verdict
        The verdict, from `aql.score` or loaded from JSON.
    path : str or Path
        File to write; it must end in ``.html``, ``.htm`` or ``.pdf``, and its folder must exist. An existing file is
        replaced in one step once the report is complete.
    contract : Contract, optional
        The contract. It adds nothing to the page; it is only checked to be the one that the verdict is based on.
    inspection : Inspection, optional
        The inspection, needed to include its photographs, which are read from the folder of its header and embedded in
        the page; large ones are scaled down. It must be the one that the verdict is based on.
    claim : ClaimAssessment, optional
        The assessment of a claim, from `aql.assess_claim`, to add as a section. It must be based on the same contract.
    drawing : Drawing, optional
        How the sample was drawn, from `aql.draw`, to show the cartons opened, the seed and the pick list. Defaults to
        the drawing of the verdict, which it has if the header states the seed.
    language : str
        Language of the report: ``"en"``, or ``"zh"`` for simplified Chinese. What the documents say stays as it is.
    limits : InputLimits
        How many photographs there may be, and how large they may be in all once scaled down.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    DomainError
        If the verdict, the contract, the inspection or the drawing has the wrong type, or the language is unknown.
    AqlError
        If the verdict is not based on that contract or inspection, the drawing is of another lot, there are too many
        photographs, no font has a character of a PDF, or the file cannot be written.
    MissingExtraError
        If Jinja2 is not installed, WeasyPrint for PDF, or Pillow if there are photographs.

    Examples
    --------
    >>> import tempfile
    >>> from aql import examples, score
    >>> verdict = Verdict.from_json(score(*examples.tablet_order()).to_json())
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     written = write_report(verdict, Path(folder) / "report.html")
    ...     written.name, "The lot is rejected." in written.read_text("utf-8")
    ('report.html', True)
    """
    target = report_target(path)
    text = report_html(
        verdict,
        contract=contract,
        inspection=inspection,
        claim=claim,
        drawing=drawing,
        language=language,
        limits=limits,
    )
    write_file(target, pdf(text) if target.suffix.lower() in PDF else text.encode())
    return target


def report_target(path: str | Path, *, endings: tuple[str, ...] = PAGES + PDF) -> Path:
    """Return the path for the report after checking its name, its folder, and Jinja2 or WeasyPrint."""
    target = checked_path(path, "the report file")
    ending = target.suffix.lower()
    if ending not in endings:
        raise AqlError(
            f"the report file must end in {listed(endings, last='or')}, got {in_quotes(target.name)}",
            code="bad-file",
            file=str(path),
        )
    if not os.path.isdir(target.parent):  # noqa: PTH112 - false for impossible names, where Path raises
        raise AqlError(f"folder {in_quotes(target.parent)} does not exist", code="bad-folder", file=str(path))
    _templates()
    if ending in PDF:
        load_weasyprint()
    return target


def report_html(
    verdict: Verdict,
    *,
    contract: Contract | None = None,
    inspection: Inspection | None = None,
    claim: ClaimAssessment | None = None,
    drawing: Drawing | None = None,
    language: str = "en",
    limits: InputLimits = DEFAULT_LIMITS,
) -> str:
    """Return the page of the report as HTML text; parameters and errors are those of `write_report`.

    Returns
    -------
    str
        The page. Equal arguments give identical pages.

    Examples
    --------
    >>> from aql import examples, score
    >>> page = report_html(score(*examples.tablet_order()))
    >>> page[:15], "<script" in page
    ('<!doctype html>', False)
    """
    check_given(verdict, Verdict)
    check_limits(limits)
    check_same(verdict, contract=contract, inspection=inspection)
    with spoken(choice(language, "language", LANGUAGES)):
        values = contents(verdict, inspection=inspection, drawing=drawing, limits=limits) | {
            "claim": claim_section(claim, verdict),
            "html_language": html_language(),
            "footer_text": re.sub(r'["\\\\<]', "", say("Inspection report")),
        }
        text = _templates().get_template("report.html").render(values)
    return with_units_kept(text, verdict)


@cache
def _templates() -> Environment:
    try:
        from jinja2 import Environment, FileSystemLoader, StrictUndefined
    except ImportError:
        raise MissingExtraError("writing a report needs Jinja2", "report") from None
    folder = Path(__file__).parent / "templates"
    pages = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        finalize=lambda value: visible(value) if type(value) is str else value,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    pages.globals |= {
        "_": say,
        "_n": say_plural,
        "badge": markup.badge,
        "day": day,
        "listed": listed,
        "named": line_name,
        "named_items": named_items,
        "number": number,
        "style": markup.Html((folder / "report.css").read_text("utf-8").strip()),
    }
    return pages
