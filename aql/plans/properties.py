"""What a plan can be asked: one line each, passing the plan to the function that computes it."""

from __future__ import annotations

from typing import Any

__all__ = ["Properties"]


class Properties:
    """The properties of a plan, as methods; every formula is a function of its own."""

    __slots__ = ()

    def pa(self, p: Any = None, **model: Any) -> Any:
        """Probability of acceptance; see `aql.plans.operating.pa`."""
        from aql.plans.operating import pa as found

        return found(self, p, **model)  # type: ignore[arg-type]

    def pr(self, p: Any = None, **model: Any) -> Any:
        """Probability of rejection, accurate by itself; see `aql.plans.operating.pr`."""
        from aql.plans.operating import pr as found

        return found(self, p, **model)  # type: ignore[arg-type]

    def asn(self, p: Any = None, *, inspection: str = "full", **model: Any) -> Any:
        """Average sample number; see `aql.plans.stages.asn`."""
        from aql.plans.stages import asn as found

        return found(self, p, inspection=inspection, **model)  # type: ignore[arg-type]

    def stage_probabilities(self, p: Any = None, **model: Any) -> Any:
        """Probabilities stage by stage; see `aql.plans.stages.stage_probabilities`."""
        from aql.plans.stages import stage_probabilities as found

        return found(self, p, **model)  # type: ignore[arg-type]

    def aoq(self, p: Any = None, *, lot_size: int | None = None, **how: Any) -> Any:
        """Average outgoing quality; see `aql.plans.outgoing.aoq`."""
        from aql.plans.outgoing import aoq as found

        return found(self, p, lot_size=lot_size, **how)  # type: ignore[arg-type]

    def aoql(self, *, lot_size: int | None = None, **how: Any) -> Any:
        """Average outgoing quality limit; see `aql.plans.outgoing.aoql`."""
        from aql.plans.outgoing import aoql as found

        return found(self, lot_size=lot_size, **how)  # type: ignore[arg-type]

    def ati(self, p: Any = None, *, lot_size: int, **model: Any) -> Any:
        """Average total inspection; see `aql.plans.outgoing.ati`."""
        from aql.plans.outgoing import ati as found

        return found(self, p, lot_size=lot_size, **model)  # type: ignore[arg-type]

    def afi(self, p: Any = None, *, lot_size: int, **model: Any) -> Any:
        """Average fraction inspected; see `aql.plans.outgoing.afi`."""
        from aql.plans.outgoing import afi as found

        return found(self, p, lot_size=lot_size, **model)  # type: ignore[arg-type]

    def quality_at(self, pa: Any = None, *, pr: Any = None, **model: Any) -> Any:
        """Quality accepted with a probability; see `aql.plans.risk.quality_at`."""
        from aql.plans.risk import quality_at as found

        return found(self, pa, pr=pr, **model)  # type: ignore[arg-type]

    def producer_risk(self, aql: Any, **model: Any) -> Any:
        """Probability that a lot at the AQL is rejected; see `aql.plans.risk.producer_risk`."""
        from aql.plans.risk import producer_risk as found

        return found(self, aql, **model)  # type: ignore[arg-type]

    def consumer_risk(self, lq: Any, **model: Any) -> Any:
        """Probability that a lot at the limiting quality is accepted; see `aql.plans.risk.consumer_risk`."""
        from aql.plans.risk import consumer_risk as found

        return found(self, lq, **model)  # type: ignore[arg-type]

    def crq(self, beta: Any = 0.10, **model: Any) -> Any:
        """Consumer's risk quality; see `aql.plans.risk.crq`."""
        from aql.plans.risk import crq as found

        return found(self, beta, **model)  # type: ignore[arg-type]

    def indifference_quality(self, **model: Any) -> Any:
        """Quality accepted as often as rejected; see `aql.plans.risk.indifference_quality`."""
        from aql.plans.risk import indifference_quality as found

        return found(self, **model)  # type: ignore[arg-type]

    def discrimination_ratio(self, alpha: float = 0.05, beta: float = 0.10, **model: Any) -> Any:
        """Operating ratio; see `aql.plans.risk.discrimination_ratio`."""
        from aql.plans.risk import discrimination_ratio as found

        return found(self, alpha, beta, **model)  # type: ignore[arg-type]

    def slope(self, p: Any, **model: Any) -> Any:
        """Slope of the operating characteristic; see `aql.plans.risk.slope`."""
        from aql.plans.risk import slope as found

        return found(self, p, **model)  # type: ignore[arg-type]

    def _repr_html_(self) -> str:
        from aql.plans.showing import plan_html

        return plan_html(self)  # type: ignore[arg-type]

    def _repr_pretty_(self, printer: Any, _cycle: bool) -> None:
        from aql import markup

        markup.pretty(self, printer)
