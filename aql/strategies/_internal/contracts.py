"""Contracts in which the check finds no problems: every term can be measured and enforced."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import strategies as st

from aql.checks import choice, whole_number
from aql.contract.contract import Contract, InspectionClause
from aql.errors import DomainError
from aql.standards.editions import edition
from aql.strategies._internal.classes import MOST_CLASSES, classes
from aql.strategies._internal.contract_limits import contract_limits
from aql.strategies._internal.orders import covers, orders
from aql.strategies._internal.stated_plans import stated_double_plans
from aql.strategies._internal.terms import terms
from aql.strategies._internal.toml_table import TomlTable
from aql.types import (
    COUNTINGS,
    LEVELS,
    SAMPLES,
    SAMPLINGS,
    SEVERITIES,
    STANDARDS,
    Counting,
    Sample,
    Sampling,
    Severity,
    Standard,
)

__all__ = ["contract_documents", "contracts"]


def contracts(
    *,
    standard: Standard | None = None,
    severity: Severity | None = None,
    sampling: Sampling | None = None,
    counting: Counting | None = None,
    sample: Sample | None = None,
    max_classes: int = 3,
    max_terms: int = 4,
) -> st.SearchStrategy[Contract]:
    """Strategy for contracts in which `aql.check` finds no problems.

    Parameters
    ----------
    standard, severity, sampling, counting, sample : str, optional
        Draw only these; as in the ``[inspection]`` table of a contract.
    max_classes : int
        Maximum number of classes, 1 to 4.
    max_terms : int
        Maximum number of terms, 1 or more.

    Returns
    -------
    SearchStrategy of Contract
        Contracts with every kind of class, term and plan. They shrink to one class with AQL 2.5 and one visual term.

    Raises
    ------
    DomainError
        If an argument is invalid, or `sample` is ``"letter"`` and `sampling` is not ``"single"``.

    Examples
    --------
    >>> from hypothesis import find
    >>> contract = find(contracts(), lambda one: True)
    >>> contract.class_names(), contract.terms[0].text
    (('major',), 'Scratch longer than 5 mm')
    """
    clause: dict[str, str] = {}
    if standard is not None:
        clause["standard"] = edition(standard).name
    if severity is not None:
        clause["severity"] = choice(severity, "severity", SEVERITIES)
    if sampling is not None:
        clause["sampling"] = choice(sampling, "sampling", SAMPLINGS)
    if counting is not None:
        clause["counting"] = choice(counting, "counting", COUNTINGS)
    if sample is not None:
        clause["sample"] = choice(sample, "sample", SAMPLES)
    if sample == "letter" and sampling not in {None, "single"}:
        raise DomainError(f'sampling must be "single" with sample "letter", got {sampling!r}', value=sampling)
    documents = contract_documents(
        clause,
        max_classes=whole_number(max_classes, "max_classes", least=1, most=MOST_CLASSES),
        max_terms=whole_number(max_terms, "max_terms", least=1),
    )
    return documents.map(Contract.load)


@st.composite
def contract_documents(
    draw: st.DrawFn,
    clause: Mapping[str, str] | None = None,
    *,
    max_classes: int = 3,
    max_terms: int = 4,
    open_within: int | None = None,
) -> TomlTable:
    """Strategy for documents of contracts without problems.

    Parameters
    ----------
    draw : callable
        Draws from a strategy.
    clause : mapping, optional
        Values of standard, severity, sampling, counting and sample in the ``[inspection]`` table.
    max_classes, max_terms : int
        Maximum numbers of classes and terms.
    open_within : int, optional
        Give the most serious class a double plan that can continue to the second sample, and whose first sample has at
        most this many items.
    """
    inspection = draw(_clauses(clause or {}))
    order = draw(orders())
    tables = {
        "standard": inspection["standard"],
        "counting": inspection["counting"],
        "by_tables": not edition(inspection["standard"]).letter_only,
    }
    drawn_classes = draw(classes(**tables, most=max_classes))
    if open_within is not None:
        drawn_classes[0] = {"name": drawn_classes[0]["name"], "plan": draw(stated_double_plans(open_within))}
    drawn_terms = draw(
        terms(
            classes=drawn_classes,
            quantity=order["quantity"],
            has_packed_share="packed_share" in inspection,
            **tables,
            most=max_terms,
            judging=open_within is None,
        )
    )
    several = open_within is None and draw(st.integers(0, 5)) == _LIMITED
    limits = draw(contract_limits(classes=drawn_classes, terms=drawn_terms, **tables)) if several else []
    # The document states only values that differ from the defaults.
    stated = {key: value for key, value in inspection.items() if value != getattr(_DEFAULTS, key)}
    document: TomlTable = {"order": order, "classes": drawn_classes, "terms": drawn_terms}
    document |= {"inspection": stated} if stated else {}
    document |= {"limits": limits} if limits else {}
    cover = draw(st.none() | covers(order))
    return document | ({"cover": cover} if cover else {})


_DEFAULTS = InspectionClause()
_LIMITED = 5  # one of six contracts


@st.composite
def _clauses(draw: st.DrawFn, given: Mapping[str, str]) -> TomlTable:
    """The ``[inspection]`` table, with the given values and the others drawn; one of four has the defaults."""
    if draw(st.integers(0, 3)) == 0:
        return {key: getattr(_DEFAULTS, key) for key in _CLAUSE_KEYS} | dict(given)

    def one_of(key: str, words: st.SearchStrategy[str]) -> str:
        return given[key] if key in given else draw(words)

    sampling = one_of("sampling", st.just("single") if given.get("sample") == "letter" else _SAMPLINGS)
    clause: TomlTable = {
        "standard": one_of("standard", _STANDARDS),
        "severity": one_of("severity", _SEVERITIES),
        "sampling": sampling,
        "counting": one_of("counting", _COUNTINGS),
        "sample": one_of("sample", _SAMPLES if sampling == "single" else _SAMPLES_OF_STAGES),
        "level": draw(_LEVELS),
    }
    share = draw(_SHARES)
    return clause | ({} if share is None else {"packed_share": share})


_CLAUSE_KEYS = ("standard", "severity", "sampling", "counting", "sample", "level")

# An edition that cannot be entered by lot size allows only stated plans, so it is drawn less often.
_STANDARDS = st.sampled_from(STANDARDS) | st.sampled_from(STANDARDS).filter(
    lambda standard: not edition(standard).letter_only
)
_SEVERITIES, _SAMPLINGS, _COUNTINGS = map(st.sampled_from, (SEVERITIES, SAMPLINGS, COUNTINGS))
_SAMPLES = st.sampled_from(SAMPLES)
_SAMPLES_OF_STAGES = st.sampled_from([sample for sample in SAMPLES if sample != "letter"])
_LEVELS = st.just("II") | st.sampled_from(LEVELS)
_SHARES = st.none() | st.integers(1, 100).map(lambda percent: percent / 100)
