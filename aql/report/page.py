"""The report of an inspection: one HTML page that needs nothing beside it, for the screen and for paper."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from aql import markup
from aql.contract.contract import Contract
from aql.errors import AqlError, MissingExtraError
from aql.inspection.inspection import Inspection
from aql.report.given import check_given
from aql.report.sections import contents
from aql.scoring.verdict import Verdict

if TYPE_CHECKING:
    from jinja2 import Environment

__all__ = ["report_html", "report_target", "write_report"]


def write_report(verdict: Verdict, path: str | Path, *, contract: Contract, inspection: Inspection) -> Path:
    """Write the report of an inspection as one HTML file.

    Parameters
    ----------
    verdict : Verdict
        What `aql.score` returned for this contract and this inspection.
    path : str or Path
        The file to write; it ends in ``.html`` or ``.htm``, and its folder exists. A file of that name is replaced,
        at once and only by a whole report.
    contract : Contract
        The contract.
    inspection : Inspection
        The inspection. Photographs are read from beside its header and carried in the page.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    DomainError
        If the verdict, the contract or the inspection is something else.
    AqlError
        If the verdict does not belong to this contract and inspection, or the file cannot be written.
    MissingExtraError
        If Jinja2 is not installed.

    Examples
    --------
    >>> import tempfile
    >>> from aql import examples, score
    >>> contract, inspection = examples.tablet_order()
    >>> verdict = score(contract, inspection)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     written = write_report(
    ...         verdict, Path(folder) / "report.html", contract=contract, inspection=inspection
    ...     )
    ...     written.name, "The lot is rejected." in written.read_text("utf-8")
    ('report.html', True)
    """
    target = report_target(path)
    text = report_html(verdict, contract=contract, inspection=inspection)
    _replace(target, text.encode())
    return target


def report_target(path: str | Path) -> Path:
    """The file of a report, after a look at its name, its folder and Jinja2: what can be known before it is written."""
    target = Path(path)
    if target.suffix.lower() not in {".html", ".htm"}:
        raise AqlError(
            f"{target.name!r} does not say that it is a page",
            "a report is written to a file that ends in .html or .htm",
            "Give the file one of these endings",
            value=str(path),
        )
    if not target.parent.is_dir():
        raise AqlError(
            f"folder {str(target.parent)!r} does not exist",
            "a report is written into a folder that is there",
            "Make the folder, or name another",
            value=str(path),
        )
    _templates()
    return target


def report_html(verdict: Verdict, *, contract: Contract, inspection: Inspection) -> str:
    """Return the report of an inspection as the text of an HTML page.

    Parameters
    ----------
    verdict : Verdict
        What `aql.score` returned for this contract and this inspection.
    contract : Contract
        The contract.
    inspection : Inspection
        The inspection.

    Returns
    -------
    str
        The page; equal values give an equal page.

    Raises
    ------
    DomainError
        If the verdict, the contract or the inspection is something else.
    AqlError
        If the verdict does not belong to this contract and inspection.
    MissingExtraError
        If Jinja2 is not installed.

    Examples
    --------
    >>> from aql import examples, score
    >>> contract, inspection = examples.tablet_order()
    >>> page = report_html(score(contract, inspection), contract=contract, inspection=inspection)
    >>> page[:15], "<script" in page
    ('<!doctype html>', False)
    """
    check_given(verdict, Verdict)
    check_given(contract, Contract)
    check_given(inspection, Inspection)
    differences = list(_differences(verdict, contract, inspection))
    if differences:
        raise AqlError(
            f"the verdict does not belong to what was given: {'; '.join(differences)}",
            "a report shows a verdict with the contract and the inspection that it rests on",
            "Score this contract and this inspection, and give that verdict",
            differences=tuple(differences),
        )
    pages = _templates()
    return pages.get_template("report.html").render(contents(verdict, contract, inspection))


def _differences(verdict: Verdict, contract: Contract, inspection: Inspection) -> Iterator[str]:
    header, evidence = inspection.header, verdict.evidence
    if verdict.order != contract.order.id:
        yield f"its order is {verdict.order!r}, that of the contract {contract.order.id!r}"
    if header.contract != contract.order.id:
        yield f"the inspection is of order {header.contract!r}, the contract is {contract.order.id!r}"
    if verdict.lot != header.lot.id:
        yield f"its lot is {verdict.lot!r}, that of the inspection {header.lot.id!r}"
    for what, stated, found in (
        ("contract", evidence.contract_sha256, contract.checksum),
        ("header of the inspection", evidence.header_sha256, inspection.header_checksum),
        ("findings", evidence.findings_sha256, inspection.checksum),
    ):
        if stated != found:
            yield f"the checksum of the {what} differs"


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
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    pages.globals |= {
        "badge": markup.badge,
        "style": markup.Html((folder / "report.css").read_text("utf-8").strip()),
    }
    return pages


def _replace(target: Path, data: bytes) -> None:
    """Write beside the file, then put it in its place in one step."""
    beside = target.with_name(f".{secrets.token_hex(8)}.part")
    try:
        with beside.open("xb") as file:
            file.write(data)
        beside.replace(target)
    except OSError as error:
        raise AqlError(
            f"{str(target)!r} cannot be written",
            str(error.strerror),
            "Make the file and its folder writable, or name another",
            value=str(target),
        ) from None
    finally:
        beside.unlink(missing_ok=True)
