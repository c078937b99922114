"""Acceptance sampling: from a standard's tables to a verdict on a shipment.

The names of the public face; each is loaded when it is first used, so importing this package reads no file and
loads no numerical library.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from importlib.metadata import version

    from aql import examples as examples
    from aql import plot as plot
    from aql.contract.check import Finding as Finding
    from aql.contract.check import Findings as Findings
    from aql.contract.check import check as check
    from aql.contract.contract import Contract as Contract
    from aql.errors import AqlError as AqlError
    from aql.errors import DocumentError as DocumentError
    from aql.errors import DomainError as DomainError
    from aql.errors import LogError as LogError
    from aql.errors import MissingExtraError as MissingExtraError
    from aql.errors import TableError as TableError
    from aql.inspection.inspection import Inspection as Inspection
    from aql.plans.compare import compare as compare
    from aql.plans.confidence_bounds import lot_quality_bound as lot_quality_bound
    from aql.plans.design.double import design_double as design_double
    from aql.plans.design.single import design as design
    from aql.plans.design.zero import zero_acceptance as zero_acceptance
    from aql.plans.plan import MultiplePlan as MultiplePlan
    from aql.plans.plan import SinglePlan as SinglePlan
    from aql.report.page import write_report as write_report
    from aql.report.sheet import write_sheet as write_sheet
    from aql.report.workbook import write_workbook as write_workbook
    from aql.scoring.score import score as score
    from aql.scoring.verdict import Verdict as Verdict
    from aql.standards.editions import STANDARDS as STANDARDS
    from aql.standards.iso2859_1.code_letters import code_letter as code_letter
    from aql.standards.iso2859_1.lookup import Lookup as Lookup
    from aql.standards.iso2859_1.lookup import lookup as lookup
    from aql.standards.iso2859_1.lookup_many import lookup_many as lookup_many

    __version__ = version("aql-sampling")

_HOMES = {
    "AqlError": "aql.errors",
    "Contract": "aql.contract.contract",
    "DocumentError": "aql.errors",
    "DomainError": "aql.errors",
    "Finding": "aql.contract.check",
    "Findings": "aql.contract.check",
    "Inspection": "aql.inspection.inspection",
    "LogError": "aql.errors",
    "Lookup": "aql.standards.iso2859_1.lookup",
    "MissingExtraError": "aql.errors",
    "MultiplePlan": "aql.plans.plan",
    "STANDARDS": "aql.standards.editions",
    "SinglePlan": "aql.plans.plan",
    "TableError": "aql.errors",
    "Verdict": "aql.scoring.verdict",
    "check": "aql.contract.check",
    "code_letter": "aql.standards.iso2859_1.code_letters",
    "compare": "aql.plans.compare",
    "design": "aql.plans.design.single",
    "design_double": "aql.plans.design.double",
    "lookup": "aql.standards.iso2859_1.lookup",
    "lot_quality_bound": "aql.plans.confidence_bounds",
    "lookup_many": "aql.standards.iso2859_1.lookup_many",
    "score": "aql.scoring.score",
    "write_report": "aql.report.page",
    "write_sheet": "aql.report.sheet",
    "write_workbook": "aql.report.workbook",
    "zero_acceptance": "aql.plans.design.zero",
}

_MODULES = {"examples": "aql.examples", "plot": "aql.plot"}

__all__ = ["__version__", *_MODULES, *_HOMES]  # noqa: PLE0604


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        return import_module(_MODULES[name])
    if name == "__version__":
        from importlib.metadata import version

        return version("aql-sampling")
    if name not in _HOMES:
        raise AttributeError(f"module 'aql' has no attribute {name!r}; it has " + ", ".join(sorted(__all__)))
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
