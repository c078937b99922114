"""Acceptance sampling: from a standard's tables to a verdict on a shipment.

The public names are loaded when they are first used, so importing this package reads no files and loads no numerical
library.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from aql.lazy import lazy_names

if TYPE_CHECKING:
    from aql import examples as examples
    from aql import plot as plot
    from aql import types as types
    from aql.assurance.assessing import assess_claim as assess_claim
    from aql.assurance.assessment import ClaimAssessment as ClaimAssessment
    from aql.assurance.before_order import check as check
    from aql.contract.contract import Contract as Contract
    from aql.contract.findings import Finding as Finding
    from aql.contract.findings import Findings as Findings
    from aql.desk.desk import Desk as Desk
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
    from aql.report.pick_list import write_pick_list as write_pick_list
    from aql.report.sheet import write_sheet as write_sheet
    from aql.report.workbook import write_workbook as write_workbook
    from aql.scheme.scheme import Scheme as Scheme
    from aql.scheme.skip_lot import skip_lot as skip_lot
    from aql.scheme.streams.run_streams import run_streams as run_streams
    from aql.scheme.streams.stream_states import stream_states as stream_states
    from aql.scoring.bulk.score_lots import score_lots as score_lots
    from aql.scoring.bulk.scores import Scores as Scores
    from aql.scoring.bulk.validate import validate_findings as validate_findings
    from aql.scoring.bulk.with_plans import with_plans as with_plans
    from aql.scoring.draw import draw as draw
    from aql.scoring.drawing import Drawing as Drawing
    from aql.scoring.score import score as score
    from aql.scoring.score_counts import score_counts as score_counts
    from aql.scoring.verdict import Verdict as Verdict
    from aql.standards.iso2859_1.code_letters import code_letter as code_letter
    from aql.standards.iso2859_1.lookup import Lookup as Lookup
    from aql.standards.iso2859_1.lookup import lookup as lookup
    from aql.standards.iso2859_1.lookup_many import lookup_many as lookup_many
    from aql.types import STANDARDS as STANDARDS
    from aql.version import __version__ as __version__
else:
    __getattr__, __dir__, __all__ = lazy_names(
        __name__,
        {
            "aql.assurance.assessing": ["assess_claim"],
            "aql.assurance.assessment": ["ClaimAssessment"],
            "aql.assurance.before_order": ["check"],
            "aql.contract.contract": ["Contract"],
            "aql.contract.findings": ["Finding", "Findings"],
            "aql.desk.desk": ["Desk"],
            "aql.errors": [
                "AqlError",
                "DocumentError",
                "DomainError",
                "LogError",
                "MissingExtraError",
                "TableError",
            ],
            "aql.inspection.inspection": ["Inspection"],
            "aql.plans.compare": ["compare"],
            "aql.plans.confidence_bounds": ["lot_quality_bound"],
            "aql.plans.design.double": ["design_double"],
            "aql.plans.design.single": ["design"],
            "aql.plans.design.zero": ["zero_acceptance"],
            "aql.plans.plan": ["MultiplePlan", "SinglePlan"],
            "aql.report.page": ["write_report"],
            "aql.report.pick_list": ["write_pick_list"],
            "aql.report.sheet": ["write_sheet"],
            "aql.report.workbook": ["write_workbook"],
            "aql.scheme.scheme": ["Scheme"],
            "aql.scheme.skip_lot": ["skip_lot"],
            "aql.scheme.streams.run_streams": ["run_streams"],
            "aql.scheme.streams.stream_states": ["stream_states"],
            "aql.scoring.bulk.score_lots": ["score_lots"],
            "aql.scoring.bulk.scores": ["Scores"],
            "aql.scoring.bulk.validate": ["validate_findings"],
            "aql.scoring.bulk.with_plans": ["with_plans"],
            "aql.scoring.draw": ["draw"],
            "aql.scoring.drawing": ["Drawing"],
            "aql.scoring.score": ["score"],
            "aql.scoring.score_counts": ["score_counts"],
            "aql.scoring.verdict": ["Verdict"],
            "aql.standards.iso2859_1.code_letters": ["code_letter"],
            "aql.standards.iso2859_1.lookup": ["Lookup", "lookup"],
            "aql.standards.iso2859_1.lookup_many": ["lookup_many"],
            "aql.types": ["STANDARDS"],
            "aql.version": ["__version__"],
        },
        modules=["examples", "plot", "types"],
    )
