"""Strategies over contracts in which every term can be measured and claimed on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import count

from hypothesis import strategies as st

from aql.contract.contract import Contract
from aql.errors import DomainError
from aql.standards.arguments import COUNTINGS, LEVELS, SAMPLINGS, SEVERITIES, choice
from aql.standards.editions import STANDARDS, edition
from aql.strategies.tables import aqls
from aql.strategies.terms import Values, item_terms, lot_terms, own_lines, stated_plans

__all__ = ["agreed_values", "contracts", "covers", "orders"]

_CLASSES = ("major", "minor", "slight")
_SAMPLES = ("per-class", "largest", "letter")
_ENTERED = tuple(name for name in STANDARDS if name != STANDARDS[1])


def contracts(
    *,
    standard: str | None = None,
    severity: str | None = None,
    sampling: str | None = None,
    counting: str | None = None,
    sample: str | None = None,
    max_classes: int = 3,
    max_terms: int = 4,
) -> st.SearchStrategy[Contract]:
    """Contracts in which `aql.check` finds nothing at all.

    Parameters
    ----------
    standard, severity, sampling, counting, sample : str, optional
        Draw only these; as in the ``[inspection]`` of a contract.
    max_classes : int
        Most classes, 1 to 4.
    max_terms : int
        Most terms, 1 or more.

    Returns
    -------
    SearchStrategy of Contract
        Every kind of class and term, judged by every kind of plan. They shrink to one class of AQL 2.5 with one term
        that is looked for by eye.

    Raises
    ------
    DomainError
        If an argument is not known, or no contract can have it.

    Examples
    --------
    >>> from hypothesis import find
    >>> contract = find(contracts(), lambda one: True)
    >>> contract.class_names(), contract.terms[0].text
    (('major',), 'Scratch longer than 5 mm')
    """
    if standard is not None:
        edition(standard)
    for value, what, known in (
        (severity, "severity", SEVERITIES),
        (sampling, "sampling", SAMPLINGS),
        (counting, "counting", COUNTINGS),
        (sample, "sample", _SAMPLES),
    ):
        if value is not None:
            choice(value, what, known)
    if sample == "letter" and sampling not in {None, "single"}:
        raise DomainError(
            f'sample = "letter" with {sampling} sampling',
            "it goes with single sampling only",
            "Leave one of them out",
        )
    if not 1 <= max_classes <= len(_CLASSES) + 1 or max_terms < 1:
        raise DomainError(
            f"at most {max_classes} classes and {max_terms} terms",
            f"a contract has 1 to {len(_CLASSES) + 1} classes here, and 1 term or more",
            "Correct max_classes or max_terms",
        )
    asked = {
        "standard": standard,
        "severity": severity,
        "sampling": sampling,
        "counting": counting,
        "sample": sample,
    }
    return agreed_values(asked=asked, max_classes=max_classes, max_terms=max_terms).map(Contract.load)


@st.composite
def agreed_values(
    draw: st.DrawFn,
    *,
    asked: dict[str, str | None] | None = None,
    max_classes: int = 3,
    max_terms: int = 4,
    staged: int | None = None,
) -> Values:
    """A contract's document, in which nothing is wrong; `staged`: the most items of a first sample that decides nothing."""
    clause = draw(_clauses(asked or {}))
    order = draw(orders())
    enters = not edition(clause["standard"]).letter_only
    classes = draw(_classes(clause, max_classes, enters=enters))
    if staged is not None:
        classes = [{"name": classes[0]["name"], "plan": draw(_open_plan(staged))}, *classes[1:]]
    terms = draw(_terms(clause, classes, order["quantity"], max_terms, enters=enters))
    # A document says what differs from its defaults.
    written = {key: value for key, value in clause.items() if value != _DEFAULTS.get(key)}
    data: Values = {"order": order, "classes": classes, "terms": terms}
    data |= {"inspection": written} if written else {}
    cover = draw(st.none() | covers(order))
    return data | ({"cover": cover} if cover else {})


_DEFAULTS = {
    "standard": STANDARDS[0],
    "severity": "normal",
    "sampling": "single",
    "counting": "items",
    "sample": "per-class",
    "level": "II",
}


@st.composite
def _clauses(draw: st.DrawFn, asked: dict[str, str | None]) -> Values:
    def one_of(key: str, known: st.SearchStrategy[str]) -> str:
        said = asked.get(key)
        return draw(known) if said is None else said

    standard = one_of("standard", _STANDARDS)
    severity = one_of("severity", _SEVERITIES)
    sampling = one_of("sampling", st.just("single") if asked.get("sample") == "letter" else _SAMPLINGS)
    clause: Values = {
        "standard": standard,
        "severity": severity,
        "sampling": sampling,
        "counting": one_of("counting", _COUNTINGS),
        "sample": one_of("sample", _ANY_SAMPLE if sampling == "single" else _STAGED_SAMPLE),
        "level": draw(_LEVELS),
    }
    share = draw(_SHARES)
    return clause | ({} if share is None else {"packed_share": share})


# An edition that no contract can enter by lot size has stated plans only, so it is drawn less often.
_STANDARDS = st.sampled_from([*_ENTERED, *_ENTERED, *STANDARDS])
_SEVERITIES, _SAMPLINGS, _COUNTINGS = map(st.sampled_from, (SEVERITIES, SAMPLINGS, COUNTINGS))
_ANY_SAMPLE, _STAGED_SAMPLE = st.sampled_from(_SAMPLES), st.sampled_from(_SAMPLES[:2])
_LEVELS = st.just("II") | st.sampled_from(LEVELS)
_SHARES = st.none() | st.integers(1, 100).map(lambda percent: percent / 100)


@st.composite
def orders(draw: st.DrawFn) -> Values:
    """An order of which nothing that matters is missing."""
    order: Values = {
        "id": f"PO-{draw(st.integers(1, 9999))}",
        "quantity": draw(st.integers(1, 100_000)),
        "shipment_date": draw(_DAYS).isoformat(),
    }
    order |= draw(_MORE_OF_ORDERS)
    return order | ({"currency": draw(_CURRENCIES)} if "unit_price" in order else {})


_DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))
_CURRENCIES = st.sampled_from(["USD", "EUR"])
_MORE_OF_ORDERS: st.SearchStrategy[Values] = st.fixed_dictionaries(
    {},
    optional={
        "supplier": st.just("Example Electronics Co."),
        "product": st.just("10.1 inch tablet"),
        "unit_price": st.integers(0, 10_000).map(lambda cents: f"{Decimal(cents).scaleb(-2):f}"),
    },
)


@st.composite
def covers(draw: st.DrawFn, order: Values) -> Values:
    """A cover whose limit, where it has one, is not below the price of the order."""
    total = Decimal(order.get("unit_price", "0")) * order["quantity"]
    cover: Values = {"rules": "2017", "type": draw(_COVER_TYPES)}
    if draw(st.booleans()):
        cover["limit"] = f"{total + draw(st.integers(0, 1000)):f}"
    return cover | ({"initial_payment": "0"} if draw(st.booleans()) else {})


_COVER_TYPES = st.sampled_from(["pre-shipment", "post-delivery"])


@st.composite
def _classes(draw: st.DrawFn, clause: Values, most: int, *, enters: bool) -> list[Values]:
    """Classes by AQL, by a stated plan or with every item inspected; the AQLs rise from one to the next."""
    names = _CLASSES[: draw(st.integers(1, min(most, len(_CLASSES))))]
    way = _ways(clause["standard"] if enters else None, clause["counting"])
    classes: list[Values] = [{"name": name} | draw(way) for name in names]
    rising = iter(sorted((one["aql"] for one in classes if "aql" in one), key=Decimal))
    classes = [one | {"aql": next(rising)} if "aql" in one else one for one in classes]
    if enters and len(classes) < most and draw(st.booleans()):
        classes.insert(0, {"name": "critical", "aql": "0"})
    return classes


@st.composite
def _open_plan(draw: st.DrawFn, largest: int) -> Values:
    """A double plan whose first sample can leave the decision open, and is at most this large."""
    ac = draw(st.integers(0, min(2, largest - 1)))
    n = [draw(st.integers(ac + 1, min(ac + 20, largest))), draw(st.integers(1, 20))]
    re = ac + 2 + draw(st.integers(0, 2))
    last = ac + draw(st.integers(0, 2))
    return {"n": n, "ac": [ac, last], "re": [re, max(re, last + 1)]}


@cache
def _ways(standard: str | None, counting: str) -> st.SearchStrategy[Values]:
    """How a class is judged; by an AQL where the tables of a standard are entered."""
    ways: list[st.SearchStrategy[Values]] = [
        st.fixed_dictionaries({"plan": stated_plans()}),
        st.fixed_dictionaries({"inspect": st.just("all")}, optional={"ac": st.integers(0, 3)}),
    ]
    if standard is not None:
        by_aql: st.SearchStrategy[Values] = st.fixed_dictionaries({"aql": aqls(standard, counting=counting)})
        ways = [by_aql, by_aql, *ways]
    return st.one_of(ways)


@st.composite
def _terms(
    draw: st.DrawFn, clause: Values, classes: list[Values], quantity: int, most: int, *, enters: bool
) -> list[Values]:
    terms: list[Values] = []
    used = {one["name"] for one in classes}
    for place in range(draw(st.integers(1, most))):
        # The first term is one of the items, so that something of their quality is agreed.
        if place and draw(_RARELY) == 3:
            term = draw(lot_terms(quantity, "packed_share" in clause))
        else:
            owner = classes[draw(st.integers(0, len(classes) - 1))]
            term = draw(_ITEM_TERMS) | {"class": owner["name"]}
            if draw(_RARELY) == 3:
                standard, counting = clause["standard"], clause["counting"]
                lines = own_lines(
                    standard=standard, counting=counting, enters=enters, by_level="aql" in owner
                )
                term |= draw(lines)
        term["id"] = next(name for name in _numbered(term["id"]) if name not in used)
        used.add(term["id"])
        terms.append(term)
    return terms


_RARELY = st.integers(0, 3)
_ITEM_TERMS = item_terms()


def _numbered(name: str) -> Iterator[str]:
    yield name
    for number in count(2):
        yield f"{name} {number}"
