"""What a plan can be asked: one line each, passing the plan to the function that computes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from aql.plans.plan import Plan

__all__ = ["Properties"]


class Properties:
    """The properties of a plan, as methods; every formula is a function of its own.

    Qualities are fractions nonconforming, or what `model` and `unit` say; numbers give numbers, arrays give arrays of the
    same shape. See `aql.plans.operating_characteristic.pa` for the keywords.
    """

    __slots__ = ()

    def pa(
        self,
        p: Any = None,
        *,
        model: str = "binomial",
        lot_size: int | None = None,
        nonconforming: Any = None,
        unit: str = "item",
    ) -> Any:
        """Probability of acceptance; see `aql.plans.operating_characteristic.pa`."""
        from aql.plans.operating_characteristic import pa as found

        return found(self._plan, p, model=model, lot_size=lot_size, nonconforming=nonconforming, unit=unit)

    def pr(
        self,
        p: Any = None,
        *,
        model: str = "binomial",
        lot_size: int | None = None,
        nonconforming: Any = None,
        unit: str = "item",
    ) -> Any:
        """Probability of rejection, accurate by itself; see `aql.plans.operating_characteristic.pr`."""
        from aql.plans.operating_characteristic import pr as found

        return found(self._plan, p, model=model, lot_size=lot_size, nonconforming=nonconforming, unit=unit)

    def asn(
        self,
        p: Any = None,
        *,
        inspection: str = "full",
        model: str = "binomial",
        lot_size: int | None = None,
        nonconforming: Any = None,
        unit: str = "item",
    ) -> Any:
        """Average sample number, in items; see `aql.plans.stage_probabilities.asn`."""
        from aql.plans.stage_probabilities import asn as found

        return found(
            self._plan,
            p,
            inspection=inspection,
            model=model,
            lot_size=lot_size,
            nonconforming=nonconforming,
            unit=unit,
        )

    def stage_probabilities(
        self,
        p: Any = None,
        *,
        model: str = "binomial",
        lot_size: int | None = None,
        nonconforming: Any = None,
        unit: str = "item",
    ) -> Any:
        """Probabilities stage by stage; see `aql.plans.stage_probabilities.stage_probabilities`."""
        from aql.plans.stage_probabilities import stage_probabilities as found

        return found(self._plan, p, model=model, lot_size=lot_size, nonconforming=nonconforming, unit=unit)

    def aoq(
        self,
        p: Any = None,
        *,
        lot_size: int | None = None,
        found: str = "replaced",
        model: str = "binomial",
        nonconforming: Any = None,
        unit: str = "item",
    ) -> Any:
        """Average outgoing quality; see `aql.plans.outgoing_quality.aoq`."""
        from aql.plans.outgoing_quality import aoq as outgoing

        return outgoing(
            self._plan, p, lot_size=lot_size, found=found, model=model, nonconforming=nonconforming, unit=unit
        )

    def aoql(
        self,
        *,
        lot_size: int | None = None,
        found: str = "replaced",
        model: str = "binomial",
        unit: str = "item",
    ) -> Any:
        """Average outgoing quality limit, and where it lies; see `aql.plans.outgoing_quality.aoql`."""
        from aql.plans.outgoing_quality import aoql as limit

        return limit(self._plan, lot_size=lot_size, found=found, model=model, unit=unit)

    def ati(
        self,
        p: Any = None,
        *,
        lot_size: int,
        model: str = "binomial",
        nonconforming: Any = None,
        unit: str = "item",
    ) -> Any:
        """Average total inspection a lot, in items; see `aql.plans.outgoing_quality.ati`."""
        from aql.plans.outgoing_quality import ati as found

        return found(self._plan, p, lot_size=lot_size, model=model, nonconforming=nonconforming, unit=unit)

    def afi(
        self,
        p: Any = None,
        *,
        lot_size: int,
        model: str = "binomial",
        nonconforming: Any = None,
        unit: str = "item",
    ) -> Any:
        """Average fraction inspected; see `aql.plans.outgoing_quality.afi`."""
        from aql.plans.outgoing_quality import afi as found

        return found(self._plan, p, lot_size=lot_size, model=model, nonconforming=nonconforming, unit=unit)

    def quality_at(
        self,
        pa: Any = None,
        *,
        pr: Any = None,
        model: str = "binomial",
        lot_size: int | None = None,
        unit: str = "item",
    ) -> Any:
        """Quality accepted with a probability `pa`, or rejected with `pr`; see `aql.plans.quality_levels.quality_at`."""
        from aql.plans.quality_levels import quality_at as found

        return found(self._plan, pa, pr=pr, model=model, lot_size=lot_size, unit=unit)

    def producer_risk(
        self,
        aql: Any = None,
        *,
        model: str = "binomial",
        lot_size: int | None = None,
        nonconforming: Any = None,
        unit: str = "item",
    ) -> Any:
        """Probability that a lot at the AQL is rejected; see `aql.plans.quality_levels.producer_risk`."""
        from aql.plans.quality_levels import producer_risk as found

        return found(self._plan, aql, model=model, lot_size=lot_size, nonconforming=nonconforming, unit=unit)

    def consumer_risk(
        self,
        lq: Any = None,
        *,
        model: str = "binomial",
        lot_size: int | None = None,
        nonconforming: Any = None,
        unit: str = "item",
    ) -> Any:
        """Probability that a lot at the limiting quality is accepted; see `aql.plans.quality_levels.consumer_risk`."""
        from aql.plans.quality_levels import consumer_risk as found

        return found(self._plan, lq, model=model, lot_size=lot_size, nonconforming=nonconforming, unit=unit)

    def crq(
        self,
        beta: Any = 0.10,
        *,
        model: str = "binomial",
        lot_size: int | None = None,
        unit: str = "item",
    ) -> Any:
        """Consumer's risk quality; see `aql.plans.quality_levels.crq`."""
        from aql.plans.quality_levels import crq as found

        return found(self._plan, beta, model=model, lot_size=lot_size, unit=unit)

    def indifference_quality(
        self,
        *,
        model: str = "binomial",
        lot_size: int | None = None,
        unit: str = "item",
    ) -> Any:
        """Quality accepted as often as rejected; see `aql.plans.quality_levels.indifference_quality`."""
        from aql.plans.quality_levels import indifference_quality as found

        return found(self._plan, model=model, lot_size=lot_size, unit=unit)

    def discrimination_ratio(
        self,
        alpha: float = 0.05,
        beta: float = 0.10,
        *,
        model: str = "binomial",
        lot_size: int | None = None,
        unit: str = "item",
    ) -> Any:
        """Operating ratio: quality at consumer's risk `beta` over that at producer's risk `alpha`; see `aql.plans.quality_levels.discrimination_ratio`."""
        from aql.plans.quality_levels import discrimination_ratio as found

        return found(self._plan, alpha, beta, model=model, lot_size=lot_size, unit=unit)

    def slope(
        self,
        p: Any,
        *,
        model: str = "binomial",
        unit: str = "item",
    ) -> Any:
        """Slope of the operating characteristic; see `aql.plans.quality_levels.slope`."""
        from aql.plans.quality_levels import slope as found

        return found(self._plan, p, model=model, unit=unit)

    @property
    def _plan(self) -> Plan:
        return cast("Plan", self)

    def _repr_html_(self) -> str:
        from aql.display.plan import plan_html

        return plan_html(self._plan)

    def _repr_pretty_(self, printer: Any, _cycle: bool) -> None:
        from aql import markup

        markup.pretty(self, printer)
