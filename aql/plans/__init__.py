"""Sampling plans and their properties, independent of any standard.

Every formula is a function whose first argument is a plan, and a method of `aql.SinglePlan` and `aql.MultiplePlan`.
"""

from typing import TYPE_CHECKING

from aql.lazy import lazy_names

if TYPE_CHECKING:
    from aql.plans.confidence_bounds import LotBound as LotBound
    from aql.plans.confidence_bounds import ProcessBound as ProcessBound
    from aql.plans.confidence_bounds import lot_quality_bound as lot_quality_bound
    from aql.plans.confidence_bounds import process_bound as process_bound
    from aql.plans.confidence_bounds import staged_lot_bound as staged_lot_bound
    from aql.plans.confidence_bounds import staged_process_bound as staged_process_bound
    from aql.plans.inspection_error import Inspector as Inspector
    from aql.plans.lot_posterior import LotPosterior as LotPosterior
    from aql.plans.lot_posterior import next_lot_pa as next_lot_pa
    from aql.plans.lot_posterior import posterior as posterior
    from aql.plans.lot_posterior import reinspection_pa as reinspection_pa
    from aql.plans.operating_characteristic import pa as pa
    from aql.plans.operating_characteristic import pr as pr
    from aql.plans.operating_characteristic import slope as slope
    from aql.plans.outgoing_quality import Aoql as Aoql
    from aql.plans.outgoing_quality import aoq as aoq
    from aql.plans.outgoing_quality import aoql as aoql
    from aql.plans.plan import FractionalPlan as FractionalPlan
    from aql.plans.plan import MultiplePlan as MultiplePlan
    from aql.plans.plan import Plan as Plan
    from aql.plans.plan import SinglePlan as SinglePlan
    from aql.plans.plan import on_lot as on_lot
    from aql.plans.protocols import Accepting as Accepting
    from aql.plans.quality_levels import crq as crq
    from aql.plans.quality_levels import discrimination_ratio as discrimination_ratio
    from aql.plans.quality_levels import indifference_quality as indifference_quality
    from aql.plans.quality_levels import quality_at as quality_at
    from aql.plans.risks import consumer_risk as consumer_risk
    from aql.plans.risks import producer_risk as producer_risk
    from aql.plans.sample_number import asn as asn
    from aql.plans.stage import Stage as Stage
    from aql.plans.stage import Staged as Staged
    from aql.plans.stage_probabilities import StageProbabilities as StageProbabilities
    from aql.plans.total_inspection import afi as afi
    from aql.plans.total_inspection import ati as ati
else:
    __getattr__, __dir__, __all__ = lazy_names(
        __name__,
        {
            "aql.plans.confidence_bounds": [
                "LotBound",
                "ProcessBound",
                "lot_quality_bound",
                "process_bound",
                "staged_lot_bound",
                "staged_process_bound",
            ],
            "aql.plans.inspection_error": ["Inspector"],
            "aql.plans.lot_posterior": ["LotPosterior", "next_lot_pa", "posterior", "reinspection_pa"],
            "aql.plans.operating_characteristic": ["pa", "pr", "slope"],
            "aql.plans.outgoing_quality": ["Aoql", "aoq", "aoql"],
            "aql.plans.plan": ["FractionalPlan", "MultiplePlan", "Plan", "SinglePlan", "on_lot"],
            "aql.plans.protocols": ["Accepting"],
            "aql.plans.quality_levels": ["crq", "discrimination_ratio", "indifference_quality", "quality_at"],
            "aql.plans.risks": ["consumer_risk", "producer_risk"],
            "aql.plans.sample_number": ["asn"],
            "aql.plans.stage": ["Stage", "Staged"],
            "aql.plans.stage_probabilities": ["StageProbabilities"],
            "aql.plans.total_inspection": ["afi", "ati"],
        },
    )
