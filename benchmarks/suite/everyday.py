"""Benchmarks of the most common calls, made only through the public interface, so that they run on every commit.

asv runs each method whose name begins with ``time`` many times, in its own process; a function whose name begins with
``timeraw`` returns code that is timed in a new interpreter.
"""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path

import numpy as np

import aql

MODELS = ("binomial", "hypergeometric", "poisson")
LOT = 10_000
POINTS = 100_000


def timeraw_import_aql() -> str:
    """Import the package in a new interpreter."""
    return "import aql"


def time_reference() -> None:
    """Do work that no commit changes, whose time shows differences between machines."""
    total = 0.0
    for number in range(20_000):
        total += number * 0.5
    np.log1p(np.linspace(0, 1, POINTS)).sum()


class Lookups:
    """Lookups of one plan and of a million."""

    def setup(self) -> None:
        """Draw the lot sizes and load the tables."""
        self.sizes = np.random.default_rng(2859).integers(2, 1_000_000, 1_000_000)
        aql.lookup_many(self.sizes[:10], aql=2.5)

    def time_lookup(self) -> None:
        """Look up a plan behind an arrow of the table."""
        aql.lookup(30, aql=4.0)

    def time_lookup_many(self) -> None:
        """Look up a plan for each of a million lots."""
        aql.lookup_many(self.sizes, aql=2.5)


class Acceptance:
    """The probability of acceptance of a single plan, in each model."""

    params = MODELS
    param_names = ("model",)

    def setup(self, model: str) -> None:
        """Prepare the calls; the first one, which takes longer, is not measured."""
        plan = aql.SinglePlan(n=80, ac=5)
        curve = np.linspace(1e-4, 0.2, POINTS)
        if model == "hypergeometric":
            pa = partial(plan.pa, model=model, lot_size=LOT)
            self.one, self.many = (
                partial(pa, nonconforming=500),
                partial(pa, nonconforming=np.floor(curve * LOT)),
            )
        else:
            pa = partial(plan.pa, model=model)
            self.one, self.many = partial(pa, 0.05), partial(pa, curve)
        self.one()

    def time_pa_scalar(self, _model: str) -> None:
        """Compute it at one quality."""
        self.one()

    def time_pa_points(self, _model: str) -> None:
        """Compute it at 100 000 qualities."""
        self.many()


class Design:
    """The smallest plan for two risks."""

    def time_design(self) -> None:
        """Design a single plan."""
        aql.design(prq=(0.01, 0.05), crq=(0.05, 0.10))


class Verdicts:
    """Scoring and report of the tablet order, an example that comes with the library."""

    def setup(self) -> None:
        """Load the order and score it once."""
        self.contract, self.inspection = aql.examples.tablet_order()
        self.verdict = aql.score(self.contract, self.inspection)
        self.folder = tempfile.TemporaryDirectory()
        self.report = Path(self.folder.name) / "report.html"

    def teardown(self) -> None:
        """Remove the report."""
        self.folder.cleanup()

    def time_score(self) -> None:
        """Score the inspection."""
        aql.score(self.contract, self.inspection)

    def time_write_report(self) -> None:
        """Write the report."""
        aql.write_report(self.verdict, self.report, contract=self.contract, inspection=self.inspection)
